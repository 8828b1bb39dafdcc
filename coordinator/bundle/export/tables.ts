import { kindOf, type Motion } from '../../../shared/kinds/kinds.ts';
import type { CastChoice } from '../../../shared/protocol/ballot.ts';
import { thumbprint } from '../../../shared/protocol/keys.ts';
import { receiptCode } from '../../../shared/protocol/receipt-code.ts';
import { ATTENDANCE, MARK_TERMS, PHASES, TERMS } from '../../../shared/terms.ts';
import type { Round } from '../../sitting/state.ts';
import type { Account } from './account.ts';
import { clerkTime } from './clerk-time.ts';
import { csvText } from './csv-text.ts';
import { electionsOf, receiptCodes } from './elections.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

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
        ? ATTENDANCE.byHand.zh
        : '签到'
      : sitting.left.has(id)
        ? ATTENDANCE.left.zh
        : ATTENDANCE.absent.zh;
    return [id, name, delegation, title, seat, present];
  });
  return csvText(['编号', '姓名', TERMS.delegation.zh, '职务', TERMS.seat.zh, '出席'], rows);
}

/** The agenda as it stood at the end. */
export function motionsJson({ sitting }: Account): string {
  return json(sitting.motions);
}

/** Every round in the order in which it was held. */
export function resultsJson({ sitting, courses }: Account): string {
  return json(
    [...sitting.rounds.values()].map(({ id, motion, phase, rehearsal, byHand, reason, result }) => {
      const { held = [], extended = [] } = courses.get(id) ?? {};
      return {
        round: id,
        motion: motion.id,
        phase,
        rehearsal,
        byHand,
        reason,
        held: held.map((each) => ({ from: each.time, until: each.until?.time ?? null, reason: each.reason })),
        extended: extended.map(({ time, seconds }) => ({ time, seconds })),
        result,
      };
    }),
  );
}

/** What was chosen: pairs of an item's id and a word. */
function choiceCells(choice: CastChoice): [string, string][] {
  if (choice.kind === 'sealed') return [['', `密封票 ${receiptCode(choice.ballot)}`]];
  const marked = kindOf(choice.kind).marked(choice);
  if (marked.length === 0) return [['', TERMS.blank.zh]];
  return marked.map(({ item, mark }) => [item, MARK_TERMS[mark].zh]);
}

function itemTitle(motion: Motion, id: string): string {
  const item = kindOf(motion.kind)
    .parts(motion)
    .find((part) => part.id === id);
  return item?.title.zh ?? '';
}

/** The receipt codes of the ballots counted in every secret vote: with their own, deputies find their ballot. */
export function receiptsCsv({ sitting }: Account): string {
  const rows = electionsOf(sitting).flatMap((round) =>
    receiptCodes(round).map((code) => [round.id, round.motion.title.zh, code]),
  );
  return csvText([TERMS.vote.zh, '事项', TERMS.receiptCode.zh], rows);
}

/** Every act of a person in the order of the ledger: who, what, about what and why. */
export function actsCsv({ acts }: Pick<Account, 'acts'>): string {
  const rows = acts.map(({ seq, time, by, with: second, what, about, reason }) => [
    String(seq),
    clerkTime(time),
    by.id,
    by.name,
    TERMS[by.role].zh,
    second?.id ?? '',
    second?.name ?? '',
    what,
    about,
    reason,
  ]);
  const titles = ['账本序号', '时间', '代号', '姓名', '角色', '确认人代号', '确认人', '操作', '对象', '原因'];
  return csvText(titles, rows);
}

/** What is to be known of a vote beside its ballots: nothing, of most. */
function remarkOn({ rehearsal, phase, extended }: Round, holds: number): string {
  return [
    rehearsal ? TERMS.rehearsal.zh : '',
    phase === 'voided' ? PHASES.voided.zh : '',
    holds > 0 ? `暂停${holds}次` : '',
    extended > 0 ? `延长${extended}秒` : '',
  ].join('');
}

/**
 * 记名表决: who chose what (无记名: that they voted, and their ballot's receipt code), one line for each choice that counted and for each deputy who could vote and pressed no
 * key, by the names of the roll the vote was opened with; void and rehearsal votes are included and marked, as are holds and extensions.
 */
export function votesCsv({ sitting, rolls, courses }: Account): string {
  const rows = [...sitting.rounds.values()].flatMap((round) => {
    const remark = remarkOn(round, courses.get(round.id)?.held?.length ?? 0);
    return [...round.eligible].flatMap((id) => {
      const { name, delegation } = rolls.get(round.id)?.get(id) ?? { name: '', delegation: '' };
      const voter = [round.id, round.motion.title.zh, remark, id, name, delegation];
      const ballot = round.ballots.get(id);
      if (!ballot) return [[...voter, '', '', TERMS.notPressed.zh, '']];
      return choiceCells(ballot.choice).map(([item, chosen]) => [
        ...voter,
        item,
        itemTitle(round.motion, item),
        chosen,
        String(ballot.seq),
      ]);
    });
  });
  return csvText(
    [
      TERMS.vote.zh,
      '事项',
      '备注',
      '代表编号',
      '姓名',
      TERMS.delegation.zh,
      '项',
      '项目名称',
      '选择',
      '账本序号',
    ],
    rows,
  );
}
