import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import type { Act } from '../../coordinator/contract/acts.ts';
import { type Actor, ROLES } from '../../coordinator/contract/person.ts';
import { needsSecond, RIGHTS, roleFor, USUAL_SETTINGS } from '../../coordinator/contract/rights.ts';
import { ROUTES } from '../../coordinator/contract/routes.ts';
import { SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { isSittingAct } from '../../coordinator/sitting/decide.ts';
import type { SecretAct } from '../../coordinator/sitting/decide-secret.ts';
import { parseJws } from '../../shared/protocol/jws.ts';
import { type OpenHall, openHall, testSeat } from '../support/open-hall.ts';
import { serveHall } from '../support/served-hall.ts';
import { signedIn } from '../support/signed-in.ts';
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
    const others = ['read', 'export', 'change-roll', 'second', 'hand-out-codes', 'staff'];
    expect([...ACTS.map(({ act }) => act), ...others].sort()).toEqual(Object.keys(RIGHTS).sort());
    expect(ROLES.every((role) => PERSONS.some((each) => each.role === role))).toBe(true);
    expect(ACTS.filter(isSittingAct)).toHaveLength(ACTS.length - 1);
  });

  it('what changes nothing stands there too with whoever did it: orders to terminals, a reload, the bundle', async () => {
    const { hall, chronicle } = open;
    const operator = { by: actor('operator') };
    const entered = async (act: Act, who = operator) => {
      const { seq } = chronicle.state.head;
      const done = await hall.act(act, who);
      return [done.ok || done.reason, chronicle.state.head.seq - seq];
    };
    expect(await entered({ act: 'identify', terminal: 'T1' })).toEqual([true, 1]);
    expect(await entered({ act: 'self-test', terminal: null, on: true })).toEqual([true, 1]);
    expect(await entered({ act: 'self-test', terminal: null, on: false })).toEqual([true, 1]);
    expect(await entered({ act: 'reload' })).toEqual([true, 1]);
    expect(await entered({ act: 'reload' }, { by: actor('admin') })).toEqual([true, 1]);
    expect(hall.exported({ by: actor('auditor') })).toMatchObject({ ok: true });
    const ledger = Ledger.read(open.ledgerFile, SITTING_LEDGER);
    const last = [...ledger.rows()].slice(-6);
    ledger.close();
    expect(last.map(({ type }) => type)).toEqual([
      ...['terminals-told', 'terminals-told', 'terminals-told', 'files-read', 'files-read', 'exported'],
    ]);
    const says = last.map(({ body }) => parseJws(body, 16_384)?.payload);
    expect(says).toMatchObject([
      { ...operator, order: { act: 'identify', terminal: 'T1' } },
      { ...operator, order: { act: 'self-test', terminal: null, on: true } },
      { ...operator, order: { act: 'self-test', terminal: null, on: false } },
      operator,
      { by: actor('admin') },
      { by: actor('auditor') },
    ]);
  });

  it('over HTTP the bundle is taken away by a person who may, and by nobody else', async () => {
    const served = await serveHall(open);
    const exports = async (person: string) => {
      const cookie = await signedIn(served, person);
      const { seq } = open.chronicle.state.head;
      // This hall makes none; that somebody asked for it stands all the same.
      const { status } = await fetch(served.http + ROUTES.bundle.path, { headers: { cookie } });
      return [status, open.chronicle.state.head.seq - seq];
    };
    expect(await exports('auditor')).toEqual([409, 1]);
    expect(await exports('admin')).toEqual([403, 0]);
    await served.close();
  });

  it('what was not done leaves no entry', async () => {
    const { hall, chronicle } = open;
    const operator = { by: actor('operator') };
    const before = chronicle.state.head;
    for (const [act, reason] of [
      [{ act: 'identify', terminal: 'T9' }, 'unknown-terminal'],
      [{ act: 'self-test', terminal: 'T9', on: true }, 'unknown-terminal'],
      [{ act: 'update', terminal: null, manifest }, 'no-update'],
      [{ act: 'stop-update' }, 'no-update'],
    ] as const)
      expect(await hall.act(act, operator)).toMatchObject({ ok: false, reason });
    expect(hall.exported({ by: actor('admin') })).toMatchObject({ reason: 'not-allowed' });
    expect(chronicle.state.head).toEqual(before);
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
