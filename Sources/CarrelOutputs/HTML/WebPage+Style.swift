extension WebPage {
  /// How pages look, on a screen in light and dark, on a small one and on paper.
  ///
  /// Text keeps a contrast of 4.5 to 1 against what it stands on; nothing is told by colour alone.
  static let style = HTML.verbatim(
    """
    <style>
    :root{color-scheme:light dark;--paper:#fcfbf9;--ink:#1c2024;--soft:#535b63;--line:#d9d5cd;
    --hair:#ebe8e2;--accent:#0b5a66;--hatch:#e2dcd1;--code:#f4f1ec;--raised:#fff;
    --good:#1f6a3d;--look:#85470f;--bad:#a3262a;
    --c0:#0b4a57;--c1:#a3531a;--c2:#4d6b2f;--c3:#7a3b7a;--c4:#3c5aa0;--c5:#6b5a3a}
    @media (prefers-color-scheme:dark){:root{--paper:#15181b;--ink:#e7e4de;--soft:#a6aeb6;
    --line:#363c42;--hair:#262b30;--accent:#7fcbd6;--hatch:#30363c;--code:#1f2428;--raised:#1b1f23;
    --good:#83cf9f;--look:#e6a76a;--bad:#f29a98;
    --c0:#8fdbe6;--c1:#e6a76a;--c2:#a9cf7f;--c3:#d79fd7;--c4:#9db8f2;--c5:#cdbd95}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);
    font:1.0625rem/1.6 system-ui,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;
    font-variant-numeric:lining-nums tabular-nums}
    .page{max-width:52rem;margin:0 auto;padding:3rem 1.5rem 4rem}
    a{color:var(--accent);text-underline-offset:.18em}
    :focus-visible{outline:3px solid var(--accent);outline-offset:3px}
    .skip{position:absolute;left:-99rem}
    .skip:focus{left:1rem;top:1rem;background:var(--raised);padding:.5rem 1rem}
    h1,h2,h3{line-height:1.25;font-weight:600}
    h1{font-family:Palatino,"Palatino Linotype",Georgia,"Liberation Serif",serif;font-size:2.1rem;
    margin:.4rem 0 .9rem}
    h2{font-size:1.3rem;margin:3rem 0 .75rem;padding-top:1.4rem;border-top:1px solid var(--line)}
    h3{font-size:1.05rem;margin:2rem 0 .4rem}
    p,li{max-width:42rem}
    .over,.soft,figcaption{color:var(--soft);font-size:.9375rem}
    .over{margin:0}.lede{font-size:1.2rem;line-height:1.5}
    .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(12.5rem,1fr));gap:1rem 2rem;
    padding:1.2rem 0;margin:0;border-block:1px solid var(--line)}
    dt{color:var(--soft);font-size:.875rem}dd{margin:0;overflow-wrap:anywhere}
    nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;padding:0;margin:1rem 0 0}
    nav a{display:inline-block;padding:.3rem 0;font-size:.9375rem}
    .scroll{overflow-x:auto;margin:1.4rem 0 0}
    table{border-collapse:collapse;width:100%;line-height:1.35}
    caption{text-align:left;font-weight:600;padding-bottom:.7rem}
    caption span{display:block;font-weight:400;color:var(--soft);font-size:.9375rem}
    th,td{padding:.5rem 0 .5rem 1rem;text-align:right;vertical-align:top;font-weight:400;
    border-bottom:1px solid var(--hair)}
    thead th{color:var(--soft);font-size:.9375rem;vertical-align:bottom;
    border-bottom:1px solid var(--line)}
    th.label,td.label{text-align:left;padding:.5rem .5rem .5rem 0}
    tr.total>*{border-top:1px solid var(--line);font-weight:600}
    td small{display:block;color:var(--soft);font-size:.8125rem;font-weight:400;white-space:nowrap}
    td.hidden{background:repeating-linear-gradient(135deg,transparent 0 5px,var(--hatch) 5px 6px)}
    .mark{font-size:.8125rem;color:var(--soft);background:var(--paper);white-space:nowrap}
    pre,code{font:.875rem/1.55 ui-monospace,"Cascadia Mono",Menlo,"DejaVu Sans Mono",monospace}
    pre{background:var(--code);padding:1rem 1.2rem;overflow-x:auto;border-radius:4px}
    code{overflow-wrap:anywhere}
    figure{margin:1.4rem 0 0}svg{display:block;width:100%;height:auto}
    svg text{font-family:inherit;font-size:13px;fill:var(--soft)}
    .key{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;padding:0;margin:.6rem 0 0;
    font-size:.9375rem}
    .key svg{display:inline-block;width:2.4rem;height:.8rem;margin-right:.5rem}
    summary{cursor:pointer;color:var(--accent);padding:.3rem 0;width:fit-content}
    .word{font-weight:600;white-space:nowrap}
    .pass{color:var(--good)}.look{color:var(--look)}.fail{color:var(--bad)}
    .ask{margin:2rem 0 0;padding:1.3rem 1.6rem;background:var(--raised);
    border:1px solid var(--line);border-left:4px solid var(--look)}
    .ask h3{margin-top:0}
    footer{margin-top:3.5rem;padding-top:1.1rem;border-top:1px solid var(--line);
    color:var(--soft);font-size:.9375rem}
    @media (max-width:40rem){.page{padding:1.6rem 1.1rem 3rem}h1{font-size:1.65rem}
    .facts{grid-template-columns:1fr 1fr}pre{white-space:pre-wrap}}
    @media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#444;--line:#999;
    --hair:#ddd;--accent:#000}@page{size:A4;margin:18mm 16mm}
    body{font-size:10pt}.page{max-width:none;padding:0}nav,.skip{display:none}
    tr,figure,.ask{break-inside:avoid}h2,h3,caption{break-after:avoid}.scroll{overflow:visible}
    pre{white-space:pre-wrap;border:1px solid #bbb}}
    </style>
    """)
}
