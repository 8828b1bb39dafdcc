import { describe, expect, it } from 'vitest';
import type { Person, Who } from '../../coordinator/contract/person.ts';
import type { TerminalOrder } from '../../coordinator/sitting/terminal-order.ts';
import { bundleOf, verdict } from '../support/both-verifiers.ts';
import { filesOf, withFiles } from '../support/forge.ts';
import { SAMPLE_LIST_TEXT } from '../support/list-sample.ts';
import { SAMPLE_MOTIONS, SamplePlay } from '../support/sample-ledger.ts';
import { SCRUTINEERS } from '../support/secret-sample.ts';
import { type AnyStep, actor, STAFF, usualWho } from '../support/staff.ts';

/** G9 accountable: what both verifiers accept of who did what, and what they name. */

/** The verdict on a sitting of two, in which `work` happens. */
function verdictOn(work: (play: SamplePlay) => void): string {
  const play = new SamplePlay(2, SAMPLE_MOTIONS, 61);
  for (const seat of play.seats) play.checkIn(seat);
  work(play);
  return verdict(bundleOf(play.end()));
}

/** The verdict on one more entry. */
const entered = (...steps: AnyStep[]) => verdictOn((play) => play.enter(...steps));

const LEFT = { typ: 'left', deputy: 'd1', reason: '离会' } as const;
const MARKED = { typ: 'card-marked', card: 'CARD0001', status: 'lost' } as const;
const byHand = (play: SamplePlay, who: Who) =>
  play.act(
    {
      act: 'by-hand',
      motion: 'm1',
      tally: { kind: 'decision', for: 2, against: 0, abstain: 0 },
      cast: 2,
      reason: '设备故障',
    },
    who,
  );
const voidedBy = (who: Partial<Who>) =>
  verdictOn((play) => {
    play.act({ act: 'open', motion: 'm1', rehearsal: false });
    play.act({ act: 'close', round: 'm1/1' });
    play.enter({ typ: 'voided', round: 'm1/1', reason: '有误', ...who }, 'checkpoint');
  });
const rights = { operatorForChair: false, secondForCards: false };
const without = (id: string): Person[] => STAFF.filter((person) => person.id !== id);
const [chair, operator, s1] = ['chair', 'operator', 's1'].map((id) => actor(id));
if (!chair || !operator || !s1) throw new Error('they are on the staff');

describe('G9: whoever did it', () => {
  it('is somebody of the staff by their name, in a role that is theirs and that may', () => {
    expect(entered({ ...LEFT, by: operator })).toBe('fine');
    expect(entered({ ...LEFT, by: { ...operator, id: 'nobody' } })).toBe('not-on-staff');
    expect(entered({ ...LEFT, by: { ...operator, name: '别人' } })).toBe('another-name');
    expect(entered({ ...LEFT, by: { ...operator, role: 'administrator' } })).toBe('another-role');
    expect(entered({ ...LEFT, by: { ...chair, role: 'operator' } })).toBe('another-role');
    expect(entered({ ...LEFT, by: chair })).toBe('not-their-act');
    expect(entered({ ...LEFT, by: actor('auditor') })).toBe('not-their-act');
  });

  it('had the role when it was done, not before and not since', () => {
    const gone: AnyStep = { typ: 'staff-set', staff: without('operator'), rights };
    expect(entered({ ...LEFT, by: operator }, gone)).toBe('fine');
    expect(entered(gone, { ...LEFT, by: operator })).toBe('not-on-staff');
    const staff: Person[] = [
      ...without('operator'),
      { id: 'operator', name: operator.name, roles: ['auditor'] },
    ];
    expect(entered({ typ: 'staff-set', staff, rights }, { ...LEFT, by: operator })).toBe('another-role');
    const wider = { ...rights, operatorForChair: true };
    const opened = (settings: typeof rights) =>
      verdictOn((play) => {
        play.enter({ typ: 'staff-set', staff: [...STAFF], rights: settings });
        play.act({ act: 'open', motion: 'm1', rehearsal: true });
        play.enter({ typ: 'held', round: 'm1/t1', reason: '核对', by: operator });
        play.act({ act: 'void', round: 'm1/t1', reason: '重来' });
      });
    expect(opened(wider)).toBe('fine');
    expect(opened(rights)).toBe('not-their-act');
  });

  it('changes the staff as administrator only, and files change nothing after a start', () => {
    const set: AnyStep = { typ: 'staff-set', staff: [...STAFF], rights };
    expect(entered(set)).toBe('fine');
    expect(entered({ ...set, by: operator })).toBe('not-their-act');
    expect(entered({ ...set, by: { role: 'file' } })).toBe('file-later');
    const agenda: AnyStep = { typ: 'agenda-set', motions: [...SAMPLE_MOTIONS] };
    expect(entered(agenda)).toBe('fine');
    expect(entered({ ...agenda, by: { role: 'file' } })).toBe('file-later');
    const again = (...steps: AnyStep[]) =>
      verdictOn((play) => {
        play.reboot(1000);
        play.enter(...steps);
      });
    expect(again({ ...set, by: { role: 'file' } }, { ...agenda, by: { role: 'file' } })).toBe('fine');
    expect(again('checkpoint', { ...agenda, by: { role: 'file' } })).toBe('file-later');
    expect(again({ ...set, by: { role: 'file' }, with: chair })).toBe('second-needless');
  });

  it('brings a list of projects as operator, or as the files do at a start', () => {
    const list: AnyStep = { typ: 'list-set', text: SAMPLE_LIST_TEXT };
    expect(entered(list)).toBe('fine');
    expect(entered(list, list, { typ: 'agenda-set', motions: [...SAMPLE_MOTIONS] })).toBe('fine');
    expect(entered({ ...list, by: chair })).toBe('not-their-act');
    expect(entered({ ...list, by: operator, with: chair })).toBe('second-needless');
    expect(entered({ ...list, by: { role: 'file' } })).toBe('file-later');
    const atStart = verdictOn((play) => {
      play.reboot(1000);
      play.enter({ ...list, by: { role: 'file' } });
    });
    expect(atStart).toBe('fine');
  });

  it('is confirmed by another person who may, where the act needs it and nowhere else', () => {
    expect(voidedBy({})).toBe('fine');
    expect(voidedBy({ by: chair, with: s1 })).toBe('fine');
    expect(voidedBy({ by: chair })).toBe('second-missing');
    expect(voidedBy({ by: chair, with: chair })).toBe('second-same');
    expect(voidedBy({ by: chair, with: { ...operator, id: 'chair' } })).toBe('second-same');
    expect(voidedBy({ by: chair, with: actor('admin') })).toBe('second-not-theirs');
    expect(voidedBy({ by: chair, with: { ...operator, id: 'nobody' } })).toBe('not-on-staff');
    expect(voidedBy({ by: chair, with: { ...operator, name: '别人' } })).toBe('another-name');
    expect(voidedBy({ by: chair, with: { ...actor('admin'), role: 'operator' } })).toBe('another-role');
    expect(entered({ ...LEFT, by: operator, with: chair })).toBe('second-needless');
    expect(verdictOn((play) => byHand(play, usualWho('by-hand')))).toBe('fine');
    const cards = { ...rights, secondForCards: true };
    const marked = (who: Partial<Who>, settings = cards) =>
      entered({ typ: 'staff-set', staff: [...STAFF], rights: settings }, { ...MARKED, ...who });
    expect(marked({ by: operator, with: chair })).toBe('fine');
    expect(marked({ by: operator })).toBe('second-missing');
    expect(marked({ by: operator, with: chair }, rights)).toBe('second-needless');
    const roll: AnyStep = { typ: 'roll-set', deputies: [] };
    expect(entered(roll)).toBe('fine');
    expect(entered({ ...roll, by: operator })).toBe('second-missing');
    expect(entered({ ...roll, by: operator, with: s1 })).toBe('second-not-theirs');
  });
});

describe('G9: the staff’s own affairs', () => {
  it('are theirs, in the first of their roles', () => {
    expect(entered({ typ: 'signed-in', by: chair }, { typ: 'signed-out', by: chair })).toBe('fine');
    expect(entered({ typ: 'signed-in', by: { ...chair, id: 'nobody' } })).toBe('not-on-staff');
    expect(entered({ typ: 'password-chosen', by: chair, with: operator })).toBe('second-needless');
    const two: Person[] = [
      ...without('chair'),
      { id: 'chair', name: chair.name, roles: ['operator', 'chair'] },
    ];
    const inRole = (role: 'chair' | 'operator') =>
      entered(
        { typ: 'staff-set', staff: two, rights },
        { typ: 'authenticator-set', on: true, by: { ...chair, role } },
      );
    expect(inRole('operator')).toBe('fine');
    expect(inRole('chair')).toBe('another-role');
    expect(entered({ typ: 'sessions-ended', person: 'chair', count: 2, by: chair })).toBe('fine');
    expect(entered({ typ: 'sessions-ended', person: 'chair', count: 2, by: actor('admin') })).toBe('fine');
    expect(entered({ typ: 'sessions-ended', person: 'chair', count: 2, by: operator })).toBe('not-their-act');
  });

  it('name nobody who is not on the staff, and codes come from whoever may give them', () => {
    const failed = (person: string | null): AnyStep => ({
      typ: 'sign-ins-failed',
      counts: [{ person, count: 3 }],
    });
    expect(entered(failed('chair'))).toBe('fine');
    expect(entered(failed(null))).toBe('fine');
    expect(entered(failed('nobody'))).toBe('not-on-staff');
    const given = (person: string, who: Partial<Who> = {}) => entered({ typ: 'code-given', person, ...who });
    expect(given('chair')).toBe('fine');
    expect(given('chair', { by: chair })).toBe('not-their-act');
    expect(given('nobody')).toBe('not-on-staff');
    expect(entered({ typ: 'code-given', person: 'admin', by: { role: 'hall' } })).toBe('fine');
    expect(entered({ typ: 'code-given', person: 'chair', by: { role: 'hall' } })).toBe('not-their-act');
  });
});

describe('G9: what is done outside the sitting', () => {
  const told = (order: TerminalOrder, who: Partial<Who> = {}): AnyStep => ({
    typ: 'terminals-told',
    order,
    ...who,
  });
  const manifest = '0'.repeat(64);
  const ORDERS: readonly TerminalOrder[] = [
    { act: 'identify', terminal: 'T1' },
    { act: 'self-test', terminal: null, on: true },
    { act: 'self-test', terminal: 'T2', on: false },
    { act: 'update', terminal: null, manifest },
    { act: 'update', terminal: 'T1', manifest },
    { act: 'stop-update' },
  ];

  it('is the operator’s to tell terminals that are there', () => {
    expect(entered(...ORDERS.map((order) => told(order)))).toBe('fine');
    for (const order of ORDERS) {
      expect(entered(told(order, { by: chair })), order.act).toBe('not-their-act');
      expect(entered(told(order, { with: chair, by: operator })), order.act).toBe('second-needless');
      if (order.act !== 'stop-update')
        expect(entered(told({ ...order, terminal: 'T9' })), order.act).toBe('forbidden');
    }
  });

  it('keeps no seat busy and takes no bundle away while a vote is open', () => {
    const during = (...steps: AnyStep[]) =>
      verdictOn((play) => {
        play.act({ act: 'open', motion: 'm1', rehearsal: true });
        play.enter(...steps);
        play.act({ act: 'close', round: 'm1/t1' });
      });
    for (const order of ORDERS) {
      const isBusy = order.act === 'update' || (order.act === 'self-test' && order.on);
      expect(during(told(order)), JSON.stringify(order)).toBe(isBusy ? 'forbidden' : 'fine');
    }
    expect(during({ typ: 'exported' })).toBe('forbidden');
  });

  it('is by whoever may export, or may have files read again', () => {
    for (const by of [chair, operator, s1, actor('auditor')])
      expect(entered({ typ: 'exported', by })).toBe('fine');
    expect(entered({ typ: 'exported', by: actor('admin') })).toBe('not-their-act');
    expect(entered({ typ: 'exported', by: { ...chair, id: 'nobody' } })).toBe('not-on-staff');
    for (const by of [operator, actor('admin')]) expect(entered({ typ: 'files-read', by })).toBe('fine');
    expect(entered({ typ: 'files-read', by: chair })).toBe('not-their-act');
    expect(entered({ typ: 'files-read', by: operator, with: chair })).toBe('second-needless');
  });
});

describe('G9: acts.csv', () => {
  const play = new SamplePlay(2, SAMPLE_MOTIONS, 61);
  for (const seat of play.seats) play.checkIn(seat);
  play.act({ act: 'identify', terminal: 'T1' });
  play.act({ act: 'leave', deputy: 'd1', reason: '=HYPERLINK("离会")' });
  play.rename('d1', '改名');
  play.act({ act: 'check-in', deputy: 'd1', reason: '返回' });
  play.act({ act: 'open', motion: 'm1', rehearsal: false });
  play.act({ act: 'close', round: 'm1/1' });
  play.act({ act: 'void', round: 'm1/1', reason: '有误' });
  play.enter({ typ: 'sessions-ended', person: 'chair', count: 2, by: actor('admin') }, { typ: 'exported' });
  const sample = play.end();
  const bundle = bundleOf(sample);
  const table = Buffer.from(filesOf(bundle)['acts.csv']).toString();

  it('has every act of a person, by the names of then, as a spreadsheet reads it', () => {
    const lines = table.slice(1).trimEnd().split('\r\n');
    expect(table.startsWith('\uFEFF账本序号,时间,代号,')).toBe(true);
    expect(lines.slice(1).map((line) => line.split(',').slice(2).join(','))).toEqual([
      'operator,吴晓敏,会务,,,闪灯找座,T1,',
      'operator,吴晓敏,会务,,,中途退场,d1 代表1,"\'=HYPERLINK(""离会"")"',
      'operator,吴晓敏,会务,chair,周立新,更改名册,2人,',
      'operator,吴晓敏,会务,,,补签到,d1 改名,返回',
      'chair,周立新,主持人,,,开始表决,m1/1 关于政府工作报告的决议（草案）,',
      'chair,周立新,主持人,,,结束表决,m1/1 关于政府工作报告的决议（草案）,',
      'chair,周立新,主持人,operator,吴晓敏,作废,m1/1 关于政府工作报告的决议（草案）,有误',
      'admin,钱志强,管理员,,,结束2处登录,chair 周立新,',
      'chair,周立新,主持人,,,下载存证包,,',
    ]);
    expect(lines[1]).toMatch(/^\d+,2027-01-15 09:00:01,operator,/);
    expect(verdict(bundle)).toBe('fine');
  });

  it.each([
    ['without one of them', table.replace(/^.*闪灯找座.*\r\n/m, '')],
    ['by another person', table.replace('钱志强', '吴晓敏')],
    ['at another time', table.replace('09:00:01', '09:00:02')],
    ['confirmed by nobody', table.replace('operator,吴晓敏,作废', ',,作废')],
    ['for another reason', table.replace('返回', '迟到')],
    ['by the name of later', table.replace('d1 代表1', 'd1 改名')],
  ])('is found %s, by both verifiers', (_, changed) => {
    expect(changed).not.toBe(table);
    expect(verdict(withFiles(bundle, { 'acts.csv': changed }, sample.rows, sample.key))).toBe('derived-file');
  });
});

it('G9: whoever is to hold a key of secret votes is on the staff as a scrutineer', () => {
  const held = (staff: readonly Person[]) =>
    entered({ typ: 'staff-set', staff: [...staff], rights }, { typ: 'secrecy-set', secrecy: SCRUTINEERS });
  expect(held(STAFF)).toBe('fine');
  expect(held(without('s2'))).toBe('no-scrutineer');
  expect(held([...without('s2'), { id: 's2', name: '别人', roles: ['scrutineer'] }])).toBe('no-scrutineer');
  expect(held([...without('s2'), { id: 's2', name: '李淑芬', roles: ['auditor'] }])).toBe('no-scrutineer');
});
