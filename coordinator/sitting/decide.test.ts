import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Motion } from '../../shared/kinds/kinds.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { DECISION, SELECTION, testSeat } from '../../test/support/open-hall.ts';
import { rethrow } from '../../test/support/rethrow.ts';
import { actor, STAFF, STAFFED, signed, usualWho } from '../../test/support/staff.ts';
import { Ledger } from '../chronicle/ledger.ts';
import { LedgerError } from '../chronicle/row.ts';
import type { Person, Who } from '../contract/person.ts';
import { USUAL_SETTINGS } from '../contract/rights.ts';
import { machineClock } from '../process/clock.ts';
import { Chronicle, replay, SITTING_LEDGER } from './chronicle.ts';
import { configure, type HallFiles } from './configure.ts';
import { decide, type SittingAct } from './decide.ts';
import type { Decision } from './decided.ts';

const seats = [1, 2, 3].map(testSeat);
const files: HallFiles = {
  ...STAFFED,
  seating: 'fixed',
  quorum: { num: 2, den: 3 },
  accept: ['uid'],
  deputies: seats.map((seat) => seat.deputy),
  cards: [],
  motions: [{ ...DECISION, quorum: { num: 2, den: 3 } }, SELECTION],
  terminals: seats.map(({ terminal, deputy, key }) => ({ terminal, seat: deputy.seat, key: key.x })),
};
const key = makeKeyPair(randomBytes);
const begun = {
  hall: 'h',
  name: { zh: '会场' },
  congress: { zh: '大会' },
  sitting: 's',
  title: { zh: '会议' },
  date: '2027-01-15',
  key: key.x,
};

let folder: string;
let ledger: Ledger;
let chronicle: Chronicle;

const open = () => {
  ledger = Ledger.open(join(folder, 'ledger'), SITTING_LEDGER);
  chronicle = new Chronicle(ledger, nodeSigner(key), machineClock(), rethrow);
  chronicle.start(begun, 'test', 'tls');
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-sitting-'));
  open();
  take(configure(chronicle.state, files, null));
});

afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

function take(decision: Decision): Decision {
  if (decision.ok) chronicle.commit((writer) => writer.own(decision.steps, chronicle.now()));
  return decision;
}

const act = (what: SittingAct, who = usualWho(what.act)) => {
  const decision = take(decide(chronicle.state, what, who, chronicle.now()));
  return decision.ok ? 'ok' : decision.reason;
};
const arrive = (...ids: string[]) => ids.map((deputy) => act({ act: 'check-in', deputy, reason: '测试' }));
const byHand = (counts: [number, number, number], cast = counts[0] + counts[1] + counts[2]) =>
  act({
    act: 'by-hand',
    motion: 'm1',
    tally: { kind: 'decision', for: counts[0], against: counts[1], abstain: counts[2] },
    cast,
    reason: '终端断电',
  });

describe('acts that make no sense are refused with the reason', () => {
  it('opens nothing without a quorum, nothing unknown, nothing twice', () => {
    arrive('d1');
    expect(act({ act: 'open', motion: 'm1', rehearsal: false })).toBe('no-quorum');
    expect(act({ act: 'open', motion: 'm1', rehearsal: true })).toBe('ok');
    expect(act({ act: 'open', motion: 'm2', rehearsal: false })).toBe('vote-open');
    expect(act({ act: 'close', round: 'm1/t1' })).toBe('ok');
    expect(act({ act: 'open', motion: 'm2', rehearsal: true })).toBe('not-announced');
    expect(act({ act: 'announce', round: 'm1/t1' })).toBe('ok');
    expect(act({ act: 'open', motion: 'm9', rehearsal: false })).toBe('unknown-motion');
  });

  it('never runs a secret motion as an open one', () => {
    take(
      configure(
        chronicle.state,
        { ...files, motions: [{ ...DECISION, voting: 'secret' }] },
        usualWho('reload'),
      ),
    );
    arrive('d1', 'd2', 'd3');
    expect(act({ act: 'open', motion: 'm1', rehearsal: false })).toBe('no-secrecy');
    expect(act({ act: 'open', motion: 'm1', rehearsal: true })).toBe('no-secrecy');
    expect(chronicle.state.rounds.size).toBe(0);
  });

  it('closes, announces and voids once, and keeps an old result when a vote is repeated', () => {
    arrive('d1', 'd2', 'd3');
    expect(act({ act: 'open', motion: 'm1', rehearsal: false })).toBe('ok');
    expect(act({ act: 'announce', round: 'm1/1' })).toBe('not-closed');
    expect(act({ act: 'close', round: 'm1/1' })).toBe('ok');
    expect(act({ act: 'close', round: 'm1/1' })).toBe('not-open');
    expect(act({ act: 'announce', round: 'm1/1' })).toBe('ok');
    expect(act({ act: 'announce', round: 'm1/1' })).toBe('not-closed');
    expect(act({ act: 'open', motion: 'm1', rehearsal: false })).toBe('already-decided');
    expect(act({ act: 'void', round: 'm1/1', reason: '有误' })).toBe('ok');
    expect(act({ act: 'void', round: 'm1/1', reason: '有误' })).toBe('already-void');
    expect(act({ act: 'open', motion: 'm1', rehearsal: false })).toBe('ok');
    expect([...chronicle.state.rounds.keys()]).toEqual(['m1/1', 'm1/2']);
    expect(chronicle.state.rounds.get('m1/1')).toMatchObject({
      phase: 'voided',
      reason: '有误',
      result: { cast: 0 },
    });
  });

  it('takes a show of hands only where it fits the motion and those present', () => {
    arrive('d1', 'd2', 'd3');
    expect(byHand([2, 2, 0])).toBe('tally-mismatch');
    expect(byHand([2, 0, 0], 3)).toBe('tally-mismatch');
    expect(
      act({
        act: 'by-hand',
        motion: 'm2',
        tally: { kind: 'decision', for: 1, against: 0, abstain: 0 },
        cast: 1,
        reason: '测试',
      }),
    ).toBe('tally-mismatch');
    expect(byHand([2, 1, 0])).toBe('ok');
    expect(chronicle.state.current).toMatchObject({
      byHand: true,
      phase: 'closed',
      result: { source: 'by-hand', outcome: { passed: true } },
    });
  });

  it('checks deputies in and out by hand, once, and minds cards and terminals', () => {
    expect(arrive('d1', 'd1', 'd9')).toEqual(['ok', 'already-present', 'unknown-deputy']);
    expect(act({ act: 'leave', deputy: 'd2', reason: '测试' })).toBe('not-present');
    expect(act({ act: 'leave', deputy: 'd1', reason: '请假' })).toBe('ok');
    expect(chronicle.state.left.has('d1')).toBe(true);
    expect(act({ act: 'issue-card', deputy: 'd1', card: 'CARD0002' })).toBe('card-in-use');
    expect(act({ act: 'mark-card', card: 'NOSUCH', status: 'lost' })).toBe('unknown-card');
    const spare = makeKeyPair(randomBytes);
    expect(act({ act: 'enrol', terminal: 'T9', key: spare.x, seat: 'S1' })).toBe('seat-in-use');
    expect(act({ act: 'replace-terminal', terminal: 'T0', spare: 'T9', key: spare.x })).toBe(
      'unknown-terminal',
    );
    expect(act({ act: 'replace-terminal', terminal: 'T1', spare: 'T2', key: spare.x })).toBe(
      'terminal-enrolled',
    );
    expect(act({ act: 'replace-terminal', terminal: 'T1', spare: 'T9', key: spare.x })).toBe('ok');
    expect(chronicle.state.terminals.get('T9')).toMatchObject({ seat: 'S1' });
    expect(chronicle.state.terminals.has('T1')).toBe(false);
    expect(act({ act: 'enrol', terminal: 'T8', key: spare.x, seat: 'S8' })).toBe('key-in-use');
    expect(act({ act: 'enrol', terminal: 'T8', key: 'A'.repeat(43), seat: 'S8' })).toBe('bad-key');
  });
});

describe('the files read again', () => {
  const again = (change: Partial<HallFiles>, who: Who) => {
    const decision = configure(chronicle.state, { ...files, ...change }, who);
    if (!decision.ok) return decision.reason;
    return decision.steps.map((step) =>
      step === 'checkpoint' ? step : [step.typ, step.by, 'with' in step ? step.with : undefined],
    );
  };
  const operator = { by: actor('operator') };
  const admin = { by: actor('admin') };
  const staff: readonly Person[] = [...STAFF, { id: 'new', name: '新来', roles: ['auditor'] }];

  it('the list of staff is the administrator’s, who reads nothing else; nobody else reads past it', () => {
    expect(again({ staff, seating: 'free' }, admin)).toEqual([['staff-set', admin.by, undefined]]);
    expect(again({ seating: 'free' }, admin)).toEqual([['files-read', admin.by, undefined]]);
    expect(again({}, { ...operator, with: actor('chair') })).toEqual([
      ['files-read', operator.by, undefined],
    ]);
    const atStart = configure(chronicle.state, files, null);
    expect(atStart).toEqual({ ok: true, steps: [] });
    expect(again({ staff, seating: 'free' }, operator)).toBe('staff-changed');
    expect(again({ rights: { ...USUAL_SETTINGS, operatorForChair: true } }, operator)).toBe('staff-changed');
    for (const id of ['chair', 'auditor', 's1'])
      expect(again({ staff }, { by: actor(id) })).toBe('not-allowed');
  });

  it('the roll needs the chair as well, all else the operator alone', () => {
    const deputies = files.deputies.slice(1);
    const both = { ...operator, with: actor('chair') };
    expect(again({ deputies }, operator)).toBe('second-person');
    expect(again({ deputies }, { ...operator, with: actor('s1') })).toBe('second-person');
    expect(again({ deputies }, both)).toEqual([['roll-set', operator.by, both.with]]);
    expect(again({ seating: 'free' }, both)).toEqual([['rules-set', operator.by, undefined]]);
  });

  it('nobody is to hold a key who is no scrutineer on the staff', () => {
    const holding = (id: string, name: string) =>
      again(
        {
          secrecy: {
            holder: 'scrutineers',
            threshold: 1,
            scrutineers: [
              { id: 's1', name: '陈明远' },
              { id, name },
            ],
          },
        },
        operator,
      );
    expect(holding('s2', '李淑芬')).toEqual([['secrecy-set', operator.by, undefined]]);
    expect(holding('s2', '别人')).toBe('scrutineer-not-on-staff');
    expect(holding('chair', '周立新')).toBe('scrutineer-not-on-staff');
  });
});

describe('the files during a sitting', () => {
  const reload = (change: Partial<HallFiles>, who = usualWho('change-roll')) => {
    const decision = take(configure(chronicle.state, { ...files, ...change }, who));
    return decision.ok
      ? decision.steps.map((step) => (step === 'checkpoint' ? step : step.typ))
      : decision.reason;
  };

  it('change what they may, and nothing where nothing changed', () => {
    expect(reload({})).toEqual(['files-read']);
    expect(reload({ motions: [...files.motions, { ...DECISION, id: 'm3' }] })).toEqual(['agenda-set']);
    expect(reload({ motions: [...files.motions, { ...DECISION, id: 'm3' }], seating: 'free' })).toEqual([
      'rules-set',
    ]);
  });

  it('cannot change a motion that was voted on, nor the roll during a vote', () => {
    arrive('d1', 'd2', 'd3');
    act({ act: 'open', motion: 'm1', rehearsal: false });
    expect(reload({ deputies: files.deputies.slice(1) })).toBe('vote-open');
    const changed: Motion = { ...DECISION, title: { zh: '另一个题目' } };
    expect(reload({ motions: [changed, SELECTION] })).toBe('motion-voted');
  });

  it('do not bring back a terminal the operator removed', () => {
    act({ act: 'remove-terminal', terminal: 'T2' });
    expect(reload({})).toEqual(['files-read']);
    expect(chronicle.state.terminals.has('T2')).toBe(false);
  });
});

describe('the ledger', () => {
  it('G1: tells the same sitting again after a restart', () => {
    arrive('d1', 'd2', 'd3');
    act({ act: 'open', motion: 'm1', rehearsal: false });
    act({ act: 'close', round: 'm1/1' });
    const before = chronicle.state;
    ledger.close();
    open();
    const { head: _head, clock: _clock, isStarting: _new, recent: _told, ...rest } = chronicle.state;
    const { head: _before, clock: _old, isStarting: _was, recent: _known, ...expected } = before;
    expect(rest).toEqual(expected);
  });

  it('puts the sitting back where a commit fails half way', () => {
    const { seq } = chronicle.state.head;
    expect(() =>
      chronicle.commit((writer) => {
        writer.own([signed({ typ: 'checked-in-by-hand', deputy: 'd1', reason: '测试' })], chronicle.now());
        throw new Error('the disk is full');
      }),
    ).toThrow('the disk is full');
    expect(chronicle.state.head.seq).toBe(seq);
    expect(chronicle.state.presence.size).toBe(0);
    expect(replay(ledger.rows()).head.seq).toBe(seq);
  });

  it('refuses change and removal, a second coordinator, and a file that is no ledger', () => {
    const file = join(folder, 'ledger');
    const db = new Database(file);
    expect(() => db.exec("UPDATE entries SET body = ''")).toThrow('append-only');
    expect(() => db.exec('DELETE FROM entries')).toThrow('append-only');
    db.close();
    expect(() => Ledger.open(file, SITTING_LEDGER)).toThrow(LedgerError);
    expect(() => Ledger.open(file, SITTING_LEDGER)).toThrow('in use by another coordinator');
    const other = new Database(join(folder, 'other'));
    other.exec('CREATE TABLE t (x)');
    other.close();
    expect(() => Ledger.open(join(folder, 'other'), SITTING_LEDGER)).toThrow('is not a ledger of this kind');
  });

  it('does not open on a broken chain', () => {
    const rows = [...ledger.rows()];
    const [first, second, ...rest] = rows;
    if (!first || !second) throw new Error('too short');
    expect(() => replay([first, { ...second, body: first.body }, ...rest])).toThrow('breaks at entry 2');
    expect(() => replay([first, ...rest])).toThrow('breaks at entry 3');
  });
});
