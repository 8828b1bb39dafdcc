import { z } from 'zod';
import { RuleBook } from '../../../coordinator/bundle/verify/rules.ts';
import { nextRow } from '../../../coordinator/chronicle/row.ts';
import { ACT_REFUSALS, Act, ScrutineerAct } from '../../../coordinator/contract/acts.ts';
import { Actor, type Who } from '../../../coordinator/contract/person.ts';
import { readEntry } from '../../../coordinator/sitting/chronicle.ts';
import { decide, isSittingAct, type SittingAct } from '../../../coordinator/sitting/decide.ts';
import type { Step } from '../../../coordinator/sitting/decided.ts';
import { OwnEntry } from '../../../coordinator/sitting/entries.ts';
import { fold } from '../../../coordinator/sitting/fold.ts';
import { ownEntry } from '../../../coordinator/sitting/own-entry.ts';
import type { Sitting } from '../../../coordinator/sitting/state.ts';
import { whoFault } from '../../../coordinator/sitting/who-may.ts';
import { parseJwsOfAnyLength, signJws } from '../../../shared/protocol/jws.ts';
import type { LedgerRow } from '../../../shared/protocol/ledger-hash.ts';
import { usualWho } from '../../support/staff.ts';
import { mustHold, type Target, utf8 } from '../target.ts';
import type { Targets } from './all.ts';
import { type Play, placed } from './stage.ts';

/** What staff and scrutineers ask for, in the bodies of requests. */

const MOST_ACTS = 6;
/** Entries that only follow others: nobody acts between. */
const FOLLOWING = new Set(['checkpoint', 'result']);

const Signed = z.object({ by: Actor, with: Actor.optional() });

/** The act in a body, and whoever does it: named there, or else whoever does it usually. */
function actIn(line: string): { readonly act: SittingAct; readonly who: Who } | null {
  let body: unknown;
  try {
    body = JSON.parse(line);
  } catch {
    return null;
  }
  const {
    by,
    with: second,
    ...rest
  }: { by?: unknown; with?: unknown } = typeof body === 'object' && body !== null ? { ...body } : {};
  const act = ScrutineerAct.safeParse(rest).data ?? Act.safeParse(rest).data;
  if (!act || !isSittingAct(act)) return null;
  const named = Signed.safeParse({ by, ...(second === undefined ? {} : { with: second }) });
  return { act, who: named.data ?? usualWho(act.act) };
}

function entered(play: Play, state: Sitting, step: Step, time: number): { row: LedgerRow; says: OwnEntry } {
  const says = ownEntry(state, step);
  return { says, row: nextRow(state.head, time, says.typ, signJws(says, play.coordinator)) };
}

/** Whatever is asked for and whenever: it is refused by name, or every entry it makes is one the verifier demands. */
const act: Target = {
  run: (input) => {
    const at = placed(utf8(input));
    if (!at || FOLLOWING.has(at.row.type)) return;
    const { play, row } = at;
    const rules = new RuleBook();
    let state = play.before(row.seq);
    let time = Math.max(row.time, state.head.time);
    for (const line of at.rest.split('\n', MOST_ACTS)) {
      const asked = actIn(line);
      if (!asked) continue;
      time += 1_000;
      const decision = decide(state, asked.act, asked.who, time);
      if (!decision.ok) {
        mustHold(decision.reason in ACT_REFUSALS, 'a refusal without words');
        continue;
      }
      mustHold(whoFault(state, asked.act.act, asked.who) === null, 'somebody did what their role may not');
      for (const step of decision.steps) {
        const entry = entered(play, state, step, time);
        const broken = rules.check(state, entry.says, entry.row);
        mustHold(broken === null, `the verifier refuses what was decided: ${broken?.problem}`);
        state = fold(state, readEntry(entry.row));
      }
      mustHold(rules.awaited.length === 0, 'an act is left unfinished');
    }
  },
  seeds: () => ({
    vote: script('o30', [
      { act: 'open', motion: 'm1', rehearsal: true },
      { act: 'close', round: 'm1/t1' },
      { act: 'announce', round: 'm1/t1' },
      { act: 'clear' },
      { act: 'open', motion: 'm2', rehearsal: false },
      { act: 'void', round: 'm2/1', reason: '断电' },
    ]),
    time: script('o30', [
      { act: 'open', motion: 'm1', rehearsal: true },
      { act: 'hold', round: 'm1/t1', reason: '检查设备' },
      { act: 'close', round: 'm1/t1' },
      { act: 'extend', round: 'm1/t1', seconds: 60 },
      { act: 'resume', round: 'm1/t1' },
      { act: 'close', round: 'm1/t1' },
    ]),
    people: script('o105', [
      { act: 'check-in', deputy: 'd7', reason: '忘带' },
      { act: 'leave', deputy: 'd1', reason: '离会' },
      { act: 'issue-card', deputy: 'd2', card: 'CARD9999' },
      { act: 'mark-card', card: 'CARD0002', status: 'lost' },
      { act: 'remove-terminal', terminal: 'T3' },
      { act: 'enrol', terminal: 'T9', key: 'A'.repeat(43), seat: '9' },
    ]),
    outside: script('o40', [
      { act: 'identify', terminal: 'T1' },
      { act: 'self-test', terminal: null, on: true },
      { act: 'open', motion: 'm1', rehearsal: true },
      { act: 'self-test', terminal: 'T2', on: false },
      { act: 'update', terminal: null, manifest: '0'.repeat(64) },
      { act: 'stop-update' },
    ]),
    hands: script('o128', [
      {
        act: 'by-hand',
        motion: 'm5',
        tally: { kind: 'decision', for: 4, against: 2, abstain: 1 },
        cast: 7,
        reason: '故障',
      },
      { act: 'follow-up', round: 'm2/1' },
      { act: 'replace-terminal', terminal: 'T1', spare: 'T9', key: 'A'.repeat(43) },
    ]),
    'hands-itemised': script('i39', [
      {
        act: 'by-hand',
        motion: 'i2',
        tally: {
          kind: 'itemised',
          items: ['a', 'b', 'c', 'd'].map((id) => ({ id, for: 3, against: 1, abstain: 0 })),
        },
        cast: 5,
        reason: '故障',
      },
    ]),
    scrutineers: scrutineersScript(),
    key: script('c58', [{ act: 'new-ceremony', reason: '遗失' }]),
  }),
  most: 60_000,
  time: { base: 400, perKib: 40 },
};

const script = (place: string, acts: readonly object[]): string =>
  `${place}\n${acts.map((each) => JSON.stringify(each)).join('\n')}`;

/** The first steps of a ceremony as they were taken. */
function scrutineersScript(): string {
  const at = placed('c10\n');
  if (!at) throw new Error('there is a ceremony');
  const steps = at.play.rows.slice(9, 9 + MOST_ACTS).flatMap(({ body }) => {
    const says = OwnEntry.safeParse(parseJwsOfAnyLength(body)?.payload).data;
    return says?.typ === 'ceremony-step'
      ? [{ act: says.typ, step: says.step, text: says.text, by: says.by }]
      : [];
  });
  return script('c10', steps);
}

export const acts: Targets = { act };
