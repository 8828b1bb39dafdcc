import { inYuan } from '../../../shared/projects/money.ts';
import { quantityText } from '../../../shared/projects/sheet.ts';
import { ATTENDANCE, GRADE_TERMS, headed, KINDS } from '../../../shared/terms.ts';
import { VOICE_TERMS } from '../../contract/register/voices.ts';
import { permilleOf, plannedFen, plannedPermille } from '../model/work/progress.ts';
import { SAID } from '../papers/layout/words.ts';
import type { Look } from './frame.ts';
import { figure, type OpenTable } from './open-tables.ts';
import { voicesOf } from './open-work.ts';
import { chosenOf, partCells, partColumns, partsOf } from './part-tables.ts';
import type { PublicCycle } from './public-register.ts';
import { changeWord, holds, inPercent } from './table-words.ts';

/** When something was entered, to the minute. */
const minute = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ');

/** Every monthly report there was on what was chosen, those that were corrected too; each names its entry of the ledger. */
export function reportTable(look: Look, cycle: PublicCycle): OpenTable {
  const { t } = look;
  return {
    name: t('月报', 'Monthly reports'),
    columns: [
      ...partColumns(look),
      t('月份', 'Month'),
      t('完成数量', 'Done'),
      t('单位', 'Unit'),
      t('完成比例（%）', 'Done (%)'),
      t('计划比例（%）', 'Planned (%)'),
      t('到位资金（元）', 'Appropriated (yuan)'),
      t('支付资金（元）', 'Paid (yuan)'),
      t('计划资金（元）', 'Planned (yuan)'),
      t('是否有效', 'Holds'),
      t('说明', 'Words'),
      t('更正理由', 'Reason'),
      t('台账序号', 'Entry'),
    ],
    rows: partsOf(look, cycle).flatMap((row) =>
      [...row.its.reports.values()].map((report) => {
        const { month, done, appropriated, paid, words, reason, seq } = report;
        return [
          ...partCells(look, row),
          month,
          figure(quantityText(done)),
          row.part.target.unit,
          figure(inPercent(permilleOf(row.part, done))),
          figure(inPercent(plannedPermille(row.its, month) ?? 0)),
          figure(inYuan(appropriated)),
          figure(inYuan(paid)),
          figure(inYuan(plannedFen(row.its, month) ?? 0)),
          holds(row.its, report) ? t('是', 'yes') : t('已更正', 'corrected'),
          words,
          reason ?? '',
          figure(String(seq)),
        ];
      }),
    ),
  };
}

/** What was decided of projects since the vote: changes, suspensions, ends. */
export function changeTable(look: Look, cycle: PublicCycle): OpenTable {
  const { t, name, language } = look;
  const words = SAID[language];
  return {
    name: t('调整决定', 'Changes'),
    columns: [
      words.projectCode,
      words.project,
      t('决定事项', 'What'),
      t('录入时间（UTC）', 'Entered (UTC)'),
      t('决定', 'Decision'),
      t('理由', 'Reason'),
      t('决定文件指纹', 'Fingerprint of the document'),
      t('台账序号', 'Entry'),
    ],
    rows: chosenOf(look, cycle).flatMap((work) =>
      [...work.changes].map((each) => [
        work.id,
        name(work.sheet.title),
        changeWord(look, each.kind),
        minute(each.at),
        each.decision,
        each.reason,
        each.document,
        figure(String(each.seq)),
      ]),
    ),
  };
}

/** What people said at the sites of what was chosen, once somebody has read that it holds no personal data, and what became of it. */
export function voiceTable(look: Look, cycle: PublicCycle): OpenTable {
  const { t, name, language, register } = look;
  return {
    name: t('现场留言', 'From the sites'),
    columns: [
      ...partColumns(look),
      t('留言编号', 'Code'),
      t('类型', 'Kind'),
      t('日期', 'Day'),
      t('内容（核对后）', 'What was said (as cleared)'),
      t('答复', 'Answers'),
      t('据此提出的问题', 'Finding made of it'),
      t('问题是否销号', 'Finding closed'),
    ],
    rows: chosenOf(look, cycle).flatMap((work) =>
      voicesOf(register, work).map(({ one, finding }) => {
        const { voice, kind, at, text, answers, part } = one;
        // A decided change may have taken the part away since.
        const its = [...work.sheet.parts, ...work.promised.parts].find(({ id }) => id === part);
        const closed = finding?.state === 'closed' ? t('是', 'yes') : t('否', 'no');
        return [
          ...[work.id, name(work.sheet.title), part, its?.title ?? ''],
          ...[voice, VOICE_TERMS[kind][language], register.dayOf(at), text ?? ''],
          answers.map(({ words }) => words).join('\n'),
          finding?.words ?? '',
          finding ? closed : '',
        ];
      }),
    ),
  };
}

/** How projects were graded, each time. */
export function appraisalTable(look: Look, cycle: PublicCycle): OpenTable {
  const { t, name, language } = look;
  const words = SAID[language];
  const grades = ['satisfied', 'basic', 'dissatisfied', 'dont-know'] as const;
  return {
    name: t(KINDS.appraisal.zh, 'Appraisals'),
    columns: [
      words.projectCode,
      words.project,
      t('录入时间（UTC）', 'Entered (UTC)'),
      t('测评主体', 'By whom'),
      t('方式', 'How'),
      headed(ATTENDANCE.roll[language]),
      t('投票', 'Voted'),
      ...grades.map((grade) => headed(GRADE_TERMS[grade][language])),
      t('等次', 'Grade'),
      t('存证指纹', 'Fingerprint of the proof'),
      t('台账序号', 'Entry'),
    ],
    rows: chosenOf(look, cycle).flatMap((work) =>
      [...work.appraisals].map((each) => [
        work.id,
        name(work.sheet.title),
        minute(each.at),
        each.appraisers === 'congress' ? t('代表大会', 'congress') : t('常委会', 'standing committee'),
        each.how === 'bundle' ? t('会场表决', 'in the hall') : t('纸质', 'by paper'),
        figure(String(each.roll)),
        figure(String(each.cast)),
        ...grades.map((grade) => figure(String(each.counts[grade]))),
        GRADE_TERMS[each.grade][language],
        each.proof,
        figure(String(each.seq)),
      ]),
    ),
  };
}
