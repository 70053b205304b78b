"""Writes vectors.json: what another implementation says, for the tests of CarrelLedger.

Uses hashlib and the package `cryptography`, and follows the texts of RFC 9162, C2SP and DSSE; it
shares nothing with the program. Run it with `python3 make.py > vectors.json`.
"""

import base64
import hashlib
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives import serialization as ser

SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
SEED2 = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")


def sha(b):
    return hashlib.sha256(b).digest()


def b64(b):
    return base64.b64encode(b).decode()


def leaf(e):
    return sha(b"\x00" + e)


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d):
    if not d:
        return sha(b"")
    if len(d) == 1:
        return d[0]
    k = split(len(d))
    return sha(b"\x01" + mth(d[:k]) + mth(d[k:]))


def path(m, d):
    if len(d) == 1:
        return []
    k = split(len(d))
    return path(m, d[:k]) + [mth(d[k:])] if m < k else path(m - k, d[k:]) + [mth(d[:k])]


def subproof(m, d, b):
    if m == len(d):
        return [] if b else [mth(d)]
    k = split(len(d))
    if m <= k:
        return subproof(m, d[:k], b) + [mth(d[k:])]
    return subproof(m - k, d[k:], False) + [mth(d[:k])]


def consistency(m, d):
    return [] if m == 0 or m == len(d) else subproof(m, d, True)


def flip(h, bit):
    return h[: bit // 8] + bytes([h[bit // 8] ^ (1 << bit % 8)]) + h[bit // 8 + 1 :]


LEAVES = [
    bytes.fromhex(x)
    for x in "|00|10|2021|3031|40414243|5051525354555657|606162636465666768696a6b6c6d6e6f".split("|")
]
D = [leaf(e) for e in LEAVES]
GARBAGE = sha(b"garbage")


def broken_lists(p, extra):
    yield "empty", []
    yield "trailing garbage", p + [GARBAGE]
    yield "preceding garbage", [GARBAGE] + p
    for name, h in extra:
        yield "trailing " + name, p + [h]
        yield "preceding " + name, [h] + p
    if p:
        yield "truncated", p[:-1]
        yield "first missing", p[1:]
        yield "first twice", [p[0]] + p
        yield "reversed", p[::-1]
    for i in range(len(p)):
        yield f"bit 4 of hash {i}", p[:i] + [flip(p[i], 4)] + p[i + 1 :]
        yield f"bit 255 of hash {i}", p[:i] + [flip(p[i], 255)] + p[i + 1 :]


def inclusion_cases():
    for index, size in [(0, 1), (0, 8), (5, 8), (2, 3), (1, 5), (7, 8), (6, 7), (4, 6)]:
        d = D[:size]
        p, root, l = path(index, d), mth(d), d[index]
        case = lambda name, i=index, s=size, p=p, r=root, l=l, ok=False: dict(
            name=f"{index} of {size}: {name}", index=i, size=s, path=[h.hex() for h in p],
            root=r.hex(), leaf=l.hex(), holds=ok)
        yield case("whole", ok=True)
        for name, q in broken_lists(p, [("root", root), ("leaf", l)]):
            if q != p:
                yield case(name, p=q)
        for name, i in [("index - 1", index - 1), ("index + 1", index + 1), ("index xor 2", index ^ 2),
                        ("index = size", size), ("index far", 1 << 62)]:
            yield case(name, i=i)
        # What verifies at another size is a matter of the root, which belongs to a size by signature.
        for name, s in [("size 0", 0), ("size -1", -1), ("size below", index), ("size twice", size * 2),
                        ("size half", size // 2)]:
            if s == size:
                continue
            yield case(name, s=s)
        yield case("wrong root", r=GARBAGE)
        yield case("empty root", r=sha(b""))
        yield case("wrong leaf", l=GARBAGE)


def consistency_cases():
    for old, size in [(1, 1), (1, 8), (6, 8), (2, 5), (6, 7), (4, 8), (3, 4), (5, 8)]:
        p, a, b = consistency(old, D[:size]), mth(D[:old]), mth(D[:size])
        case = lambda name, o=old, s=size, p=p, a=a, b=b, ok=False: dict(
            name=f"{old} to {size}: {name}", old=o, size=s, path=[h.hex() for h in p],
            oldRoot=a.hex(), root=b.hex(), holds=ok)
        yield case("whole", ok=True)
        for name, q in broken_lists(p, [("old root", a), ("root", b)]):
            if q != p:
                yield case(name, p=q)
        for name, o in [("old - 1", old - 1), ("old + 1", old + 1), ("old xor 2", old ^ 2), ("old -1", -1)]:
            if not (o == size and a == b and not p):
                yield case(name, o=o)
        for name, s in [("size twice", size * 2), ("size below", old - 1), ("size 0", 0), ("size -1", -1)]:
            yield case(name, s=s)
        if a != b:
            yield case("swapped roots", a=b, b=a)
        yield case("wrong old root", a=GARBAGE)
        yield case("wrong root", b=GARBAGE)
        yield case("empty old root", a=sha(b""))
    yield dict(name="0 to 8: whole", old=0, size=8, path=[], oldRoot=sha(b"").hex(), root=mth(D).hex(), holds=True)
    yield dict(name="0 to 8: wrong old root", old=0, size=8, path=[], oldRoot=D[0].hex(), root=mth(D).hex(), holds=False)
    yield dict(name="0 to 8: a path", old=0, size=8, path=[GARBAGE.hex()], oldRoot=sha(b"").hex(), root=mth(D).hex(), holds=False)


def key(seed):
    k = Ed25519PrivateKey.from_private_bytes(seed)
    return k, k.public_key().public_bytes(ser.Encoding.Raw, ser.PublicFormat.Raw)


def key_id(name, use, pub):
    return sha(name.encode() + b"\n" + bytes([use]) + pub)[:4]


def vkey(name, use, pub):
    return f"{name}+{key_id(name, use, pub).hex()}+{b64(bytes([use]) + pub)}"


def notes():
    (k, pub), (k2, pub2) = key(SEED), key(SEED2)
    origin, witness, time = "example.org/carrel-test", "witness.example/w1", 1748000000
    text = f"{origin}\n8\n{b64(mth(D))}\n"
    line = f"\u2014 {origin} {b64(key_id(origin, 1, pub) + k.sign(text.encode()))}\n"
    co = k2.sign(f"cosignature/v1\ntime {time}\n{text}".encode())
    coline = f"\u2014 {witness} {b64(key_id(witness, 4, pub2) + time.to_bytes(8, 'big') + co)}\n"
    checkpoint = text + "\n" + line + coline
    hashes = "".join(b64(h) + "\n" for h in path(5, D))
    old = "".join(b64(h) + "\n" for h in consistency(6, D))
    return dict(
        seed=SEED.hex(), witnessSeed=SEED2.hex(), origin=origin, witness=witness, time=time,
        logKey=vkey(origin, 1, pub), witnessKey=vkey(witness, 4, pub2), checkpoint=checkpoint,
        bareCheckpoint=text + "\n" + line, cosignatureLine=coline,
        proof="c2sp.org/tlog-proof@v1\nindex 5\n" + hashes + "\n" + checkpoint,
        proofWithExtra="c2sp.org/tlog-proof@v1\nextra aGVsbG8=\nindex 5\n" + hashes + "\n" + checkpoint,
        request="old 6\n" + old + "\n" + checkpoint, oldRoot=mth(D[:6]).hex(), root=mth(D).hex(),
        entry=LEAVES[5].hex())


def canonical(x):
    return json.dumps(x, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def h(text):
    return sha(text.encode()).hex()


def entries():
    pub = key(SEED)[1]
    base = dict(carrel=1, time="2025-05-21T16:00:00Z", nonce="000102030405060708090a0b0c0d0e0f")
    run = "0b9c4e7a-6a39-4c1e-8a44-3f2f9f1f7a10"
    random = h("random")
    commitment = sha(b"carrel/commitment/v1/submission\0" + bytes.fromhex(random) + bytes.fromhex(h("study")))
    proposal = sha(b"carrel/commitment/v1/project\0" + bytes.fromhex(random) + bytes.fromhex(h("project")))
    rows = [
        dict(kind="site", name="Northmoor \u00e9", site_kind="protected", log_key=vkey("northmoor", 1, pub)),
        dict(kind="propose", project="P-014", commitment=proposal.hex()),
        dict(kind="approve", project="P-014", text=h("project"), policy="opensafely 3", policy_digest=h("policy"), actor="g-07"),
        dict(kind="snapshot", snapshot="2025-05-02", keyed_digest=h("snapshot")),
        dict(kind="opt-outs-applied", snapshot="2025-05-02"),
        dict(kind="run", run=run, project="P-014", policy_digest=h("policy"), commitment=commitment.hex(), actor="r-03"),
        dict(kind="release", run=run, submission=h("study"), random=random, outputs=h("outputs"), release_ledger_head=h("head")),
        dict(kind="close", run=run),
        dict(kind="policy-change", policy="opensafely 4", policy_digest=h("policy 4")),
        dict(kind="key-change", holder="g-07", new=h("key")),
    ]
    out = []
    for row in rows:
        text = canonical({**base, **row})
        out.append(dict(text=text.decode(), leaf=leaf(text).hex()))
    return out


def pae(kind, body):
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(body), body)


def envelope(statement, seed):
    k, pub = key(seed)
    body = canonical(statement)
    der = k.public_key().public_bytes(ser.Encoding.DER, ser.PublicFormat.SubjectPublicKeyInfo)
    kind = "application/vnd.in-toto+json"
    return dict(
        payload=b64(body), payloadType=kind,
        signatures=[dict(keyid=sha(der).hex(), sig=b64(k.sign(pae(kind, body))))])


def attestations():
    run = "0b9c4e7a-6a39-4c1e-8a44-3f2f9f1f7a10"
    decision = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [dict(name="outputs", digest=dict(sha256=h("outputs")))],
        "predicateType": "urn:x-carrel:decision:v1",
        "predicate": dict(
            word="approve", site="northmoor", project="P-014", run=run, study=h("study"),
            snapshot=h("snapshot"), policy=h("policy"), round=1, guardian="g-07",
            expiry="2025-06-21T16:00:00Z"),
    }
    receipt = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [dict(name="outputs/reviews.csv", digest=dict(sha256=h("csv"))),
                    dict(name="report.html", digest=dict(sha256=h("html")))],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": dict(
            buildDefinition=dict(
                buildType="urn:x-carrel:run:v1",
                externalParameters=dict(project="P-014", parameters=[dict(name="index_date", value="2024-03-31")]),
                internalParameters=dict(site="northmoor", snapshot=h("snapshot"), release_ledger_head=h("head")),
                resolvedDependencies=[dict(name="study/asthma.carrel", digest=dict(sha256=h("study")))]),
            runDetails=dict(
                builder=dict(id="urn:x-carrel:program", version=dict(carrel="0.1")),
                metadata=dict(invocationId="urn:uuid:" + run, startedOn="2025-05-21T15:00:00Z",
                              finishedOn="2025-05-21T16:00:00Z"))),
    }
    return dict(
        decision=envelope(decision, SEED), receipt=envelope(receipt, SEED2),
        decisionPayload=canonical(decision).decode())


def keys():
    k, pub = key(SEED)
    return dict(
        publicPEM=k.public_key().public_bytes(ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo).decode(),
        privatePEM=k.private_bytes(ser.Encoding.PEM, ser.PrivateFormat.PKCS8, ser.NoEncryption()).decode(),
        encryptedPEM=k.private_bytes(ser.Encoding.PEM, ser.PrivateFormat.PKCS8, ser.BestAvailableEncryption(b"gate")).decode(),
        public=pub.hex(),
        fingerprint=sha(k.public_key().public_bytes(ser.Encoding.DER, ser.PublicFormat.SubjectPublicKeyInfo)).hex())


NUMBERED = [leaf(b"entry %d" % i) for i in range(70000)]
print(json.dumps(dict(
    inclusion=list(inclusion_cases()), consistency=list(consistency_cases()),
    roots=[mth(NUMBERED[:n]).hex() for n in range(131)],
    largeRoots={str(n): mth(NUMBERED[:n]).hex() for n in (255, 256, 257, 511, 512, 65536, 65537, 70000)},
    notes=notes(), entries=entries(), attestations=attestations(), keys=keys()), indent=1))
