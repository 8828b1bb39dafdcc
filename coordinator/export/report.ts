import { inLanguage } from '../../shared/ids.ts';
import { shortFingerprint, thumbprint } from '../../shared/keys.ts';
import { REASONS } from '../../shared/reasons.ts';
import type { Round, Sitting } from '../sitting/state.ts';
import { ruleWords } from '../views/rule-words.ts';
import { escapeHtml } from './html.ts';
import { resultTable } from './report-results.ts';

const STYLE = `
@page { size: A4; margin: 18mm 16mm }
body { font: 11pt/1.6 "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1a1a1a; max-width: 178mm; margin: 8mm auto }
h1 { font-size: 19pt; text-align: center; margin: 0 0 1mm } .sub { text-align: center; color: #555; margin: 0 0 6mm }
h2 { font-size: 14pt; border-bottom: 0.6mm solid #8c1d18; padding-bottom: 1mm; margin: 8mm 0 3mm }
h3 { font-size: 12pt; margin: 5mm 0 1mm } section.round { break-inside: avoid; margin-bottom: 5mm }
table { border-collapse: collapse; width: 100%; margin: 2mm 0 } th, td { border: 0.2mm solid #999; padding: 1mm 2mm; text-align: left }
th { background: #f3efe8; font-weight: 600 } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
.verdict { font-size: 13pt; font-weight: 700; margin: 2mm 0 } .note { color: #555; font-size: 9.5pt } .mark { border: 0.3mm solid #8c1d18; color: #8c1d18; padding: 0 1.5mm; font-size: 9.5pt }
code { font-family: "Noto Sans Mono", Consolas, monospace; font-size: 9pt; word-break: break-all }
.sign { display: grid; grid-template-columns: 1fr 1fr; gap: 10mm; margin-top: 10mm } .sign div { border-bottom: 0.3mm solid #333; height: 12mm }
`;

/** A time of the ledger as a clerk writes it, in China Standard Time, which knows no summer. */
export function clerkTime(ms: number): string {
  return `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')} (UTC+8)`;
}

const PHASES = {
  open: '进行中',
  closed: '已结束，未宣布 closed, not announced',
  announced: '已宣布 announced',
  voided: '作废 void',
};

function roundSection(round: Round): string {
  const { motion, result } = round;
  const marks = [
    round.byHand ? '举手表决（人工录入） entered by hand' : '',
    round.rehearsal ? '试表决 rehearsal' : '',
    round.phase === 'voided' ? '作废 void' : '',
  ].filter((mark) => mark !== '');
  return `<section class="round">
<h3>${escapeHtml(inLanguage(motion.title, 'zh'))} <span class="note">${escapeHtml(round.id)}</span> ${marks.map((mark) => `<span class="mark">${mark}</span>`).join(' ')}</h3>
${motion.title.en ? `<p class="note">${escapeHtml(motion.title.en)}</p>` : ''}
<p class="note">${escapeHtml(ruleWords(motion, 'zh').join(' · '))}<br>${escapeHtml(ruleWords(motion, 'en').join(' · '))}</p>
<p>${round.byHand ? '录入 entered' : '开始 opened'} ${clerkTime(round.openedAt)}；${PHASES[round.phase]}${round.reason ? `；原因 reason: ${escapeHtml(round.reason)}` : ''}</p>
${result ? resultTable(motion, result) : '<p>没有结果 no result</p>'}
</section>`;
}

function refusalSummary(sitting: Sitting): string {
  const counts = new Map<string, number>();
  for (const { reason } of sitting.refusals) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  if (counts.size === 0) return '<p>没有 none</p>';
  const rows = Object.entries(REASONS).flatMap(([reason, { zh, en }]) => {
    const n = counts.get(reason);
    return n === undefined
      ? []
      : [`<tr><td>${escapeHtml(zh)}</td><td>${escapeHtml(en)}</td><td class="n">${n}</td></tr>`];
  });
  return `<table><tr><th>原因</th><th>Reason</th><th class="n">次数 n</th></tr>${rows.join('')}</table>`;
}

/** The report a clerk prints and scrutineers sign: drawn from the ledger alone, without scripts. */
export function reportHtml(sitting: Sitting): string {
  const { begun } = sitting;
  if (!begun) return '';
  const rounds = [...sitting.rounds.values()];
  const official = rounds.filter((round) => !round.rehearsal);
  const rehearsals = rounds.filter((round) => round.rehearsal);
  const hands = [...sitting.presence.values()].filter((presence) => presence.byHand).length;
  const present = sitting.presence.size;
  const title = escapeHtml(inLanguage(begun.congress, 'zh'));
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title} 表决报告</title><style>${STYLE}</style></head><body>
<h1>${title}<br>${escapeHtml(inLanguage(begun.title, 'zh'))}<br>表决报告</h1>
<p class="sub">${escapeHtml([begun.congress.en, begun.title.en, 'Report on voting'].filter(Boolean).join(' · '))}<br>${escapeHtml(begun.date)} · ${escapeHtml(inLanguage(begun.name, 'zh'))}</p>
<h2>出席 Attendance</h2>
<table><tr><th class="n">应到 roll</th><th class="n">实到 present</th><th class="n">其中补签到 by hand</th><th class="n">中途退场 left</th><th class="n">未到 absent</th></tr>
<tr><td class="n">${sitting.deputies.size}</td><td class="n">${present}</td><td class="n">${hands}</td><td class="n">${sitting.left.size}</td><td class="n">${sitting.deputies.size - present - sitting.left.size}</td></tr></table>
<p class="note">截至账本末条 as of the ledger’s last entry, ${clerkTime(sitting.head.time)}</p>
<h2>表决 Votes</h2>
${official.map(roundSection).join('\n') || '<p>没有 none</p>'}
${rehearsals.length > 0 ? `<h2>试表决（不产生正式结果） Rehearsals</h2>\n${rehearsals.map(roundSection).join('\n')}` : ''}
<h2>被拒绝的消息 Refused messages</h2>
<p class="note">最近一百条 the last hundred</p>
${refusalSummary(sitting)}
<h2>核对 To compare</h2>
<table>
<tr><th>主机密钥指纹 coordinator’s key</th><td><code>${shortFingerprint(thumbprint(begun.key))}</code><br><code>${thumbprint(begun.key)}</code></td></tr>
<tr><th>账本末条 last entry</th><td>${sitting.head.seq} <code>${sitting.head.hash}</code></td></tr>
<tr><th>末次校验点 last checkpoint</th><td>${sitting.checkpoint ? `${sitting.checkpoint.seq} <code>${shortFingerprint(sitting.checkpoint.hash)}</code>（大屏所示 as the hall saw it）` : '—'}</td></tr>
</table>
<p class="note">用 hallvote verify 可离线重新计算本报告的全部结果。 hallvote verify recomputes every result of this report offline.</p>
<div class="sign"><p>监票人 Scrutineers</p><p>主持人 Chair</p><div></div><div></div><div></div><div></div></div>
</body></html>
`;
}
