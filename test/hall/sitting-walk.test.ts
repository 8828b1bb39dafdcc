import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeBundle } from '../../coordinator/bundle/export/bundle.ts';
import { verifyBundle } from '../../coordinator/bundle/verify/verify.ts';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import { type Actor, actorOf, type Person, ROLES, type Who } from '../../coordinator/contract/person.ts';
import { RIGHTS, type Right } from '../../coordinator/contract/rights.ts';
import { machineClock } from '../../coordinator/process/clock.ts';
import { Chronicle, SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { configure } from '../../coordinator/sitting/configure.ts';
import { decide, type SittingAct } from '../../coordinator/sitting/decide.ts';
import { judge } from '../../coordinator/sitting/judge.ts';
import type { Motion } from '../../shared/kinds/kinds.ts';
import { sha256Base64url } from '../../shared/protocol/bytes.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import type { Ballot, CheckIn } from '../../shared/protocol/messages.ts';
import { DECISION, HALL, SELECTION, SITTING, testSeat } from '../support/open-hall.ts';
import { rethrow } from '../support/rethrow.ts';
import { newId, sign } from '../support/seat-messages.ts';
import { STAFF, STAFFED, usualWho } from '../support/staff.ts';

const N = 4;
const seats = Array.from({ length: N }, (_, i) => testSeat(i + 1));
const motions: Motion[] = [
  { ...DECISION, press: 'first' },
  { ...SELECTION, press: 'last', basis: 'cast', threshold: null, seconds: 3_600 },
];
const key = makeKeyPair(randomBytes);
const STRANGER: Person = { id: 'stranger', name: '某人', roles: ['chair'] };

/** One thing somebody tries, sensible or not. */
type Try =
  | { readonly kind: 'act'; readonly act: SittingAct; readonly who: Who }
  | { readonly kind: 'tap' | 'vote'; readonly seat: number; readonly other: number; readonly pick: number };

const rounds = fc.constantFrom('m1/1', 'm1/2', 'm1/t1', 'm2/1', 'm2/2', 'm2-r1/1', 'm9/1');
const deputy = fc.integer({ min: 1, max: N + 1 }).map((n) => `d${n}`);
const acts: fc.Arbitrary<SittingAct> = fc.oneof(
  fc.record({
    act: fc.constant('open' as const),
    motion: fc.constantFrom('m1', 'm2', 'm2-r1', 'm9'),
    rehearsal: fc.boolean(),
  }),
  fc.record({ act: fc.constant('close' as const), round: rounds }),
  fc.record({ act: fc.constant('hold' as const), round: rounds, reason: fc.constant('测试') }),
  fc.record({ act: fc.constant('resume' as const), round: rounds }),
  fc.record({
    act: fc.constant('extend' as const),
    round: rounds,
    seconds: fc.integer({ min: 5, max: 600 }),
  }),
  fc.record({ act: fc.constant('announce' as const), round: rounds }),
  fc.record({ act: fc.constant('void' as const), round: rounds, reason: fc.constant('测试') }),
  fc.record({ act: fc.constant('follow-up' as const), round: rounds }),
  fc.record({ act: fc.constant('clear' as const) }),
  fc.record({ act: fc.constant('check-in' as const), deputy, reason: fc.constant('测试') }),
  fc.record({ act: fc.constant('leave' as const), deputy, reason: fc.constant('测试') }),
  fc.record({ act: fc.constant('identify' as const), terminal: fc.constantFrom('T1', 'T9') }),
  fc.record({
    act: fc.constant('self-test' as const),
    terminal: fc.constantFrom('T2', 'T9', null),
    on: fc.boolean(),
  }),
  fc.record({ act: fc.constant('stop-update' as const) }),
  fc.record({ act: fc.constant('remove-terminal' as const), terminal: fc.constantFrom('T1', 'T9') }),
);
/** Somebody of the staff in any role, with or without somebody else, or with themselves. */
const someone = fc
  .record({ person: fc.constantFrom(...STAFF.slice(0, 6), STRANGER), role: fc.constantFrom(...ROLES) })
  .map(({ person, role }) => actorOf(person, role));
const anybody: fc.Arbitrary<Who> = fc.record({ by: someone, with: fc.option(someone, { nil: undefined }) });

/** Whether the table has it so, each of them in a role that is theirs. */
function isTheirs(act: SittingAct['act'], { by, with: second }: Who): boolean {
  const has = ({ id, role }: Actor) => STAFF.some((each) => each.id === id && each.roles.includes(role));
  const { roles, second: needed }: Right = RIGHTS[act];
  if (!has(by) || !roles.includes(by.role)) return false;
  if (!needed || needed.where) return second === undefined;
  return second !== undefined && second.id !== by.id && has(second) && needed.roles.includes(second.role);
}

const pair = { seat: fc.nat(N - 1), other: fc.nat(N - 1), pick: fc.nat(9) };
const tries: fc.Arbitrary<Try> = fc.oneof(
  {
    weight: 4,
    arbitrary: acts.map((act) => ({ kind: 'act' as const, act, who: usualWho(act.act) })),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('act' as const), act: acts, who: anybody }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('tap' as const), ...pair }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('vote' as const), ...pair }) },
);

function messageOf(
  { kind, seat, other, pick }: Exclude<Try, { kind: 'act' }>,
  chronicle: Chronicle,
  press: number,
): CheckIn | Ballot {
  const from = seats[seat];
  // Now and then somebody else's card or name.
  const meant = pick === 9 ? seats[other] : from;
  if (!from || !meant) throw new Error('no such seat');
  const common = { v: 1, id: newId(), hall: HALL, sitting: SITTING, terminal: from.terminal } as const;
  if (kind === 'tap') return { typ: 'check-in', ...common, card: meant.card };
  const round = chronicle.state.current;
  const ids = round?.motion.kind === 'selection' ? round.motion.candidates.map(({ id }) => id) : [];
  const choice: Ballot['choice'] =
    round?.motion.kind === 'selection'
      ? { kind: 'selection', chosen: ids.filter((_, i) => (pick >> i) & 1) }
      : { kind: 'decision', option: pick % 2 === 0 ? 'for' : 'against' };
  return {
    typ: 'ballot',
    ...common,
    deputy: meant.deputy.id,
    round: round?.id ?? 'm1/1',
    opening: round?.opening ?? '0'.repeat(64),
    press,
    choice,
  };
}

it('G2 once, G5 verifiable: whatever people try, in whatever order, what gets in is sound and verifies', () => {
  fc.assert(
    fc.property(fc.array(tries, { minLength: 20, maxLength: 80 }), (all) => {
      const folder = mkdtempSync(join(tmpdir(), 'hallvote-walk-'));
      const ledger = Ledger.open(join(folder, 'ledger'), SITTING_LEDGER);
      try {
        const signer = nodeSigner(key);
        const chronicle = new Chronicle(ledger, signer, machineClock(), rethrow);
        chronicle.start(
          {
            hall: HALL,
            name: { zh: '会场' },
            congress: { zh: '大会' },
            sitting: SITTING,
            title: { zh: '会议' },
            date: '2027-01-15',
            key: key.x,
          },
          'test',
          'tls',
        );
        const terminals = seats.map(({ terminal, deputy: { seat }, key: { x } }) => ({
          terminal,
          seat,
          key: x,
        }));
        const files = configure(
          chronicle.state,
          {
            ...STAFFED,
            seating: 'free',
            quorum: { num: 1, den: 2 },
            accept: ['uid'],
            cards: [],
            deputies: seats.map((s) => s.deputy),
            motions,
            terminals,
          },
          null,
        );
        if (files.ok) chronicle.commit((writer) => writer.own(files.steps, chronicle.now()));
        all.forEach((attempt, press) => {
          if (attempt.kind === 'act') {
            const now = chronicle.now();
            const decision = decide(chronicle.state, attempt.act, attempt.who, now);
            if (!isTheirs(attempt.act.act, attempt.who))
              expect(decision).toMatchObject({
                ok: false,
                reason: expect.stringMatching(/^(not-allowed|second-person)$/),
              });
            if (decision.ok) chronicle.commit((writer) => writer.own(decision.steps, now));
            return;
          }
          const message = messageOf(attempt, chronicle, press + 1);
          const from = seats[attempt.seat];
          if (!from) return;
          const jws = sign(message, from.key);
          const time = Math.max(chronicle.now(), chronicle.state.head.time);
          const verdict = judge(
            chronicle.state,
            { message, kid: from.key.kid, digest: sha256Base64url(jws) },
            time,
          );
          if (verdict.kind === 'enter' && message.typ === 'ballot')
            expect(chronicle.state.current?.hold).toBeNull();
          if (verdict.kind === 'enter')
            chronicle.commit((writer) => writer.message(message.typ, jws, message, time));
        });
        for (const round of chronicle.state.rounds.values()) {
          expect(round.cast).toBeLessThanOrEqual(round.present);
          expect([...round.ballots.keys()].every((id) => round.eligible.has(id))).toBe(true);
        }
        const { current } = chronicle.state;
        if (current?.phase === 'open') {
          const now = chronicle.now();
          // Closing needs a vote that has gone on for a while; voiding does not.
          const close: SittingAct = { act: 'close', round: current.id };
          const end: SittingAct = !decide(chronicle.state, close, usualWho(close.act), now).ok
            ? { act: 'void', round: current.id, reason: '测试' }
            : close;
          const ended = decide(chronicle.state, end, usualWho(end.act), now);
          if (ended.ok) chronicle.commit((writer) => writer.own(ended.steps, now));
        }
        const made = makeBundle([...ledger.rows()], signer, 'test');
        if (!made.ok) throw new Error(made.problem);
        expect(verifyBundle(made.bytes, {})).toMatchObject({ ok: true });
      } finally {
        ledger.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 40 },
  );
});
