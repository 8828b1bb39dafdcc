import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { stringify as toYaml } from 'yaml';
import { readAgenda } from '../../../coordinator/config/agenda-file.ts';
import { CARDS_SHAPE, readCards } from '../../../coordinator/config/cards-file.ts';
import { readCsv } from '../../../coordinator/config/csv-file.ts';
import { CsvTable } from '../../../coordinator/config/csv-table.ts';
import { loadHall } from '../../../coordinator/config/hall-file.ts';
import { describeProblem, type Loaded } from '../../../coordinator/config/problem.ts';
import { readRoll } from '../../../coordinator/config/roll-file.ts';
import { readTerminals } from '../../../coordinator/config/terminals-file.ts';
import { decodeText } from '../../../coordinator/config/text-file.ts';
import { sampleHall } from '../../../coordinator/rehearsal/sample/sample-hall.ts';
import { MemoryFile } from '../../../coordinator/scrutineer/memory-file.ts';
import { nodeSigner } from '../../../shared/protocol/ed25519-node.ts';
import { signJws } from '../../../shared/protocol/jws.ts';
import { makeKeyPair } from '../../../shared/protocol/keys.ts';
import type { Ballot } from '../../../shared/protocol/messages.ts';
import { ConfigError, readConfig } from '../../../terminal/config.ts';
import { diskCredentials } from '../../../terminal/delivery/credential.ts';
import { diskOutbox } from '../../../terminal/delivery/outbox.ts';
import { DataError, Disk } from '../../../terminal/machine/disk.ts';
import { openIdentity } from '../../../terminal/machine/identity.ts';
import { seededBytes } from '../../support/sample-ledger.ts';
import { ROOT } from '../engine/corpus.ts';
import { once } from '../once.ts';
import { mustEqual, mustHold, type Target, utf8 } from '../target.ts';
import type { Targets } from './all.ts';
import { openPlay } from './stage.ts';

/** What the hall's staff write, and what a program finds of its own on its disk again. */

const folder = once(() => {
  const made = mkdtempSync(join(tmpdir(), 'hallvote-fuzz-files-'));
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
});

function written(name: string, content: Uint8Array | string): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

/** Every problem is one line that names the file and a cure. */
function fitToShow(loaded: Loaded<unknown>): void {
  if (loaded.ok) return;
  mustHold(loaded.problems.length > 0 && loaded.problems.length <= 20, 'no problem, or too many');
  for (const problem of loaded.problems) {
    const line = describeProblem(problem);
    mustHold(problem.cure !== '' && !/undefined|NaN|\[object/.test(line), 'a problem that helps nobody');
    mustHold(
      problem.line === null || (Number.isInteger(problem.line) && problem.line >= 1),
      'no line of a file',
    );
  }
}

const utf16le = (text: string): Uint8Array =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

/**
 * A table: problems can be shown; the same text in UTF-16 says the same; what was read and written anew reads the same.
 */
function table(
  name: string,
  read: (path: string, file: string) => Loaded<readonly object[]>,
  rowOf: (row: object) => object,
  seeds: Target['seeds'],
): Target {
  return {
    run: (input) => {
      const found = read(written(name, input), name);
      fitToShow(found);
      const text = decodeText(input, name);
      mustHold(text.ok || !found.ok, 'a file is read that is no text');
      if (text.ok && !text.value.startsWith('\uFEFF') && Buffer.from(text.value).toString() === text.value)
        mustEqual(read(written(name, utf16le(text.value)), name), found, 'in UTF-16 it says something else');
      if (!found.ok || found.value.length === 0) return;
      const anew = stringify(found.value.map(rowOf), { header: true });
      mustEqual(read(written(name, `\uFEFF${anew}`), name), found, 'written anew it says something else');
    },
    seeds,
    // A line of one byte costs csv-parse as much as a long one: 40 µs.
    time: { base: 200, perKib: 250 },
    most: 4_096,
  };
}

const configFixture = (name: string): Uint8Array =>
  readFileSync(join(ROOT, 'coordinator/config/fixtures', name));

const withoutLines = (loaded: Loaded<readonly { line: number }[]>): Loaded<readonly object[]> =>
  loaded.ok ? { ok: true, value: loaded.value.map(({ line: _, ...row }) => row) } : loaded;

const roll = table(
  'roll.csv',
  readRoll,
  (row) => ({ ...row, card: 'cards' in row && Array.isArray(row.cards) ? row.cards.join(';') : '' }),
  () => ({
    sample: sampleHall(6)['roll.csv'] ?? '',
    gbk: configFixture('roll-gbk.csv'),
    bom: configFixture('roll-bom.csv'),
    utf16: configFixture('roll-utf16.txt'),
    quoted: 'id;name;seat\nd1;"A ""B"" C";1\nd2;"D\n";"2"\n\n',
  }),
);

const terminals = table(
  'terminals.csv',
  readTerminals,
  (row) => row,
  () => ({
    two: `terminal,seat,key\n${openPlay()
      .seats.slice(0, 2)
      .map(({ terminal, seat, key }) => `${terminal},${seat},${key.x}`)
      .join('\n')}\n`,
  }),
);

const cards = table(
  'cards.csv',
  (path, file) => withoutLines(readCards(path, file)),
  (row) => ('card' in row && typeof row.card === 'object' ? { ...row.card } : row),
  () => ({ mixed: '卡号,代表,类型,状态,计数\n04A1B2C3D4E5F6,d1,NTAG 424 DNA,有效,7\nABCD 1234,d2,,挂失,\n' }),
);

/** Unchanged it is written byte for byte; changed in one cell, that cell and no other says something else. */
const csvTable: Target = {
  run: (input) => {
    const path = written('table.csv', input);
    const opened = open(path);
    if (opened === null) return;
    const text = decodeText(input, 'table.csv');
    const printed = opened.toString();
    if (text.ok)
      mustHold(
        printed.replace(/^\uFEFF/, '') === text.value.replace(/^\uFEFF/, ''),
        'unchanged it is written otherwise',
      );
    const before = readCsv(path, 'table.csv', CARDS_SHAPE);
    const row = opened.find(() => true);
    if (row === null || !before.ok) return;
    opened.set(row, { deputy: 'x"y,z' });
    const after = readCsv(written('table.csv', opened.toString()), 'table.csv', CARDS_SHAPE);
    mustHold(after.ok && after.value.length === before.value.length, 'a changed table cannot be read');
    const [first, ...rest] = before.value;
    const expected = [{ ...first?.cells, deputy: 'x"y,z' }, ...rest.map(({ cells }) => cells)];
    mustEqual(
      after.value.map(({ cells }) => cells),
      expected,
      'another cell was changed',
    );
  },
  seeds: cards.seeds,
  time: { base: 200, perKib: 250 },
};

/** A table that csv-parse cannot cut is found by readCsv first, in the command that uses this. */
function open(path: string): CsvTable<keyof typeof CARDS_SHAPE.columns> | null {
  if (!readCsv(path, 'table.csv', CARDS_SHAPE).ok) return null;
  const opened = CsvTable.open(path, 'table.csv', CARDS_SHAPE);
  return opened.ok ? opened.value : null;
}

const QUORUM = { num: 2, den: 3 };

/** What an agenda says says the same when it is written as plain YAML. */
const agenda: Target = {
  run: (input) => {
    const found = readAgenda(written('agenda.yaml', input), 'agenda.yaml', QUORUM);
    fitToShow(found);
    if (!found.ok) return;
    const anew = readAgenda(
      written('agenda.yaml', toYaml({ motions: found.value.motions })),
      'agenda.yaml',
      QUORUM,
    );
    mustEqual(anew, found, 'written anew it says something else');
  },
  seeds: () => ({
    sample: sampleHall(3)['agenda.yaml'] ?? '',
    short: 'motions:\n  - {id: m1, kind: decision, title: {zh: 会}, threshold: 2/3}\n',
  }),
  time: { base: 200, perKib: 60 },
  most: 8_192,
};

const hall: Target = {
  run: (input) => fitToShow(loadHall(written('hall.yaml', input))),
  seeds: () => ({ sample: sampleHall(3)['hall.yaml'] ?? '' }),
  time: { base: 200, perKib: 60 },
  most: 8_192,
};

/** A terminal's data folder, empty but for these files. */
function homeWith(files: Readonly<Record<string, Uint8Array | string>>): Disk {
  const home = join(folder(), 'home');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(home, 'outbox'), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(home, name), content);
  return new Disk(home);
}

/** What an outbox holds is a ballot of this terminal under its own name; everything else is set aside and told of. */
const outbox: Target = {
  run: (input) => {
    const [first] = ballots();
    if (!first) throw new Error('there is a ballot');
    const disk = homeWith({ [`outbox/${first.id}.jws`]: input });
    const told: string[] = [];
    const kept = diskOutbox(disk, KEY, (file) => told.push(file)).all();
    mustHold(kept.length + told.length === 1, 'a file vanished');
    if (kept[0]) mustHold(kept[0].jws === first.jws, 'a ballot was forged');
    mustHold(
      (disk.list('outbox/unreadable') ?? []).length === told.length,
      'what was set aside is not there',
    );
  },
  seeds: () => Object.fromEntries(ballots().map(({ id, jws }) => [id, jws])),
};

const KEY = makeKeyPair(seededBytes(8));
const ballots = once(() =>
  ['A', 'B'].map((letter) => {
    const ballot: Ballot = {
      typ: 'ballot',
      v: 1,
      id: letter.repeat(22),
      hall: 'h',
      sitting: 's',
      terminal: 'T1',
      deputy: 'd1',
      round: 'm1/1',
      opening: '0'.repeat(64),
      press: 1,
      choice: { kind: 'decision', option: 'for' },
    };
    return { id: ballot.id, jws: signJws(ballot, nodeSigner(KEY)) };
  }),
);

/** A terminal's own files: read as they were written, or a fault in words; never anything else. */
const identity: Target = {
  run: (input) => {
    const text = utf8(input);
    const cut = text.indexOf('\n---\n');
    const numbers = text.slice(cut + 5);
    const disk = homeWith({
      seed: text.slice(0, Math.max(0, cut)),
      'numbers.json': numbers,
      'credential.json': numbers,
    });
    diskCredentials(disk, randomBytes).of('d1');
    try {
      const n = openIdentity(disk, randomBytes).nextConnection();
      mustHold(Number.isSafeInteger(n) && n > 0, 'a connection has no number');
      const next = openIdentity(disk, randomBytes).nextConnection();
      mustHold(next === Math.min(n + 1, Number.MAX_SAFE_INTEGER), 'a number was given twice');
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
  },
  seeds: () => ({
    numbers: `${'A'.repeat(43)}\n---\n{"connection":3}`,
    credential: `${'A'.repeat(43)}\n---\n{"deputy":"d1","secret":"123456"}`,
  }),
};

/** A seat's own file: settings, or one line with the place of the mistake. */
const terminalFile: Target = {
  run: (input) => {
    const path = written('terminal.yaml', input);
    try {
      readConfig(path);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      mustHold(
        error.message.startsWith(path) && !/undefined|NaN|\[object/.test(error.message),
        'a fault that helps nobody',
      );
    }
  },
  seeds: () => ({
    simulated: `id: T1\nhall: h\ncoordinator:\n  url: mqtt://127.0.0.1:1883\n  key: ${KEY.x}\nboard: simulated\n`,
    pi: `id: T1\nhall: h\ncoordinator: {url: "mqtts://hall:8883", key: ${KEY.x}, ca: ca.pem}\nboard: raspberry-pi\nreader: pn532\nscreen: {port: 0, language: en}\n`,
  }),
  time: { base: 200, perKib: 60 },
};

/** A scrutineer's memory: damaged, or the same after it was written once more. */
const memory: Target = {
  run: (input) => {
    const file = new MemoryFile(written('memory.json', input));
    const found = file.read();
    if (typeof found === 'string') return mustHold(found === 'damaged', 'a file that is there has gone');
    const noted = file.update((held) => ({ ...held, stopped: { sitting: 'x', ceremony: 1 } }));
    mustEqual(file.read(), noted, 'it remembers something else');
    if (typeof noted === 'string') return mustHold(false, 'a memory cannot be written');
    mustEqual(noted.decrypted, found.decrypted, 'a sum was forgotten');
    mustEqual(noted.agreed, found.agreed, 'an agreement was forgotten');
  },
  seeds: () => ({
    nothing: '{"what":"hallvote scrutineer memory","v":1,"decrypted":{},"agreed":null,"stopped":null}',
    full: JSON.stringify({
      what: 'hallvote scrutineer memory',
      v: 1,
      decrypted: { abc: 'def' },
      agreed: { sitting: 's', ceremony: 1, fingerprint: 'a'.repeat(64), publicKey: null, isCompared: true },
      stopped: { sitting: 's', ceremony: 1 },
    }),
  }),
};

export const files: Targets = {
  roll,
  terminals,
  cards,
  'csv-table': csvTable,
  agenda,
  hall,
  'terminal-yaml': terminalFile,
  outbox,
  identity,
  memory,
};
