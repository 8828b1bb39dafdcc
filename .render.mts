const B='/work/x/papers/coordinator/register/papers/';
const { PaperCompiler } = await import('/work/x/papers/coordinator/register/papers/compile.ts');
const { set } = await import('/work/x/papers/coordinator/register/papers/layout/set.ts');
const S = await import('/work/x/papers/coordinator/register/papers/testing/sample-papers.ts');
import { writeFileSync } from 'node:fs';
const F='/work/x/papers/node_modules/@expo-google-fonts/';
const c = new PaperCompiler({templates:B+'templates',fonts:[F+'noto-serif-sc/400Regular',F+'noto-serif-sc/700Bold',F+'noto-sans-sc/500Medium']});
const all: Record<string, any> = {};
for (const l of ['zh','en'] as const) { all[`receipt-${l}`]=S.sampleReceipt(l); all[`answer-${l}`]=S.sampleAnswer(l); all[`booklet-${l}`]=S.sampleBooklet(l); all[`sheet-${l}`]=S.sampleSheet(l); all[`slip-${l}`]=S.sampleSlip(l); }
all['slip30-zh']=S.sampleSlip('zh',S.sampleList(30,80,24));
all['booklet30-zh']=S.sampleBooklet('zh',S.sampleList(30,80,24));
all['excluded-zh']=S.sampleAnswer('zh',{is:'excluded',ground:'主要由上级财政资金或社会资本投资的项目',reason:'该事项已列入省级交通专项，由省级资金实施，预计2028年开工。'.repeat(3)});
all['merged-zh']=S.sampleAnswer('zh',{is:'merged',into:'2027-AAAAAAA',title:'老旧小区加装电梯',then:S.CHOSEN});
const only=process.argv.slice(2);
for (const [n,p] of Object.entries(all)) { if (only.length && !only.some(o=>n.startsWith(o))) continue; const t=performance.now(); try { const pdf=c.pdf(set(p)); writeFileSync(`/tmp/pp/t/${n}.pdf`,pdf); console.log(n,pdf.length,(performance.now()-t).toFixed(0)+'ms'); } catch(e) { console.log(n,String(e).slice(0,900)); } }
