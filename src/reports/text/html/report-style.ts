/** The whole style of `report.html`: readable on a screen in both themes, and on A4 without cut rows. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1a2229; --soft: #46525c; --canvas: #f5f5f2; --paper: #ffffff; --line: #dcddd8;
  --bar: #a97b16; --gold: #7d5a0c; --wash: #f8efd9; --good: #e3f2ea; --bad: #fbe9e6; --open: #fbeedd; --proof: #f8efd9; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9edef; --soft: #b7c1c8; --canvas: #11161a; --paper: #182026; --line: #2d3942; --bar: #d9a93f;
    --gold: #e2b54f; --wash: #2f2819; --good: #17301f; --bad: #3a1e1c; --open: #35250f; --proof: #2f2819; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--ink);
  font: 15px/1.6 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
main { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 66rem; }
.brand { margin: 0 0 1rem; padding-left: .6rem; border-left: 4px solid var(--bar); font-size: .85rem; font-weight: 600; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; line-height: 1.35; margin: 3rem 0 .75rem; padding-top: 1.25rem; border-top: 2px solid var(--bar); }
h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
h4, h5, h6 { font-size: .95rem; margin: 1rem 0 .25rem; }
main > p, main > ul, main > ol { max-width: 48rem; }
.lead, .note, .interval { color: var(--soft); }
.interval { white-space: nowrap; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1rem; margin: 1.5rem 0; }
figure, .sample { margin: 0; padding: 1rem 1.1rem; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
figcaption .name, figcaption .note { display: block; font-size: .85rem; }
figcaption .mean { font-size: 1.6rem; font-weight: 600; }
svg { display: block; overflow: visible; width: 100%; height: auto; margin-top: .5rem; }
.bar { fill: var(--bar); }
.axis { stroke: var(--line); }
.whisker { stroke: var(--gold); stroke-width: 3; }
.dot { fill: var(--gold); }
table { width: 100%; border-collapse: collapse; font-size: .875rem; margin: .75rem 0; background: var(--paper); }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
/* Numbers in the middle columns never break; on a phone anything may, so that no table is wider than the page. */
@media (min-width: 40rem) { th, td:not(:first-child):not(:last-child) { overflow-wrap: break-word; } }
.sample { margin-top: 1rem; }
.sample h3 { margin: 0 0 .75rem; }
.score { margin-left: .5rem; font-size: 1.2rem; }
.cause { display: inline-block; margin-left: .5rem; padding: .05rem .6rem; border-radius: 99px; background: var(--wash);
  color: var(--gold); font-size: .8rem; font-weight: 500; }
.block h4 { margin: .75rem 0 .15rem; color: var(--soft); font-size: .8rem; font-weight: 600; }
.passage { padding: .1rem .85rem .6rem; margin-top: .6rem; border: 1px solid var(--line); border-radius: 8px; }
.text { margin: 0; white-space: pre-wrap; }
/* As on the page: what was said on the left, what it rests on to the right. */
@media (min-width: 48rem) { .sides { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.5rem; } }
mark { color: inherit; padding: 0 .1em; border-radius: 3px; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.supported { background: var(--good); border-bottom: 2px solid #3f9a5d; }
.contradicted { background: var(--bad); border-bottom: 2px double #c8474d; }
.unsupported { background: var(--open); border-bottom: 2px dashed #b28a1d; }
.proof { background: var(--proof); border-bottom: 2px solid var(--bar); }
small { color: var(--soft); white-space: nowrap; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .9em; }
@page { size: A4; margin: 16mm; }
@media print {
  :root { --ink: #000000; --soft: #333333; --canvas: #ffffff; --paper: #ffffff; --line: #bbbbbb; --bar: #a97b16; --gold: #7d5a0c;
    --wash: #f8efd9; --good: #e3f2ea; --bad: #fbe9e6; --open: #fbeedd; --proof: #f8efd9; }
  body { font-size: 10pt; print-color-adjust: exact; }
  main { padding: 0; max-width: none; }
  .figures { grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .6rem; }
  h2, h3, h4, h5 { break-after: avoid; }
  figure, tr, .block, .sample { break-inside: avoid; }
  li { break-inside: avoid-page; }
  thead { display: table-header-group; }
}
`;
