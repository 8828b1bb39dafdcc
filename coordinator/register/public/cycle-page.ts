import { html } from 'hono/html';
import { listFileName } from '../../../shared/projects/list-file.ts';
import { wanText } from '../../../shared/projects/money.ts';
import { finishOf, investment } from '../../../shared/projects/sheet.ts';
import { TERMS } from '../../../shared/terms.ts';
import type { HallResult } from '../model/hall-result.ts';
import { fingerprint, type Html, type Look, type Page, said } from './frame.ts';
import { type PublicCycle, type PublicList, type PublicProject, ranked } from './public-register.ts';
import { cycleWord, voteWord } from './stage-words.ts';
import { type CycleFilter, cycleWorks } from './works/cycle-works.ts';

/** A year: how far what was chosen is, its list, how it was voted on, and how anybody can verify that. */
export function cyclePage(look: Look, cycle: PublicCycle, filter: CycleFilter = {}): Page {
  const { t, to } = look;
  const { year, from, list, received, answered } = cycle;
  const title = t(`${year}年度民生实事`, `Livelihood projects of ${year}`);
  return {
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${cycleWord(look, cycle.stage, from, cycle.to)}</p>
<p>${t(`收到建议${received}件，已答复${answered}件。`, `${received} proposals received, ${answered} answered.`)}
<a href="${to(`/proposals?cycle=${year}`)}">${t('看大家的建议', 'See the proposals')}</a></p>
${cycleWorks(look, year, filter)}
${list ? listOf(look, list) : html`<p class="note">${t('候选项目清单尚未公布。', 'The list of candidates has not been frozen yet.')}</p>`}`,
  };
}

function listOf(look: Look, list: PublicList): Html {
  const { t, to, register } = look;
  const { places, projects, cycle } = list.list;
  return html`<h2>${list.vote ? t('票决结果', 'The result') : t(TERMS.list.zh, 'The candidates')}</h2>
<p>${t(`候选项目${projects.length}件，应选${places}件。`, `${projects.length} candidates for ${places} places.`)}
<a href="${to(`/cycles/${cycle}/list.pdf`)}">${t('项目册（PDF）', 'Booklet (PDF)')}</a></p>
<ol class="list">${ranked(register, list).map((each) => projectLine(look, each))}</ol>
${proofOf(look, list)}`;
}

/** A candidate in a list, with its vote where there was one. */
function projectLine(look: Look, { id, sheet, vote }: PublicProject): Html {
  const { t, to, name, date, register } = look;
  const category = register.categories.get(sheet.category);
  const finish = finishOf(sheet);
  return html`<li><a class="title" href="${to(`/projects/${encodeURIComponent(id)}`)}">${said(name(sheet.title))}</a>
${vote ? html`<p><span class="mark ${vote.isChosen ? 'good' : 'other'}">${voteWord(look, vote)}</span></p>` : ''}
<p>${said(name(sheet.summary))}</p>
<p class="tags"><span>${category ? name(category) : ''}</span><span>${t(`总投资${wanText(investment(sheet))}万元`, `${wanText(investment(sheet))} × 10,000 yuan`)}</span>${finish ? html`<span>${t(`${date(finish)}前完成`, `done by ${date(finish)}`)}</span>` : ''}</p></li>`;
}

/** Everything that somebody needs who does not believe us. */
export function proofOf(look: Look, { hash, list, vote }: PublicList): Html {
  const { t, to, register, name } = look;
  return html`<h2 id="verify">${t('自己核验', 'Verify it yourself')}</h2>
<div class="card"><dl class="facts">
<dt>${t('清单指纹（SHA-256）', 'Fingerprint of the list (SHA-256)')}</dt><dd>${fingerprint(hash)}</dd>
${vote?.how === 'bundle' ? bundleFacts(look, vote.result) : ''}
${vote?.how === 'paper' ? html`<dt>${t('票决方式', 'How it was voted')}</dt><dd>${t('纸质票决，由两人录入', 'On paper, entered by two persons')}</dd><dt>${t('计票单指纹', 'Fingerprint of the signed sheet')}</dt><dd>${fingerprint(vote.sheet)}</dd>` : ''}
</dl>
<p>${t('文件：', 'Files: ')}<a href="/lists/${listFileName(list)}">${t('清单全文', 'text of the list')}</a>${t('、', ', ')}<a href="/cycles/${list.cycle}/agenda.yaml">${t('会议议程', 'the hall’s agenda')}</a>${t('、', ', ')}<a href="${to(`/data/cycles/${list.cycle}.json`)}">${t('数据', 'data')}</a>${vote?.how === 'bundle' ? html`${t('、', ', ')}<a href="/bundles/${vote.result.manifest}.zip">${t('会场存证包', 'the hall’s bundle')}</a>` : ''}</p>
<ol>${steps(look, name(register.congress), vote?.how ?? null).map((each) => html`<li>${each}</li>`)}</ol></div>`;
}

function bundleFacts({ t }: Look, { manifest, key, rounds }: HallResult): Html {
  return html`<dt>${t('存证包指纹', 'Fingerprint of the bundle')}</dt><dd>${fingerprint(manifest)}</dd>
<dt>${t('会场公钥', 'Public key of the hall')}</dt><dd><code>${key}</code></dd>
${rounds.map(
  ({ roll, present, cast, byHand, secret, tiedPlaces }, i) =>
    html`<dt>${t(`第${i + 1}次投票`, `Vote ${i + 1}`)}</dt><dd>${t(`应到${roll}人，实到${present}人，投票${cast}人`, `${roll} on the roll, ${present} present, ${cast} voted`)}${secret ? t('，无记名', ', in secret') : ''}${byHand ? t('，人工计票', ', counted by hand') : ''}${tiedPlaces > 0 ? t('，末位同票，再次投票', ', level for the last places: voted again') : ''}</dd>`,
)}`;
}

/** How to verify, in four sentences. */
function steps({ t }: Look, congress: string, how: 'bundle' | 'paper' | null): readonly Html[] {
  const hashed = html`${t('下载“清单全文”，用 ', 'Download the text of the list and compute its SHA-256 (')}<code>sha256sum</code>${t(' 计算，结果应与清单指纹一字不差。', '): it must be the fingerprint of the list, to the letter.')}`;
  if (how === 'paper')
    return [
      hashed,
      html`${t(`向${congress}办公室查看签字的计票单原件。`, `Ask the office of ${congress} to see the signed sheet.`)}`,
      html`${t('其扫描件的指纹应与上面的计票单指纹一致。', 'The scan of it must have the fingerprint above.')}`,
      html`${t('计票单上的票数应与本页结果一致。', 'The votes on that sheet must be those on this page.')}`,
    ];
  if (how === null)
    return [
      hashed,
      html`${t('票决后，会场的存证包必须写着同一个清单指纹；届时本页给出核验方法。', 'After the vote the bundle of the hall must name the same fingerprint; this page will then say how to verify it.')}`,
    ];
  return [
    hashed,
    html`${t('下载上面的会场存证包（一个 zip 文件）；它就是录入结果时核验的那一份。', 'Download the hall’s bundle above, one zip file: the very one that the result was taken from.')}`,
    html`${t('运行 ', 'Run ')}<code>hallvote verify</code>${t(' 核验存证包：它检查每一张票、每一个签名，并印出存证包指纹和会场公钥，应与本页相同。', ' on it: it checks every ballot and every signature, and prints the bundle’s fingerprint and the hall’s key, which must be those on this page.')}`,
    html`${t('它印出的清单指纹、各项目票数，应与本页相同；有一处不同，就不是这次票决。', 'The fingerprint of the list and the votes that it prints must be those on this page; if one differs, it is another vote.')}`,
  ];
}
