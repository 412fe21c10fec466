/** Of `GET /docs`. Colours of the dashboard, in light and dark. */
export const STYLE = `
  :root { color-scheme: light dark; --ink: light-dark(#1d252c, #e6e8ea); --paper: light-dark(#f6f6f2, #14191d);
    --card: light-dark(#fff, #1d252c); --line: light-dark(#d9dad4, #38424a); --link: light-dark(#7a5200, #e9b949); }
  * { box-sizing: border-box; }
  html { scroll-padding-top: 1rem; }
  body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.6; overflow-wrap: anywhere;
    font-family: system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
  a { color: var(--link); }
  nav { padding: 1rem 1.25rem; font-size: .875rem; }
  nav summary { cursor: pointer; font-weight: 600; padding: .25rem 0; }
  nav p { margin: 1rem 0 .25rem; font-weight: 600; }
  nav ul { list-style: none; margin: 0; padding: 0; }
  nav li a { display: flex; align-items: baseline; padding: .2rem 0; text-decoration: none; color: inherit; }
  nav li a:hover { text-decoration: underline; }
  nav b { flex: 0 0 5.2em; font-size: .7em; text-transform: uppercase; color: var(--link); }
  main { max-width: 62rem; padding: 1rem 1.25rem 4rem; min-width: 0; }
  code { font-family: ui-monospace, monospace; font-size: .9em; }
  pre { overflow-x: auto; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card);
    overflow-wrap: normal; }
  .table { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); }
  table { border-collapse: collapse; width: 100%; overflow-wrap: normal; }
  th, td { text-align: left; vertical-align: top; padding: .4rem .75rem; }
  td { border-top: 1px solid var(--line); min-width: 5rem; }
  td:last-child { min-width: 9rem; overflow-wrap: anywhere; }
  h1 { margin: .5rem 0; } h2 { margin: 3rem 0 0; } h3 { margin: 2rem 0 .25rem; font-size: 1.05rem; }
  main > ul { padding-left: 1.25rem; }
  @media (max-width: 40rem) { th, td { padding: .4rem .5rem; } td { min-width: 3.5rem; } }
  @media (min-width: 64rem) {
    nav summary { display: none; } nav details::details-content { content-visibility: visible; height: auto; }
    body { display: grid; grid-template-columns: 19rem minmax(0, 1fr); }
    nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; border-right: 1px solid var(--line); }
    main { padding: 1rem 2.5rem 4rem; }
  }
`;
