/** Colours, measures and what changes on paper. Nothing is loaded: the page is one file. */
export const style = `
:root {
  color-scheme: light;
  --ink: #1b1f24; --soft: #59636e; --page: #ffffff; --card: #f6f8fa; --line: #d5dbe1;
  --ok: #2c8a46; --bad: #c9302c; --unknown: #9a6a00; --ours: #7a42c4; --idle: #8b949e; --active: #1f6fd0;
  --tint: #eef1f4;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --ink: #e3e8ee; --soft: #9aa5b1; --page: #14181d; --card: #1c2229; --line: #333c46;
    --ok: #4fb56b; --bad: #f0665f; --unknown: #d9a53a; --ours: #b58af0; --idle: #75808c; --active: #5aa2f5;
    --tint: #232b33;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 40px 32px 64px; max-width: 1080px; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
h1, h2, h3, p, dl, dd, figure, pre, ol, ul { margin: 0; padding: 0; }
code, pre, .mono { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 13px; }
.kicker { color: var(--soft); font-size: 13px; letter-spacing: .02em; }
h1 { font: 600 22px/1.35 ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; margin: 4px 0 12px; }
h2 { font-size: 17px; font-weight: 600; margin: 40px 0 12px; }
h2 small { color: var(--soft); font-size: 14px; font-weight: 400; margin-left: 8px; }
.lead { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; font-size: 16px; }
.pill { border: 1px solid currentColor; border-radius: 99px; padding: 1px 12px; font-weight: 600; font-size: 14px; }
.ok { color: var(--ok); } .bad { color: var(--bad); } .unknown { color: var(--unknown); }
.ours { color: var(--ours); } .idle { color: var(--soft); } .active { color: var(--active); }
.fill-ok { fill: var(--ok); } .fill-bad { fill: var(--bad); } .fill-unknown { fill: var(--unknown); }
.fill-ours { fill: var(--ours); } .fill-idle { fill: var(--idle); } .fill-active { fill: var(--active); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; margin: 24px 0; }
.figures div { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; }
.figures dt { color: var(--soft); font-size: 13px; }
.figures dd { font-size: 22px; font-weight: 600; line-height: 1.3; overflow-wrap: anywhere; }
.figures dd small { display: block; font-size: 13px; font-weight: 400; color: var(--soft); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; }
.facts dt { color: var(--soft); }
.facts dd { overflow-wrap: anywhere; min-width: 0; }
.charts { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
figure { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px; margin: 0 0 16px; min-width: 0; }
figcaption { font-weight: 600; margin-bottom: 8px; }
figcaption small { font-weight: 400; color: var(--soft); margin-left: 8px; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--ink); font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif; }
svg .soft { fill: var(--soft); font-size: 12px; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .wave { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 3 3; }
svg .track { fill: var(--tint); }
.key { display: flex; flex-wrap: wrap; gap: 4px 16px; color: var(--soft); font-size: 13px; margin-top: 8px; }
.key i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px; background: currentColor; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 400; color: var(--soft); font-size: 13px; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; }
td.word { white-space: nowrap; }
details { border-bottom: 1px solid var(--line); }
summary { cursor: pointer; padding: 6px 0; }
summary:focus-visible { outline: 2px solid var(--active); outline-offset: 2px; }
.answer { border: 1px solid var(--line); border-radius: 8px; margin-bottom: 12px; }
.answer summary { padding: 10px 16px; }
.answer summary b { margin-right: 12px; }
.answer .names { color: var(--soft); overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.45; padding: 12px 16px; background: var(--card); border-top: 1px solid var(--line); border-radius: 0 0 8px 8px; max-height: 480px; overflow: auto; }
pre .err { display: block; border-left: 3px solid var(--unknown); padding-left: 8px; margin-left: -11px; }
pre .gap { display: block; color: var(--soft); font-style: italic; padding: 8px 0; white-space: normal; }
.silent { padding: 8px 16px; color: var(--soft); border-top: 1px solid var(--line); }
.nodes summary, .nodes .head { display: grid; grid-template-columns: 12px minmax(140px, 1.4fr) 120px 72px 2fr; gap: 12px; align-items: baseline; }
.nodes .head { color: var(--soft); font-size: 13px; padding-bottom: 6px; border-bottom: 1px solid var(--line); }
.nodes summary > * { overflow-wrap: anywhere; min-width: 0; }
.nodes summary::before { content: '›'; color: var(--soft); }
.nodes details[open] summary::before { content: '⌄'; }
.nodes summary { list-style: none; }
.nodes summary::-webkit-details-marker { display: none; }
.nodes .number { text-align: right; }
.nodes .facts { padding: 4px 0 16px 28px; font-size: 14px; }
a { color: var(--active); }
footer { margin-top: 40px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--soft); font-size: 13px; }
@media screen and (max-width: 720px) {
  body { padding: 24px 16px; }
  .charts { grid-template-columns: 1fr; }
  .nodes summary, .nodes .head { grid-template-columns: 16px 1fr 100px; }
  .nodes summary > :nth-child(n + 3), .nodes .head > :nth-child(n + 4) { display: none; }
}
@page { size: A4; margin: 16mm 14mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  code, pre, .mono { font-size: 9pt; }
  h1 { font-size: 15pt; }
  h2 { font-size: 12.5pt; margin-top: 24pt; break-after: avoid; }
  .figures { gap: 8px; grid-template-columns: repeat(3, 1fr); }
  .figures div, figure, tr, summary, .facts div { break-inside: avoid; }
  thead { display: table-header-group; }
  .answer summary, figcaption { break-after: avoid; }
  pre { max-height: 60em; overflow: hidden; }
  .nodes summary::before { content: ''; }
  .nodes summary { padding: 3px 0; }
  a { color: inherit; text-decoration: none; }
}
`;
