"""Answers of an independent solver for the audit: `python3 highs.py > highs.json`.

Draws tables, publishes them with cells hidden or rounded, and asks HiGHS (through scipy.optimize.milp)
for the least and largest whole number of every hidden cell. Development only: needs Python and scipy,
which nothing else in the project does. Each problem is one line:

    {"kind", "atoms", "facts": [[low, high or null, atom, …], …], "cells": [[atom, …], …],
     "table": [count, …], "intervals": [[low, high or null], …]}
"""

import itertools
import json
import random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

HIDDEN, ROUNDED = "hidden", "rounded"


def nearest5(n):
    shown = (n + 2) // 5 * 5
    return max(0, shown - 2), shown + 2


def midpoint6(n):
    return (0, 0) if n == 0 else ((n + 5) // 6 * 6 - 5, (n + 5) // 6 * 6)


def tree(leaves, groups):
    """The sums of one dimension: each leaf, each group, and all of them."""
    return [(leaf,) for leaf in leaves] + groups + [tuple(leaves)]


def draw(rng, kind):
    """A table's shape and the sums that are published of it, each as one list of leaves a dimension."""
    size = lambda low, high: list(range(rng.randint(low, high)))
    halves = lambda leaves: [tuple(leaves[: len(leaves) // 2]), tuple(leaves[len(leaves) // 2:])]
    if kind == "two-way":
        dims = [size(2, 6), size(2, 6)]
        sums = list(itertools.product(*[tree(d, []) for d in dims]))
    elif kind == "one-way with groups":
        dims = [size(4, 9)]
        groups = [tuple(sorted(rng.sample(dims[0], rng.randint(2, len(dims[0]) - 1)))) for _ in range(3)]
        sums = list(itertools.product(tree(dims[0], groups)))
    elif kind == "hierarchy":
        dims = [size(4, 6), size(2, 4)]
        sums = list(itertools.product(tree(dims[0], halves(dims[0])), tree(dims[1], [])))
    elif kind == "crossed hierarchies":
        dims = [size(4, 5), size(4, 5)]
        sums = list(itertools.product(*[tree(d, halves(d)) for d in dims]))
    elif kind == "three-way":
        dims = [size(2, 4), size(2, 4), size(2, 4)]
        sums = list(itertools.product(*[tree(d, []) for d in dims]))
    else:  # linked: the three two-way tables of a three-way one, which is itself not published
        dims = [size(2, 3), size(2, 4), size(2, 3)]
        every = itertools.product(*[tree(d, []) for d in dims])
        sums = [s for s in every if any(len(leaves) > 1 for leaves in s)]
    return dims, list(dict.fromkeys(sums))


def published(rng, kind, is_rounded):
    dims, sums = draw(rng, kind)
    leaves = list(itertools.product(*dims))
    number = {leaf: i for i, leaf in enumerate(leaves)}
    mean = rng.choice([1, 3, 8, 40])
    table = [0 if rng.random() < 0.1 else min(int(rng.expovariate(1 / mean)) + rng.randint(0, 2), 300)
             for _ in leaves]
    share = rng.choice([0.2, 0.4, 0.6])
    facts, cells = [], []
    for s in sums:
        atoms = [number[leaf] for leaf in itertools.product(*s)]
        n = sum(table[a] for a in atoms)
        is_inner = len(atoms) == 1 or kind == "linked"
        if rng.random() < (share if is_inner else 0.1):
            cells.append(atoms)
            # Now and then the mark tells a range, as `1 to 7` does.
            if rng.random() < 0.15 and 1 <= n <= 7:
                facts.append([1, 7] + atoms)
        elif is_rounded:
            low, high = (nearest5 if rng.random() < 0.7 else midpoint6)(n)
            facts.append([low, high] + atoms)
            if rng.random() < 0.3:
                cells.append(atoms)
        elif rng.random() < 0.97:
            facts.append([n, n] + atoms)
    return len(leaves), table, facts, cells


def extreme(count, facts, cell, sign):
    weights = np.zeros(count)
    weights[cell] = sign
    matrix = np.zeros((len(facts), count))
    for row, (_, _, *atoms) in enumerate(facts):
        matrix[row, atoms] = 1
    constraints = LinearConstraint(matrix, [f[0] for f in facts], [f[1] for f in facts])
    result = milp(weights, constraints=constraints, integrality=np.ones(count), bounds=Bounds(0, np.inf),
                  options={"mip_rel_gap": 0})
    if result.status == 3 or (result.status == 4 and "unbounded" in result.message.lower()):
        return None
    assert result.status == 0, result.message
    witness = np.rint(result.x).astype(int)
    assert all(low <= witness[atoms].sum() <= high for low, high, *atoms in facts)
    return int(witness[cell].sum())


def answer(kind, count, table, facts, cells):
    if not cells or not facts:
        return
    covered = {a for _, _, *atoms in facts for a in atoms}
    intervals = []
    for cell in cells:
        high = None if set(cell) - covered else extreme(count, facts, cell, -1)
        intervals.append([extreme(count, facts, cell, 1), high])
    print(json.dumps({
        "kind": kind, "atoms": count, "facts": facts, "cells": cells, "table": table,
        "intervals": intervals}, separators=(",", ":")))


def main():
    rng = random.Random(20260413)
    kinds = ["two-way", "one-way with groups", "hierarchy", "crossed hierarchies", "three-way", "linked"]
    for number in range(480):
        kind = kinds[number % len(kinds)]
        is_rounded = number // len(kinds) % 4 == 3
        answer(kind + (" rounded" if is_rounded else ""), *published(rng, kind, is_rounded))


main()
