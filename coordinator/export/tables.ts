import { stringify } from 'csv-stringify/sync';
import type { Choice } from '../../shared/ballot.ts';
import { thumbprint } from '../../shared/keys.ts';
import type { Sitting } from '../sitting/state.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Excel reads UTF-8 only behind a byte order mark, and runs cells that begin like a formula. */
function csv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\uFEFF${stringify([[...columns], ...rows.map((row) => [...row])], { escape_formulas: true, record_delimiter: 'windows' })}`;
}

const jwk = (x: string) => ({ kty: 'OKP', crv: 'Ed25519', x, alg: 'EdDSA', use: 'sig', kid: thumbprint(x) });

/** The coordinator's key and those of the terminals enrolled at the end, as JWKs (RFC 8037). */
export function keysJson(sitting: Sitting): string {
  const terminals = [...sitting.terminals.values()].map(({ terminal, seat, key }) => ({
    terminal,
    seat,
    jwk: jwk(key),
  }));
  return json({ coordinator: jwk(sitting.begun?.key ?? ''), terminals });
}

/** The roll with attendance as it stood at the end. */
export function rollCsv(sitting: Sitting): string {
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

export function motionsJson(sitting: Sitting): string {
  return json(sitting.motions);
}

/** Every round in the order in which it was held. */
export function resultsJson(sitting: Sitting): string {
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

function choiceCells(choice: Choice): [string, string][] {
  switch (choice.kind) {
    case 'decision':
      return [['', choice.option]];
    case 'selection':
      return choice.chosen.length > 0 ? choice.chosen.map((id) => [id, 'chosen']) : [['', 'none']];
    case 'appraisal':
      return choice.grades.length > 0
        ? choice.grades.map(({ item, grade }) => [item, grade])
        : [['', 'none']];
  }
}

/** 记名表决: who chose what, one line for each choice, of all rounds that closed. */
export function votesCsv(sitting: Sitting): string {
  const rows = [...sitting.rounds.values()].flatMap((round) =>
    [...round.ballots].flatMap(([id, { choice, seq }]) =>
      choiceCells(choice).map(([item, chosen]) => [
        round.id,
        round.rehearsal ? '试表决' : '',
        id,
        sitting.deputies.get(id)?.name ?? '',
        item,
        chosen,
        String(seq),
      ]),
    ),
  );
  return csv(['表决', '试', '代表编号', '姓名', '项', '选择', '账本序号'], rows);
}
