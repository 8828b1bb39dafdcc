import { describe, expect, it } from 'vitest';
import type { FleetView, TerminalView } from '../../contract/documents.ts';
import { COLUMNS, type FleetRow, sorted, speechOf, textOf } from './fleet-columns.ts';
import { fleetCsv } from './fleet-csv.ts';
import { compare, oddOf } from './fleet-differs.ts';
import { fleetWords } from './fleet-words.ts';

function seat(
  n: number,
  view: Partial<TerminalView> = {},
  standing: Partial<FleetView> | null = {},
): FleetRow {
  const terminal = `T${n}`;
  return {
    view: {
      terminal,
      seat: `${n}座`,
      kid: 'A'.repeat(43),
      key: 'A'.repeat(43),
      state: 'enrolled',
      place: null,
      since: null,
      connected: true,
      away: null,
      lastContact: 10_000_000,
      version: '0.2.0',
      panel: { is: 'ready' },
      reader: { is: 'ready' },
      firmware: 'HallvotePanel 1.0',
      machine: { model: 'Pi 4', celsius: 50, undervoltage: false, diskFree: 6e9, diskSize: 8e9 },
      faults: [],
      clockOffset: 0,
      selfTest: null,
      waiting: 0,
      roundTrip: 5,
      update: null,
      deputy: null,
      ...view,
    },
    standing: standing && {
      terminal,
      image: 'seat 0.2.0',
      bootedAt: 4_000_000,
      boot: 'power-on',
      ended: 'orderly',
      wasUndervoltage: false,
      isClockSynchronised: true,
      reader: 'PN532 1.6',
      screen: { is: 'drawn', build: 'abc', since: 5_000_000 },
      ...standing,
    },
  };
}

const seats = (count: number) => Array.from({ length: count }, (_, n) => seat(n + 1));
const column = (key: string) => {
  const found = COLUMNS.find((each) => each.key === key);
  if (!found) throw new Error(`there is no column ${key}`);
  return found;
};

describe('which seats differ', () => {
  it('are those that are unlike most, each in what it is unlike', () => {
    const odd = seat(164, { version: '0.1.0' }, { isClockSynchronised: false });
    const rows = [...seats(163), odd];
    const found = compare(rows);
    expect(oddOf(odd, found)).toEqual(new Set(['version', 'clock']));
    for (const row of rows.slice(0, 163)) expect(oddOf(row, found).size).toBe(0);
    const versions = found.find((each) => each.column.key === 'version')?.found;
    expect(versions?.map(({ value, count }) => [value, count])).toEqual([
      ['0.2.0', 163],
      ['0.1.0', 1],
    ]);
  });

  it('are all where nobody leads', () => {
    const rows = [seat(1), seat(2, { version: '0.1.0' })];
    const found = compare(rows);
    expect(rows.map((row) => [...oddOf(row, found)])).toEqual([['version'], ['version']]);
  });

  it('are never those that have told nothing; an older seat differs by what it does not tell', () => {
    const silent = seat(9, { version: null, connected: false, firmware: null, machine: null }, null);
    const older = seat(8, { version: '0.0.9' }, null);
    const found = compare([...seats(3), silent, older]);
    expect(oddOf(silent, found).size).toBe(0);
    expect(oddOf(older, found)).toEqual(
      new Set(['version', 'image', 'boot', 'ended', 'clock', 'screen', 'build', 'reader']),
    );
    expect(found.find((each) => each.column.key === 'version')?.found.map(({ count }) => count)).toEqual([
      3, 1,
    ]);
  });

  it('do not differ by what no two seats have alike: uptime, heat, disk, round trip', () => {
    const other = seat(
      4,
      {
        roundTrip: 99,
        clockOffset: 40,
        machine: { model: 'Pi 4', celsius: 61, undervoltage: false, diskFree: 5e9, diskSize: 8e9 },
      },
      { bootedAt: 1, screen: { is: 'drawn', build: 'abc', since: 9 } },
    );
    expect(oddOf(other, compare([...seats(3), other])).size).toBe(0);
  });
});

describe('the columns', () => {
  it('have a title in both languages', () => {
    for (const { key } of COLUMNS)
      for (const words of Object.values(fleetWords)) expect(words.columns[key], key).toMatch(/\S/);
  });

  it('say what is true, in both languages', () => {
    const row = seat(
      1,
      {
        clockOffset: -12_340,
        faults: ['disk-read-only'],
        machine: { model: 'Pi 4', celsius: 50, undervoltage: null, diskFree: 6e9, diskSize: 8e9 },
      },
      { boot: 'watchdog', wasUndervoltage: true },
    );
    const say = (key: string, language: 'zh' | 'en') => textOf(column(key), row, speechOf(language));
    expect(say('uptime', 'zh')).toBe('1 时 40 分');
    expect(say('uptime', 'en')).toBe('1 h 40 min');
    expect(say('boot', 'zh')).toBe('看门狗复位');
    expect(say('power', 'en')).toBe('was too low since start');
    expect(say('disk', 'en')).toBe('6.0 / 8.0 GB read-only');
    expect(say('offset', 'en')).toBe('-12.3 s');
    expect(textOf(column('offset'), seat(2, { clockOffset: -3 }), speechOf('en'))).toBe('0.0 s');
  });

  it('say nothing where nothing is known', () => {
    const silent = seat(
      1,
      { version: null, firmware: null, machine: null, roundTrip: null, waiting: null, clockOffset: null },
      null,
    );
    const known = COLUMNS.filter((each) => textOf(each, silent, speechOf('en')) !== '').map(({ key }) => key);
    expect(known).toEqual(['seat', 'terminal', 'state']);
  });

  it('sort by what they hold, numbers as numbers, what is not known last both ways', () => {
    const rows = [seat(10, { roundTrip: 9 }), seat(9, { roundTrip: null }), seat(2, { roundTrip: 100 })];
    const order = (sort: string) => sorted(rows, sort).map(({ view }) => view.terminal);
    expect(order('')).toEqual(['T10', 'T9', 'T2']);
    expect(order('terminal')).toEqual(['T2', 'T9', 'T10']);
    expect(order('roundTrip')).toEqual(['T10', 'T2', 'T9']);
    expect(order('-roundTrip')).toEqual(['T2', 'T10', 'T9']);
  });
});

describe('the table to download', () => {
  const csv = (row: FleetRow) => fleetCsv([row], speechOf('en'), { title: 'Faults', of: () => 'one, "two"' });

  it('has a line a seat and a field a column, whatever stands in them', () => {
    const text = csv(seat(1, {}, { reader: 'a "b", c' }));
    const lines = text.split('\r\n');
    expect(lines).toHaveLength(3);
    expect(text.startsWith('\uFEFFSeat,Terminal,State,')).toBe(true);
    expect(lines[1]).toContain('"a ""b"", c"');
    expect(lines[1]?.endsWith(',"one, ""two"""')).toBe(true);
  });

  it('holds no formula, though a terminal may say what it likes', () => {
    for (const reader of ['=1+1', '+A1', '@SUM(A1)', '-cmd|calc', '-1 +cmd|calc', '+1 s+A1', '＝1+1', '＠A1'])
      expect(csv(seat(1, {}, { reader })), reader).toContain(`,'${reader},`);
    expect(csv(seat(1, {}, { reader: '\t=1' }))).toContain(",'=1,");
    expect(csv(seat(1, { clockOffset: -1_500 }))).toContain(',-1.5 s,');
    expect(csv(seat(1, { clockOffset: 1_500 }))).toContain(',+1.5 s,');
  });
});

it('says in the reader’s language that a seat is simulated, and leaves names as they are', () => {
  const model = COLUMNS.find(({ key }) => key === 'model');
  const said = (row: FleetRow) =>
    (['zh', 'en'] as const).map((language) => model && textOf(model, row, speechOf(language)));
  const machine = { celsius: null, undervoltage: null, diskFree: null, diskSize: null };
  expect(said(seat(1, { machine: { ...machine, model: 'simulated' } }))).toEqual(['模拟', 'simulated']);
  expect(said(seat(2, { machine: { ...machine, model: 'Pi 5' } }))).toEqual(['Pi 5', 'Pi 5']);
});
