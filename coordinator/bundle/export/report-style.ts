/**
 * The report's style: an A4 sheet on paper, the same sheet on a screen, in colours of shared/pages/tokens.css, which it cannot
 * read: whoever verifies makes it again, byte for byte, from the program alone. English has a font of its own, for a Chinese
 * one gives its apostrophes the width of a character.
 */
export const REPORT_STYLE = `
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; color: #55524e } }
* { box-sizing: border-box }
body { font: 10.5pt/1.55 "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1b1b1f; max-width: 178mm; margin: 0 auto }
[lang="en"], small { font-family: "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", "Noto Sans", "DejaVu Sans", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif }
@media screen { body { margin: 10mm auto; padding: 0 4mm } }
h1 { font-size: 19pt; line-height: 1.4; text-align: center; margin: 0 0 2mm }
h1 + p, p.wire { text-align: center; color: #55524e }
p.wire { margin: 0 0 7mm }
p.wire.open { border: 0.5mm solid #98181a; color: #98181a; padding: 1.5mm 3mm }
h2 { font-size: 13.5pt; border-bottom: 0.5mm solid #98181a; padding-bottom: 1mm; margin: 9mm 0 3mm; break-after: avoid }
h2 small, h3 small, .verdict small { font-weight: 400; color: #55524e; font-size: 10pt; margin-left: 1.5mm }
h3 { font-size: 11.5pt; margin: 0 0 1mm; break-after: avoid }
p { margin: 1mm 0 }
section.round { margin: 0 0 7mm; break-inside: avoid }
table { border-collapse: collapse; width: 100%; margin: 2mm 0 }
thead { display: table-header-group } tr { break-inside: avoid }
th, td { border: 0.2mm solid #8a8276; padding: 0.9mm 2mm; text-align: left; vertical-align: top }
th { background: #faf7f1; font-weight: 600; line-height: 1.25 }
th small { display: block; font-weight: 400; font-size: 8pt; color: #55524e }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.verdict { font-size: 12.5pt; font-weight: 700; margin: 2mm 0; break-before: avoid }
.note { color: #55524e; font-size: 9pt; line-height: 1.45 }
.mark { border: 0.3mm solid #98181a; border-radius: 0.8mm; color: #98181a; padding: 0 1.5mm; font-size: 9pt; font-weight: 400; white-space: nowrap }
section.turn { border-left: 1.2mm double #98181a; padding-left: 3mm }
.void table { color: #55524e }
code { font-family: "Noto Sans Mono", "Noto Sans Mono CJK SC", Consolas, Menlo, monospace; font-size: 8.5pt; overflow-wrap: anywhere }
code.short { font-size: 10.5pt; white-space: nowrap }
table.dense { font-size: 9.5pt } .dense td { padding: 0.3mm 2mm }
.sign { break-inside: avoid; display: grid; grid-template-columns: repeat(3, 1fr); gap: 4mm 8mm; margin-top: 8mm }
.sign div { border-bottom: 0.3mm solid #1b1b1f; height: 16mm }
.sign p { margin: 0 } .sign .wide { grid-column: 1 / -1 }
.sign small { color: #55524e }
`;
