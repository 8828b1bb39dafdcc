/**
 * The one style of all public pages, in colours of shared/pages/tokens.css. System fonts only: an old telephone on a poor line
 * loads nothing it has not. English has a font of its own, for a Chinese one gives its apostrophes the width of a character.
 */
export const PUBLIC_STYLE = `
:root { --ink: #1b1b1f; --soft: #55524e; --line: #d9d2c5; --red: #98181a; --deep: #6a0f10; --blue: #174a8c; --green: #12755a; --brown: #8a5f00; --paper: #faf7f1; --card: #ffffff }
* { box-sizing: border-box }
html { font: 100%/1.7 "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: var(--ink); background: var(--paper); -webkit-text-size-adjust: 100% }
[lang="en"] { font-family: "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", "Noto Sans", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; line-height: 1.6 }
body { margin: 0; font-size: 1.0625rem; overflow-wrap: anywhere }
a { color: var(--blue); text-underline-offset: .2em }
a:hover { text-decoration-thickness: .12em }
:focus-visible { outline: .2rem solid var(--blue); outline-offset: .15rem }
.skip { position: absolute; left: -99rem } .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem 1rem; z-index: 1 }
.wide { max-width: 62rem; margin: 0 auto; padding: 0 1rem }
header { background: var(--red); color: #ffffff }
header a { color: #ffffff; text-decoration: none; display: inline-block }
header :focus-visible { outline-color: #ffffff }
header .top { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding-top: .6rem; padding-bottom: .2rem }
header .top .name { font-weight: 700; font-size: 1.15rem; line-height: 1.4; padding: .5rem 0 }
header .top .tongue { flex: none; padding: .5rem .8rem; border: 1px solid #ffffff; border-radius: .4rem; font-size: .95rem }
nav ul { display: flex; flex-wrap: wrap; list-style: none; margin: 0 -.7rem; padding: 0 }
nav a { padding: .6rem .7rem; border-bottom: .25rem solid transparent }
nav a:hover, nav a[aria-current] { border-color: #c89b3c }
@media (max-width: 26rem) { nav ul { margin: 0 -.4rem } nav a { padding-inline: .4rem } }
main.wide { padding-top: 1.2rem; padding-bottom: 2.5rem }
h1 { font-size: 1.55rem; line-height: 1.35; margin: .2rem 0 .8rem }
h2 { font-size: 1.2rem; line-height: 1.4; margin: 2rem 0 .7rem }
h3 { font-size: 1.05rem; margin: 1.2rem 0 .3rem }
p { margin: .5rem 0 } .lead { font-size: 1.125rem } .soft { color: var(--soft) } .small { font-size: .95rem }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.1rem; margin: .8rem 0 }
.card > :first-child { margin-top: 0 } .card > :last-child { margin-bottom: 0 }
.go { display: inline-block; font: inherit; font-weight: 700; text-align: center; text-decoration: none; background: var(--red); color: #ffffff; border: .12rem solid var(--red); border-radius: .5rem; padding: .65rem 1.4rem; cursor: pointer; min-height: 3rem }
.go:hover { background: var(--deep); border-color: var(--deep) }
.go.quiet { background: var(--card); color: var(--red) } .go.quiet:hover { background: #fbeae8 }
.row { display: flex; flex-wrap: wrap; gap: .7rem; margin: 1rem 0 }
.stages { display: grid; grid-template-columns: repeat(6, 1fr); list-style: none; padding: 0; margin: 1rem 0; gap: .3rem; line-height: 1.35 }
.stages li { border-top: .35rem solid var(--line); padding-top: .4rem; color: var(--soft); font-size: .95rem }
.stages .past { border-color: var(--green) } .stages [aria-current] { border-color: var(--red); color: var(--ink); font-weight: 700 }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .6rem; margin: 1rem 0; padding: 0 }
.figures div { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .9rem; display: flex; flex-direction: column-reverse; justify-content: flex-end }
.figures dt { color: var(--soft); font-size: .95rem; line-height: 1.4 } .figures dd { margin: 0; font-size: 1.7rem; font-weight: 700; line-height: 1.25; font-variant-numeric: tabular-nums }
.list { list-style: none; padding: 0; margin: .8rem 0 }
.list > li { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem; margin: .6rem 0 }
.list .title { font-weight: 700; font-size: 1.1rem; line-height: 1.45; display: block; padding: .15rem 0 } .list p { margin: .25rem 0 }
.tags { display: flex; flex-wrap: wrap; gap: .2rem .9rem; color: var(--soft); font-size: .95rem }
.mark { display: inline-block; border: .1rem solid currentColor; border-radius: .35rem; padding: 0 .5rem; font-size: .95rem; font-weight: 700; line-height: 1.6; white-space: nowrap }
.good { color: var(--green) } .other { color: var(--soft) } .open { color: var(--brown) }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .5rem; list-style: none; padding: 0 }
.grid a, .grid span { display: flex; justify-content: space-between; gap: .6rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; text-decoration: none } .grid b { font-variant-numeric: tabular-nums; white-space: nowrap }
dl.facts { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .35rem 1.1rem; margin: .6rem 0 } .facts dt { color: var(--soft) } .facts dd { margin: 0 } .facts dd p { margin: 0 }
.scroll { overflow-x: auto; margin: .6rem 0 }
table { border-collapse: collapse; width: 100%; background: var(--card) } caption { text-align: left; font-weight: 700; padding: .3rem 0 }
th, td { border: 1px solid var(--line); padding: .45rem .6rem; text-align: left; vertical-align: top } th { background: var(--paper); font-weight: 700 }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap } tfoot td, tfoot th { font-weight: 700 }
code { font-family: "Noto Sans Mono", "Noto Sans Mono CJK SC", Consolas, Menlo, monospace; font-size: .92em }
code.print { display: inline-block; line-height: 1.6; word-spacing: .15em } .said { white-space: pre-line }
fieldset { border: 1px solid var(--line); border-radius: .6rem; background: var(--card); padding: .4rem 1.1rem 1.1rem; margin: 1.1rem 0 } legend { font-weight: 700; font-size: 1.15rem; padding: 0 .4rem; margin-left: -.4rem }
label { display: block; font-weight: 700; margin: .9rem 0 .25rem } label .soft { font-weight: 400 }
input:not([type=image]), textarea, select { font: inherit; width: 100%; border: .1rem solid #8a8276; border-radius: .4rem; padding: .6rem .7rem; background: #ffffff; color: var(--ink); min-height: 3rem } textarea { min-height: 9rem; resize: vertical }
fieldset { min-width: 0 } .plan { position: relative; overflow-x: auto } .plan input { display: block; box-sizing: content-box; border: .1rem solid #8a8276; cursor: crosshair } .plan svg { position: absolute; left: .1rem; top: .1rem; pointer-events: none }
input[type=file] { border-style: dashed; padding: .7rem } .hint { color: var(--soft); font-size: .95rem; margin: .2rem 0 }
.bad { border: .12rem solid var(--red); border-radius: .6rem; background: #fbeae8; padding: .7rem 1rem; margin: 1rem 0 } .bad p { margin: .2rem 0 }
.note { border-left: .3rem solid #c89b3c; background: #fbf3e0; padding: .7rem 1rem; margin: 1rem 0 } .note > p { margin: .2rem 0 }
.find { display: grid; gap: .6rem; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); align-items: end } .find label { margin: 0 0 .2rem; font-size: .95rem } .find .word { grid-column: 1 / -1 } summary { color: var(--blue); padding: .5rem 0; cursor: pointer } details .find { padding-bottom: .4rem }
.code { font-family: "Noto Sans Mono", Consolas, Menlo, monospace; font-size: 1.55rem; font-weight: 700; letter-spacing: .04em; line-height: 1.4; margin: .3rem 0 } p.code { white-space: nowrap }
.receipt { text-align: center } .receipt svg { width: 13rem; max-width: 70%; height: auto; background: #ffffff } .receipt .row { justify-content: center }
.pages { display: flex; justify-content: space-between; align-items: center; gap: 1rem; margin: 1rem 0 } .pages a { padding: .6rem 0 }
.years ul { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; padding: 0; margin: 1rem 0 } .years a { display: block; padding: .45rem .9rem; min-height: 2.75rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); text-decoration: none } .years [aria-current] { background: var(--red); border-color: var(--red); color: #ffffff; font-weight: 700 }
.scroll td:last-child { min-width: 9rem }
section > h2:first-child { margin-top: 2rem }
.alarm { color: var(--red) } a.mark { text-decoration: none }
.marks { line-height: 2 } .how-far > p { margin: .3rem 0 }
.light { font-weight: 700; white-space: nowrap } .light.green { color: var(--green) } .light.yellow { color: var(--brown) } .light.red { color: var(--red) } .light.grey, .light.none { color: var(--soft) }
.why { margin: .2rem 0 } .why summary { display: inline-flex; gap: .6rem; align-items: center; min-height: 2.75rem } .why[open] { border-left: .3rem solid var(--line); padding-left: .8rem } .why p { margin: 0 0 .5rem }
.figures data { white-space: nowrap; font-size: 1.35rem } .grid .light, .grid .light span { display: inline; background: none; border: 0; padding: 0 }
.few { white-space: nowrap; margin-right: .4rem } .lights .light { margin-right: auto }
.ref { font-size: .875rem; white-space: nowrap } .ref:target { background: #fbf3e0; outline: .15rem solid #c89b3c }
.progress { display: flex; flex-wrap: wrap; gap: .1rem .8rem; align-items: center } .progress svg { flex: 1 1 12rem; height: 1rem; min-width: 8rem } .progress span { white-space: nowrap }
.track { fill: #ffffff; stroke: #55524e; stroke-width: 1.2; vector-effect: non-scaling-stroke } .done { fill: var(--green) } .wanted { fill: var(--red) } .limit { stroke: var(--red); stroke-width: 4; vector-effect: non-scaling-stroke } .came { fill: #c89b3c } .told { fill: var(--blue) } .today { stroke: var(--ink); stroke-width: 1.5; vector-effect: non-scaling-stroke; stroke-dasharray: 3 2 } .ground { fill: #faf7f1 } .base { fill: #55524e }
.gantt { margin: .8rem 0; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem } .gantt .row-of svg { display: block; width: 100%; height: 1.9rem } .gantt .row-of p { margin: .5rem 0 .1rem; display: flex; justify-content: space-between; gap: 1rem } .gantt .sums { display: block; width: 100%; height: 6rem }
.axis { display: flex; justify-content: space-between; margin: .1rem 0; font-size: .875rem; color: var(--soft) }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; font-size: .875rem; color: var(--soft) } .legend span { white-space: nowrap } .legend svg { width: 1.4rem; height: .7rem; vertical-align: baseline }
.pictures { display: flex; flex-wrap: wrap; gap: .5rem } .pictures img { display: block; width: 7.5rem; height: 5.6rem; object-fit: cover; border: 1px solid var(--line); border-radius: .4rem; background: #faf7f1 }
.told-of { padding-left: 1.2rem } details.card > summary { padding: .2rem 0 } .scroll th[scope=row] { min-width: 6.5rem; overflow-wrap: break-word } .two { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); align-items: start }
fieldset.plain { border: 0; padding: 0; margin: 0; min-width: 0 } .plain legend { font-size: 1rem; margin: 0; padding: 0 } .choice { display: flex; align-items: center; gap: .6rem; font-weight: 400; min-height: 2.75rem; margin: 0 } .choice input { width: 1.3rem; min-height: 1.3rem; height: 1.3rem; margin: 0; accent-color: var(--red) }
footer { border-top: 1px solid var(--line); padding: 1.2rem 0 2rem; color: var(--soft); font-size: .95rem } footer a { display: inline-block; padding: .4rem 1rem .4rem 0 }
@media (max-width: 34rem) { main > dl.facts, .card > dl.facts { grid-template-columns: 1fr; gap: 0 } main > .facts dd, .card > .facts dd { margin-bottom: .6rem } .go, .row form { width: 100% } .stages { grid-template-columns: repeat(3, 1fr) } .stages li { font-size: .875rem } .code { font-size: 1.3rem; letter-spacing: 0 } }
@media (max-width: 40rem) { .scroll td:last-child { min-width: 20rem } }
[lang="en"] .figures data { font-size: 1.15rem }
@media (max-width: 56rem) { table.cards, .cards tbody, .cards tfoot { display: block; background: none } .cards thead { position: absolute; left: -99rem } .cards tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: .15rem .9rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .9rem; margin: .6rem 0 } [lang="en"] .cards tr { grid-template-columns: repeat(auto-fill, minmax(12.5rem, 1fr)) } .cards th, .scroll .cards td { border: 0; padding: 0; min-width: 0; background: none; text-align: left } .cards th, .cards .full { grid-column: 1 / -1 } .cards td[data-l]::before { content: attr(data-l) " "; color: var(--soft); font-weight: 400 } }
@media print { header nav, header .tongue, footer, .row, .skip { display: none } header { background: none; color: var(--ink) } header a { color: var(--ink) } body, html { background: #ffffff } details::details-content { content-visibility: visible; display: block; height: auto } form { display: none } .card, .list > li, figure { break-inside: avoid } .scroll { overflow: visible } svg { print-color-adjust: exact } }
.notice th, .notice td { min-width: 5.5rem; overflow-wrap: normal } .notice th:first-child:not(:nth-last-child(-n+5)), .notice td:first-child:not(:nth-last-child(-n+5)) { min-width: 3rem }
`;
