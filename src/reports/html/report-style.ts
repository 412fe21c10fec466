/** The whole style of `report.html`: readable on a screen in both themes, and on A4 without cut rows. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #4d5a6b; --paper: #ffffff; --line: #d5dae1; --bar: #7b8798;
  --gold: #7a5a00; --good: #dff3e4; --bad: #fbdcdc; --open: #fdf0cf; --proof: #e3ecfa; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --soft: #a9b4c2; --paper: #141a22; --line: #39434f; --bar: #66758a; --gold: #e2bd5b;
    --good: #1e3d2a; --bad: #4b2326; --open: #463a17; --proof: #22344f; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink);
  font: 15px/1.6 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-top: 1rem; border-top: 2px solid var(--gold); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
h4, h5, h6 { font-size: .95rem; margin: 1rem 0 .25rem; }
.lead, .note, .interval { color: var(--soft); }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1rem; padding: 0; margin: 1.5rem 0; }
figure { margin: 0; padding: .85rem 1rem; border: 1px solid var(--line); border-radius: 8px; }
figcaption .name, figcaption .note { display: block; font-size: .85rem; }
figcaption .mean { font-size: 1.5rem; font-weight: 600; }
svg { display: block; overflow: visible; width: 100%; height: auto; margin-top: .5rem; }
.bar { fill: var(--bar); }
.axis { stroke: var(--line); }
.whisker { stroke: var(--gold); stroke-width: 3; }
.dot { fill: var(--gold); }
table { width: 100%; border-collapse: collapse; font-size: .875rem; margin: .75rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .5rem; border-bottom: 1px solid var(--line); }
/* Numbers in the middle columns never break; on a phone anything may, so that no table is wider than the page. */
@media (min-width: 40rem) { th, td:not(:first-child):not(:last-child) { overflow-wrap: break-word; } }
.block h4 { color: var(--soft); font-weight: 600; }
.text { margin: 0; white-space: pre-wrap; }
mark { color: inherit; padding: 0 .1em; border-radius: 3px; }
.supported { background: var(--good); border-bottom: 2px solid #3f9a5d; }
.contradicted { background: var(--bad); border-bottom: 2px double #c8474d; }
.unsupported { background: var(--open); border-bottom: 2px dashed #b28a1d; }
.proof { background: var(--proof); }
small { color: var(--soft); }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .9em; }
@page { size: A4; margin: 16mm; }
@media print {
  :root { --ink: #000000; --soft: #333333; --paper: #ffffff; --line: #bbbbbb; --gold: #7a5a00; --bar: #7b8798;
    --good: #dff3e4; --bad: #fbdcdc; --open: #fdf0cf; --proof: #e3ecfa; }
  body { padding: 0; max-width: none; font-size: 10pt; print-color-adjust: exact; }
  h2, h3, h4, h5 { break-after: avoid; }
  figure, tr, li, .block { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;
