import { html } from 'hono/html';
import { addressOf, type DataFile, type DataSet, dataOfYear, oc4idsSet } from './data-files.ts';
import { type Html, type Look, type Page, said } from './frame.ts';
import type { OpenDataTerms } from './oc4ids/project.ts';

/** How many bytes a file has; null where it has not been made yet, and would take a while. */
export type SizeOf = (file: DataFile) => number | null;

/** What of the register can be taken along, what it is, and under which terms. */
export function dataPage(look: Look, terms: OpenDataTerms, base: string, sizeOf: SizeOf): Page {
  const { t, to, register } = look;
  const all = oc4idsSet(look, terms, base, null);
  return {
    title: t('开放数据', 'Open data'),
    at: 'data',
    main: html`<h1>${t('开放数据', 'Open data')}</h1>
<p class="lead">${t('公开的建议、清单、票决结果和资金，都可以下载。', 'All that is public of proposals, lists, votes and money can be downloaded.')}</p>
<p>${licenceLine(look, terms)}</p>
${all.length > 0 ? html`<h2>${t('所有年度', 'All years')}</h2>${setsOf(look, all, sizeOf)}` : ''}
${register.cycles.map((cycle) => html`<h2>${t(`${cycle.year}年度`, `The year ${cycle.year}`)}</h2>${setsOf(look, dataOfYear(look, terms, base, cycle), sizeOf)}`)}
<h2>${t('说明', 'What it is')}</h2>
<ul><li>${t('JSON 的格式见', 'The form of the JSON is in its')} <a href="/data/schema.json">JSON Schema</a>${t('；OC4IDS 文件的格式见', '; that of the OC4IDS files is in the')} <a href="https://standard.open-contracting.org/infrastructure/0.9.5/en/">${t('其标准', 'standard')}</a>${t('。', '.')}</li>
<li>${t('“候选项目”表中金额以万元为单位，四舍五入；其他表以元为单位，精确到分；JSON 以分为单位，OC4IDS 以元为单位。', 'Money is in 10,000 yuan, rounded, in the table of candidates; in yuan, to the fen, in the other tables; in fen in the JSON, and in yuan in OC4IDS.')}</li>
<li>${t('只含核对过文字的建议；姓名、电话和照片不在任何文件中。', 'Proposals are those whose wording was cleared; names, telephones and photographs are in no file.')}</li>
<li><a href="/data/register.zip">${t('项目库存证包', 'The bundle of the register')}</a>${t('：台账中公开的一切，连同清单和附件，由项目库签名；任何人可以离线核验（hallvote verify）。', ': all that is public in its ledger, with lists and attachments, signed by the register; anybody can check it offline (hallvote verify).')}</li>
<li><a href="/feed.jsonl">${t('台账的公开部分', 'What is public of the ledger')}</a>${t('，逐条签名', ', each entry signed')}</li>
<li><a href="${to('/feed.atom')}">${t('订阅更新（Atom）', 'Atom feed')}</a></li></ul>`,
  };
}

/** Under which terms it may be used: what the register's file says, and nothing that it does not. */
function licenceLine({ t, name }: Look, { licence }: OpenDataTerms): Html {
  if (!licence)
    return html`${t('使用许可：发布单位未作声明。', 'Licence: whoever publishes this has not stated one.')}`;
  return html`${t('使用许可：', 'Licence: ')}<a rel="license" href="${licence.url}">${said(name(licence.name))}</a>`;
}

function setsOf(look: Look, sets: readonly DataSet[], sizeOf: SizeOf): Html {
  return html`<ul class="list">${sets.map(
    ({ title, about, count, files }) => html`<li><b>${title}</b> <span class="small soft">${count}</span>
<p class="small">${about}</p>
<p class="tags">${files.map((file) => html`<span><a href="${addressOf(look, file)}">${file.kind}</a>${sizeText(sizeOf(file))}</span>`)}</p></li>`,
  )}</ul>`;
}

const KB = 1024;

/** A size as people read it: never less than there is to wait for. */
function sizeText(bytes: number | null): Html | '' {
  if (bytes === null) return '';
  const text =
    bytes < KB * KB
      ? `${Math.ceil(bytes / KB)} kB`
      : `${(Math.ceil((bytes * 10) / (KB * KB)) / 10).toFixed(1)} MB`;
  return html` ${text}`;
}
