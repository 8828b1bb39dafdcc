import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../coordinator/contract/acts.ts';
import { type Actor, ROLES } from '../../coordinator/contract/person.ts';
import { needsSecond, RIGHTS, roleFor, USUAL_SETTINGS } from '../../coordinator/contract/rights.ts';
import { isSittingAct } from '../../coordinator/sitting/decide.ts';
import type { SecretAct } from '../../coordinator/sitting/decide-secret.ts';
import { type OpenHall, openHall, testSeat } from '../support/open-hall.ts';
import { actor, STAFF, usualWho } from '../support/staff.ts';

let open: OpenHall;
beforeEach(async () => {
  open = await openHall({ seats: [testSeat(1)] });
});
afterEach(() => open.close());

const round = 'm1/1';
const reason = '测试';
const key = 'A'.repeat(43);
const manifest = '0'.repeat(64);
/** Every act of the contract, sensible or not. */
const ACTS: readonly (Act | SecretAct)[] = [
  { act: 'open', motion: 'm1', rehearsal: false },
  { act: 'close', round },
  { act: 'hold', round, reason },
  { act: 'resume', round },
  { act: 'extend', round, seconds: 60 },
  { act: 'announce', round },
  { act: 'void', round, reason },
  { act: 'follow-up', round },
  {
    act: 'by-hand',
    motion: 'm1',
    tally: { kind: 'decision', for: 0, against: 0, abstain: 0 },
    cast: 0,
    reason,
  },
  { act: 'clear' },
  { act: 'check-in', deputy: 'd1', reason },
  { act: 'leave', deputy: 'd1', reason },
  { act: 'issue-card', deputy: 'd1', card: 'CARD0009' },
  { act: 'mark-card', card: 'CARD0001', status: 'lost' },
  { act: 'enrol', terminal: 'T9', key, seat: 'S9' },
  { act: 'remove-terminal', terminal: 'T1' },
  { act: 'replace-terminal', terminal: 'T1', spare: 'T9', key },
  { act: 'identify', terminal: 'T1' },
  { act: 'self-test', terminal: null, on: true },
  { act: 'update', terminal: null, manifest },
  { act: 'stop-update' },
  { act: 'new-ceremony', reason },
  { act: 'reload' },
  { act: 'ceremony-step', step: 'certificate', text: '{}' },
  { act: 'share', round, share: '[]' },
  { act: 'sign-result', round, signature: { challenge: '1', response: '1' } },
];
const PERSONS: readonly Actor[] = ['chair', 'operator', 'auditor', 'admin', 's1'].map((id) => actor(id));

describe('G9 accountable: in the hall', () => {
  it.each(ACTS)('$act is done by nobody whose role may not, and leaves no trace', async (act) => {
    const before = open.chronicle.state.head;
    for (const by of [...PERSONS, { ...actor('chair'), id: 'stranger' }, { ...actor('s1'), name: '别人' }]) {
      const isTheirs = STAFF.some(({ id, name }) => id === by.id && name === by.name);
      const may = isTheirs && roleFor({ roles: [by.role] }, act.act, USUAL_SETTINGS) !== null;
      // An administrator's reload reads the list of staff, in which nothing is new.
      if (may || (act.act === 'reload' && by.role === 'administrator')) continue;
      expect(await open.hall.act(act, { by }), by.id).toMatchObject({ reason: 'not-allowed' });
    }
    const usual = usualWho(act.act);
    if (needsSecond(act.act, USUAL_SETTINGS))
      for (const second of [undefined, usual.by, actor('admin')])
        expect(await open.hall.act(act, { by: usual.by, with: second })).toMatchObject({
          reason: 'second-person',
        });
    expect(open.chronicle.state.head).toEqual(before);
  });

  it('every act of the contract is tried', () => {
    const others = ['read', 'export', 'change-roll', 'hand-out-codes', 'staff'];
    expect([...ACTS.map(({ act }) => act), ...others].sort()).toEqual(Object.keys(RIGHTS).sort());
    expect(ROLES.every((role) => PERSONS.some((each) => each.role === role))).toBe(true);
    expect(ACTS.filter(isSittingAct)).toHaveLength(ACTS.length - 5);
  });

  it('sign-ins are entered all together, or not where one of them is nobody’s', () => {
    const { hall, chronicle } = open;
    const { seq } = chronicle.state.head;
    const signedIn = { typ: 'signed-in', by: actor('chair') } as const;
    const nobody = { typ: 'signed-in', by: { ...actor('chair'), id: 'nobody' } } as const;
    expect(hall.note(signedIn, nobody)).toMatchObject({ ok: false, reason: 'not-allowed' });
    expect(chronicle.state.head.seq).toBe(seq);
    expect(hall.note(signedIn, { typ: 'signed-out', by: actor('chair') })).toMatchObject({ ok: true });
    expect(chronicle.state.head.seq).toBe(seq + 2);
  });
});
