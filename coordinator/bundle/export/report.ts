import type { Motion } from '../../../shared/kinds/kinds.ts';
import { listNamed } from '../../../shared/kinds/motion-list.ts';
import { turnsOf } from '../../../shared/kinds/turn.ts';
import { directionOf, inLanguage, type Text } from '../../../shared/protocol/ids.ts';
import { shortFingerprint, thumbprint } from '../../../shared/protocol/keys.ts';
import { REASONS } from '../../../shared/protocol/reasons.ts';
import { ATTENDANCE, PHASES, TERMS, type Term, TURN_TERMS } from '../../../shared/terms.ts';
import { durationWords } from '../../contract/duration-words.ts';
import type { Actor } from '../../contract/person.ts';
import { publicDocuments } from '../../contract/public-documents.ts';
import { quorumWords, ruleWords } from '../../contract/rule-words.ts';
import { secrecyLine } from '../../contract/secrecy-words.ts';
import type { Wire } from '../../contract/wire.ts';
import type { Round, Sitting } from '../../sitting/state.ts';
import type { Account, Checkpoint, Signed } from './account.ts';
import { clerkTime } from './clerk-time.ts';
import { bilingual, escapeHtml, Markup, table } from './html.ts';
import { resultHtml } from './report-results.ts';
import { REPORT_STYLE } from './report-style.ts';

const CHECKPOINTS_AFTER: Readonly<Record<string, string>> = {
  opened: '表决开始 vote opened',
  closed: '表决结束 vote closed',
  result: `${TERMS.outcome.zh} result`,
  voided: '作废 voided',
  tallied: '密封票之和 sealed sum',
};

const WIRE_LINES: Readonly<Record<Wire, Term>> = {
  local: { zh: '只在主机本机运行，未经网络', en: 'Ran on the coordinator’s machine alone, over no network' },
  tls: { zh: '网络加密：TLS', en: 'Network encrypted: TLS' },
  open: {
    zh: '本次会议的网络未加密：表决票和登录信息以明文经过会场网络',
    en: 'This sitting’s network was not encrypted: ballots and sign-ins crossed the hall’s network in the clear',
  },
};

/** Every language of a text but the Chinese, each marked with its language and the way it is written. */
const inOtherLanguages = ({ zh: _, ...others }: Text): string =>
  Object.entries(others)
    .map(
      ([tag, text]) =>
        `<p class="note"><bdi lang="${tag}" dir="${directionOf(tag)}">${escapeHtml(text)}</bdi></p>`,
    )
    .join('\n');

const bothIn = ({ zh, en }: Term): string => `${zh} ${en}`;
const both = (text: Text): string => (text.en ? `${text.zh} ${text.en}` : text.zh);

/** The report a clerk prints and scrutineers sign: drawn from the ledger alone, without scripts. */
export function reportHtml(told: Account): string {
  const { begun } = told.sitting;
  if (!begun) return '';
  const congress = escapeHtml(begun.congress.zh);
  const english = [begun.congress.en, begun.title.en, 'Report on voting'].filter(
    (part) => part !== undefined,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${congress} 表决报告</title><style>${REPORT_STYLE}</style></head><body>
<h1>${congress}<br>${escapeHtml(begun.title.zh)}<br>表决报告</h1>
<p><span lang="en">${escapeHtml(english.join(' · '))}</span><br>${escapeHtml(begun.date)} · ${escapeHtml(both(begun.name))}</p>
${wireLine(told)}
${attendance(told)}
${votes(told)}
${signatures(told)}
${staffList(told)}
${refusals(told)}
${witness(told)}
</body></html>
`;
}

/** What the hall's network could read: in the head, for who signs. */
function wireLine({ wire }: Account): string {
  const { zh, en } = WIRE_LINES[wire];
  return wire === 'open'
    ? `<p class="wire open"><strong>⚠ ${zh}</strong><br><span lang="en">${en}</span></p>`
    : `<p class="wire">${zh} <span lang="en">${en}</span></p>`;
}

const heading = (zh: string, en: string): string => `<h2>${zh} <small>${en}</small></h2>`;
const note = (text: string): string => `<p class="note">${escapeHtml(text)}</p>`;
const englishNote = (text: string): string => `<p class="note" lang="en">${escapeHtml(text)}</p>`;

function attendance({ sitting }: Account): string {
  const { roll, present, quorum, quorumMet, delegations } = publicDocuments.attendance(sitting);
  const byHand = [...sitting.presence.values()].filter((presence) => presence.byHand).length;
  const left = sitting.left.size;
  const met = quorumMet ? '已达到 met' : '未达到 not met';
  const sums = table(
    [
      bilingual(ATTENDANCE.roll),
      bilingual(ATTENDANCE.present),
      bilingual(ATTENDANCE.byHand),
      bilingual(ATTENDANCE.left),
      bilingual(ATTENDANCE.absent),
    ],
    [[roll, present, byHand, left, roll - present - left]],
  );
  const groups = table(
    [bilingual(TERMS.delegation), bilingual(ATTENDANCE.roll), bilingual(ATTENDANCE.present)],
    delegations.map((group) => [group.name, group.roll, group.present]),
  );
  return `${heading('出席', 'Attendance')}
${sums}
<p>${bothIn(TERMS.quorum)}：${escapeHtml(`${quorumWords(quorum, 'zh')} · ${quorumWords(quorum, 'en')}`)}：<strong>${met}</strong></p>
${groups}
${note(`截至 ${clerkTime(sitting.head.time)} · 本报告时间均为北京时间`)}
${englishNote('As of the ledger’s last entry; all times are UTC+8')}`;
}

function votes(told: Account): string {
  const rounds = [...told.sitting.rounds.values()];
  const section = (round: Round) => roundSection(round, told);
  const official = rounds.filter((round) => !round.rehearsal).map(section);
  const rehearsals = rounds.filter((round) => round.rehearsal).map(section);
  return `${heading(TERMS.vote.zh, 'Votes')}
${official.join('\n') || '<p>没有 none</p>'}
${rehearsals.length > 0 ? `${heading(`${TERMS.rehearsal.zh}（不产生正式结果）`, 'Rehearsals, without official result')}\n${rehearsals.join('\n')}` : ''}`;
}

/** Who did it and who confirmed it, the Chinese of their roles beside their names. */
function names({ by, with: second }: Signed): string {
  if (!('id' in by)) return by.role === 'clock' ? '到时 time up' : '';
  const named = ({ role, name }: Actor) => `${TERMS[role].zh} ${name}`;
  return second ? `${named(by)}，${named(second)} 确认` : named(by);
}
/** Words in the brackets that Chinese has. */
const inBrackets = (...parts: readonly string[]): string => {
  const said = parts.filter((part) => part !== '');
  return said.length === 0 ? '' : `（${said.join('，')}）`;
};

function course(round: Round, { courses }: Account): string {
  const { begun, held = [], extended = [], closed, announced, voided } = courses.get(round.id) ?? {};
  const day = clerkTime(round.openedAt).slice(0, 10);
  // The day is said once, unless it passes.
  const then = (ms: number) => clerkTime(ms).replace(`${day} `, '');
  const holds = held.map((hold) => ({
    time: hold.time,
    says: `暂停 held ${then(hold.time)}${inBrackets(hold.reason, names(hold))}${hold.until ? ` 至 until ${then(hold.until.time)}${inBrackets(names(hold.until))}` : ''}`,
  }));
  const extensions = extended.map((each) => ({
    time: each.time,
    says: `延长 extended ${then(each.time)}${inBrackets(`${durationWords(each.seconds, 'zh')} ${durationWords(each.seconds, 'en')}`, names(each))}`,
  }));
  return [
    `${round.byHand ? '录入 entered' : '开始 opened'} ${clerkTime(round.openedAt)}${begun ? inBrackets(names(begun)) : ''}`,
    ...[...holds, ...extensions].sort((a, b) => a.time - b.time).map(({ says }) => says),
    closed ? `结束 closed ${then(closed.time)}${inBrackets(names(closed))}` : '',
    announced ? `宣布 announced ${then(announced.time)}${inBrackets(names(announced))}` : '',
    voided ? `作废 voided ${then(voided.time)}${inBrackets(names(voided))}` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function secrecyNote(round: Round, sitting: Sitting): string {
  const [zh, en] = [secrecyLine(round, sitting, 'zh'), secrecyLine(round, sitting, 'en')];
  return zh && en
    ? `${note(zh)}
${englishNote(en)}`
    : '';
}

/** Which frozen list of projects it was voted on, for whoever has the list to compare. */
function listNote(motion: Motion): string {
  const hash = listNamed(motion);
  if (hash === null) return '';
  return `<p class="note">${bothIn(TERMS.list)}：<code class="short">${shortFingerprint(hash)}</code> <code>${hash}</code></p>`;
}

function roundSection(round: Round, told: Account): string {
  const { motion, result, id, reason, phase } = round;
  const marks = [
    ...turnsOf(motion, id).map((turn) => bothIn(TURN_TERMS[turn])),
    round.byHand ? `举手表决·${bothIn(TERMS.byHand)}` : '',
    round.rehearsal ? bothIn(TERMS.rehearsal) : '',
    phase === 'voided' ? bothIn(PHASES.voided) : '',
    phase === 'closed' ? bothIn(PHASES.closed) : '',
  ].filter((mark) => mark !== '');
  return `<section class="round${phase === 'voided' ? ' void' : ''}${turnsOf(motion, id).length > 0 ? ' turn' : ''}">
<h3>${escapeHtml(inLanguage(motion.title, 'zh'))} ${marks.map((mark) => `<span class="mark">${mark}</span>`).join(' ')}</h3>
${inOtherLanguages(motion.title)}
${note(`编号 round ${id} · ${ruleWords(motion, 'zh').join(' · ')}`)}
${englishNote(ruleWords(motion, 'en').join(' · '))}
${secrecyNote(round, told.sitting)}
${listNote(motion)}
${note(course(round, told))}
${reason === null ? '' : `<p>原因 Reason：${escapeHtml(reason)}</p>`}
${result ? resultHtml(motion, result) : '<p class="verdict">没有结果 <small>No result</small></p>'}
</section>`;
}

/** Who acted in the hall, how much, and how they came in. */
function staffList({ staff, strangersFailed }: Account): string {
  const rows = [...staff.values()].map(({ name, id, roles, isStill, did, confirmed, signIns, failed }) => [
    `${name}${isStill ? '' : '（已不在名单 no longer listed）'}`,
    id,
    roles.map((role) => bothIn(TERMS[role])).join('、'),
    ...[did, confirmed, signIns, failed],
  ]);
  const head = [
    { zh: '姓名', en: 'name' },
    { zh: '代号', en: 'id' },
    { zh: '角色', en: 'roles' },
    { zh: '操作', en: 'acts' },
    { zh: '确认', en: 'confirmed' },
    { zh: '登录', en: 'signed in' },
    { zh: '登录失败', en: 'failed' },
  ].map(bilingual);
  const strangers =
    strangersFailed === 0
      ? ''
      : `${note(`另有 ${strangersFailed} 次登录失败，所填不是名单上的人`)}\n${englishNote(`${strangersFailed} more attempts to sign in failed, by nobody on the list`)}`;
  return `${heading('工作人员', 'Staff')}
${table(head, rows, 'dense')}
${note('每项操作及其时间、操作人、确认人均载于账本。')}
${englishNote('Every act stands in the ledger with its time, who did it and who confirmed it.')}
${strangers}`;
}

function refusals({ refusals: counts, onlyCounted }: Account): string {
  const rows = Object.entries(REASONS).flatMap(([code, { zh, en }]) => {
    const n = [...counts].find(([reason]) => reason === code)?.[1];
    return n === undefined ? [] : [[zh, en, n]];
  });
  return `${heading('未接受的消息', 'Messages not accepted')}
${rows.length === 0 ? '<p>没有 none</p>' : table(['原因', 'Reason', bilingual({ zh: '次数', en: 'times' })], rows)}
${onlyCounted === 0 ? '' : `${note(`其中 ${onlyCounted} 次只计数，账本未逐条记载`)}\n${englishNote(`${onlyCounted} of them are counted in the ledger and not recorded one by one`)}`}`;
}

function checkpointRow({ at, hash, time, after }: Checkpoint) {
  const short = new Markup(`<code class="short">${escapeHtml(shortFingerprint(hash))}</code>`);
  return [at, clerkTime(time), CHECKPOINTS_AFTER[after] ?? '会议开始 sitting began', short];
}

function witness({ sitting, checkpoints }: Account): string {
  const kid = thumbprint(sitting.begun?.key ?? '');
  return `${heading('核对', 'To compare')}
<p>主机密钥指纹 <span lang="en">Coordinator’s key</span>：<code class="short">${shortFingerprint(kid)}</code> <code>${kid}</code></p>
<p>账本末条 <span lang="en">Last entry</span>：${sitting.head.seq} <code>${sitting.head.hash}</code></p>
<p>账本校验码，与会场大屏当时所示一致 <span lang="en">Checkpoints, as the hall’s display showed them</span>：</p>
${table(
  [
    bilingual({ zh: '账本条', en: 'entry' }),
    bilingual({ zh: '时间', en: 'time' }),
    bilingual({ zh: '时点', en: 'behind' }),
    bilingual({ zh: '校验码', en: 'checkpoint' }),
  ],
  checkpoints.map(checkpointRow),
  'dense',
)}
${note('用 hallvote verify 可离线由已签名的表决票重新计算本报告的全部结果。')}
${englishNote('hallvote verify recomputes every result of this report offline from the signed ballots.')}`;
}

function signatures({ sitting }: Account): string {
  const roles = [
    `总${TERMS.scrutineer.zh} <small>chief ${TERMS.scrutineer.en}</small>`,
    `${TERMS.scrutineer.zh} <small>${TERMS.scrutineer.en}</small>`,
    `${TERMS.chair.zh} <small>${TERMS.chair.en}</small>`,
  ];
  const last = shortFingerprint(sitting.head.hash);
  return `<div class="sign">
<p class="wide">以上为账本第 1 至 ${sitting.head.seq} 条所载的结果，末条校验码 <code class="short">${last}</code><br><small>These are the results in the ledger’s entries 1 to ${sitting.head.seq}, the last of which has the hash above.</small></p>
${roles.map((role) => `<p>${role}</p>`).join('')}
${roles.map(() => '<div></div>').join('')}
${roles.map(() => '<p><small>日期 date</small></p>').join('')}
</div>`;
}
