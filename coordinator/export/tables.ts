import { stringify } from 'csv-stringify/sync';
import type { CastChoice } from '../../shared/ballot.ts';
import { thumbprint } from '../../shared/keys.ts';
import type { Motion } from '../../shared/kinds/kinds.ts';
import { receiptCode } from '../../shared/receipt-code.ts';
import type { Account } from './account.ts';
import { electionsOf, receiptCodes } from './elections.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Excel reads UTF-8 only behind a byte order mark, and runs cells that begin like a formula. */
function csv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\uFEFF${stringify([[...columns], ...rows.map((row) => [...row])], { escape_formulas: true, record_delimiter: 'windows' })}`;
}

const jwk = (x: string) => ({ kty: 'OKP', crv: 'Ed25519', x, alg: 'EdDSA', use: 'sig', kid: thumbprint(x) });

/** The coordinator's key and that of every terminal ever enrolled, as JWKs (RFC 8037). */
export function keysJson({ sitting, enrolments }: Account): string {
  const terminals = enrolments.map(({ key, ...enrolment }) => ({ ...enrolment, jwk: jwk(key) }));
  return json({ coordinator: jwk(sitting.begun?.key ?? ''), terminals });
}

/** The roll with attendance as it stood at the end. */
export function rollCsv({ sitting }: Account): string {
  const rows = [...sitting.deputies.values()].map(({ id, name, delegation, title, seat }) => {
    const presence = sitting.presence.get(id);
    const present = presence
      ? presence.byHand
        ? '补签到'
        : '签到'
      : sitting.left.has(id)
        ? '中途退场'
        : '未到';
    return [id, name, delegation, title, seat, present];
  });
  return csv(['编号', '姓名', '代表团', '职务', '席位', '出席'], rows);
}

/** The agenda as it stood at the end. */
export function motionsJson({ sitting }: Account): string {
  return json(sitting.motions);
}

/** Every round in the order in which it was held. */
export function resultsJson({ sitting }: Account): string {
  return json(
    [...sitting.rounds.values()].map(({ id, motion, phase, rehearsal, byHand, reason, result }) => ({
      round: id,
      motion: motion.id,
      phase,
      rehearsal,
      byHand,
      reason,
      result,
    })),
  );
}

const OPTION_WORDS = { for: '赞成', against: '反对', abstain: '弃权' } as const;
const GRADE_WORDS = {
  satisfied: '满意',
  basic: '基本满意',
  dissatisfied: '不满意',
  'dont-know': '不了解',
} as const;
const NOTHING: [string, string] = ['', '空白'];

/** What was chosen: pairs of an item's id and a word. */
function choiceCells(choice: CastChoice): [string, string][] {
  switch (choice.kind) {
    case 'sealed':
      return [['', `密封票 ${receiptCode(choice.ballot)}`]];
    case 'decision':
      return [['', OPTION_WORDS[choice.option]]];
    case 'selection':
      return choice.chosen.length > 0 ? choice.chosen.map((id) => [id, '选']) : [NOTHING];
    case 'appraisal':
      return choice.grades.length > 0
        ? choice.grades.map(({ item, grade }) => [item, GRADE_WORDS[grade]])
        : [NOTHING];
  }
}

function itemTitle(motion: Motion, id: string): string {
  const items =
    motion.kind === 'selection' ? motion.candidates : motion.kind === 'appraisal' ? motion.items : [];
  return items.find((item) => item.id === id)?.title.zh ?? '';
}

/** The receipt codes of the ballots counted in every secret vote: with their own, deputies find their ballot. */
export function receiptsCsv({ sitting }: Account): string {
  const rows = electionsOf(sitting).flatMap((round) =>
    receiptCodes(round).map((code) => [round.id, round.motion.title.zh, code]),
  );
  return csv(['表决', '事项', '回执码'], rows);
}

/**
 * 记名表决: who chose what (无记名: that they voted, and their ballot's receipt code), one line for each choice that counted and for each deputy who could vote and pressed no
 * key, by the names of the roll the vote was opened with; void and rehearsal votes are included and marked.
 */
export function votesCsv({ sitting, rolls }: Account): string {
  const rows = [...sitting.rounds.values()].flatMap((round) => {
    const remark = `${round.rehearsal ? '试表决' : ''}${round.phase === 'voided' ? '作废' : ''}`;
    return [...round.eligible].flatMap((id) => {
      const { name, delegation } = rolls.get(round.id)?.get(id) ?? { name: '', delegation: '' };
      const voter = [round.id, round.motion.title.zh, remark, id, name, delegation];
      const ballot = round.ballots.get(id);
      if (!ballot) return [[...voter, '', '', '未按键', '']];
      return choiceCells(ballot.choice).map(([item, chosen]) => [
        ...voter,
        item,
        itemTitle(round.motion, item),
        chosen,
        String(ballot.seq),
      ]);
    });
  });
  return csv(
    ['表决', '事项', '备注', '代表编号', '姓名', '代表团', '项', '项目名称', '选择', '账本序号'],
    rows,
  );
}
