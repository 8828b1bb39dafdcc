import { html } from 'hono/html';
import { TERMS } from '../../../shared/terms.ts';
import type { Look, Page } from './frame.ts';

/** What of the register can be taken along, and what it is. */
export function dataPage({ t, to, register }: Look): Page {
  const file = (path: string, words: string) => html`<a href="${to(path)}">${words}</a>`;
  return {
    title: t('开放数据', 'Open data'),
    at: 'data',
    main: html`<h1>${t('开放数据', 'Open data')}</h1>
<p class="lead">${t('公开的建议、清单和票决结果都可以下载，任何人可以任意使用。', 'All that is public of proposals, lists and votes can be downloaded and used by anybody for anything.')}</p>
<div class="scroll"><table><thead><tr><th scope="col">${t('年度', 'Year')}</th><th scope="col">${t('建议', 'Proposals')}</th><th scope="col">${t(TERMS.candidate.zh, 'Candidates')}</th><th scope="col">${t('全部', 'All')}</th></tr></thead><tbody>
${register.cycles.map(
  ({ year, list }) => html`<tr><th scope="row">${year}</th>
<td>${file(`/data/cycles/${year}/proposals.xlsx`, 'XLSX')} · ${file(`/data/cycles/${year}/proposals.csv`, 'CSV')}</td>
<td>${list ? html`${file(`/data/cycles/${year}/projects.xlsx`, 'XLSX')} · ${file(`/data/cycles/${year}/projects.csv`, 'CSV')}` : t('尚未公布', 'not frozen yet')}</td>
<td><a href="/data/cycles/${year}.json">JSON</a></td></tr>`,
)}</tbody></table></div>
<h2>${t('说明', 'What it is')}</h2>
<ul><li>${t('JSON 的格式见', 'The form of the JSON is in its')} <a href="/data/schema.json">${t('JSON Schema', 'JSON Schema')}</a>${t('；金额以分为单位。', '; money is in fen, a hundredth of a yuan.')}</li>
<li>${t('表格中金额以万元为单位，四舍五入。', 'Money in the tables is in 10,000 yuan, rounded.')}</li>
<li>${t('只含核对过文字的建议；姓名、电话和照片不在任何文件中。', 'Proposals are those whose wording was cleared; names, telephones and photographs are in no file.')}</li>
<li><a href="/data/register.zip">${t('项目库存证包', 'The bundle of the register')}</a>${t('：台账中公开的一切，连同清单和附件，由项目库签名；任何人可以离线核验（hallvote verify）。', ': all that is public in its ledger, with lists and attachments, signed by the register; anybody can check it offline (hallvote verify).')}</li>
<li><a href="/feed.jsonl">${t('台账的公开部分', 'What is public of the ledger')}</a>${t('，逐条签名', ', each entry signed')}</li>
<li>${file('/feed.atom', t('订阅更新（Atom）', 'Atom feed'))}</li></ul>`,
  };
}
