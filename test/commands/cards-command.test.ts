import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCardKeys } from '../../coordinator/cards/card-keys.ts';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import { cardsCommand } from '../../coordinator/cli/cards.ts';
import { loadFiles, loadHall } from '../../coordinator/config/hall-file.ts';
import { SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { RegisteredCard } from '../../coordinator/sitting/entries.ts';
import { cardKey, fromHex, SDM_KEY, writeProof } from '../../shared/protocol/ntag424.ts';
import { bundleOf } from '../support/both-verifiers.ts';
import { inProcess, type Outcome } from '../support/in-process.ts';
import { openHall, testSeat } from '../support/open-hall.ts';
import { checkIn, HandSeat } from '../support/seat-messages.ts';
import { STAFF_YAML } from '../support/staff.ts';

const HALLVOTE = `${process.cwd()}/dist/coordinator/cli/hallvote.js`;
const folder = mkdtempSync(join(tmpdir(), 'hallvote-cards-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (file: string) => join(folder, file);
const CONFIG = ['--config', at('hall.yaml')];
const CHIP = '04A1B2C3D4E5F6';
const HALL = `hall: { id: test-hall, name: 会堂 }
congress: { name: 大会 }
sitting: { id: s1, title: 第一次会议, date: "2027-01-15" }
files: { cards: cards.csv }
cards: { accept: [uid, ntag424], key: cards.key }
${STAFF_YAML}`;

beforeEach(() => {
  for (const file of ['cards.csv', 'cards.key']) rmSync(at(file), { force: true });
  writeFileSync(at('hall.yaml'), HALL);
  writeFileSync(at('roll.csv'), 'id,name,seat,card\nD1,王一,S1,ROLL1\nD2,李二,S2,\nD3,张三,S3,\n');
  writeFileSync(at('agenda.yaml'), 'motions:\n  - { id: m1, kind: decision, title: 决议 }\n');
});

/** `hallvote cards <args>`, as a program; `typed`: what is tapped on the simulated reader. */
function program(args: readonly string[], typed = ''): Outcome {
  const run = spawnSync(process.execPath, [HALLVOTE, 'cards', ...args, ...CONFIG], {
    encoding: 'utf8',
    input: typed,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

/** The same: what reads a card as a program, which starts that of the reader, all else in this process. */
async function cards(args: readonly string[], typed = ''): Promise<Outcome> {
  const readsCards = args.includes('--reader') || args[0] === 'read';
  return readsCards ? program(args, typed) : inProcess(cardsCommand(), [...args, ...CONFIG]);
}

const TYPED = ['--reader', 'simulated'];
const register = () => readFileSync(at('cards.csv'), 'utf8');
const listed = async (): Promise<RegisteredCard[]> =>
  z
    .array(RegisteredCard.extend({ name: z.string() }))
    .parse(JSON.parse((await cards(['list', '--json'])).out));
const find = async (card: string) => (await listed()).find((known) => known.card === card);

describe('hallvote cards', () => {
  it('lists the cards of roll and register', async () => {
    writeFileSync(at('cards.csv'), `卡号,代表,类型,状态,计数\n${CHIP},D2,ntag424,,7\nOLD1,D2,,挂失,\n`);
    writeFileSync(at('cards.key'), `${'00'.repeat(16)}\n`, { mode: 0o600 });
    const { code, out } = program(['list']);
    expect(await cards(['list'])).toEqual({ code, out, err: '' });
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['卡号 card', '代表 deputy', '姓名 name', '类型 kind', '状态 status', '计数 counter'],
      [CHIP, 'D2', '李二', 'ntag424', 'active', '7'],
      ['OLD1', 'D2', '李二', 'uid', 'lost'],
      ['ROLL1', 'D1', '王一', 'uid', 'active'],
      [''],
    ]);
    expect(await listed()).toHaveLength(3);
  });

  it('issues, blocks and replaces', async () => {
    expect(await cards(['issue', 'D2', '--card', '04:a1:b2:c3'])).toMatchObject({ code: 0, err: '' });
    expect(await find('04A1B2C3')).toMatchObject({ deputy: 'D2', kind: 'uid', status: 'active' });
    expect((await cards(['block', '04a1b2c3', '--lost'])).code).toBe(0);
    expect((await find('04A1B2C3'))?.status).toBe('lost');
    expect((await cards(['replace', 'ROLL1', 'NEW1'])).code).toBe(0);
    expect([(await find('ROLL1'))?.status, (await find('NEW1'))?.deputy]).toEqual(['cancelled', 'D1']);
    expect((await cards(['replace', 'NEW1', 'NEW2', '--lost'])).code).toBe(0);
    expect((await find('NEW1'))?.status).toBe('lost');
    const hall = loadHall(at('hall.yaml'));
    await cards(['key']);
    const files = hall.ok ? loadFiles(hall.value) : hall;
    expect(files).toMatchObject({ ok: true, value: { cards: [{}, {}, {}, {}], accept: ['uid', 'ntag424'] } });
  });

  it('imports a table, all of it or nothing', async () => {
    writeFileSync(at('new.csv'), 'deputy,card\nD2,AAAA\nD3,BBBB\n');
    expect((await cards(['import', at('new.csv')])).code).toBe(0);
    expect(await listed()).toHaveLength(3);
    const before = register();
    writeFileSync(at('new.csv'), 'deputy,card\nD2,CCCC\nD9,DDDD\n');
    const wrong = await cards(['import', at('new.csv')]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/new\.csv:3: there is no deputy D9 on the roll → /);
    expect(register()).toBe(before);
  });

  it('makes a key once, for its owner only', async () => {
    expect((await cards(['key'])).code).toBe(0);
    expect(statSync(at('cards.key')).mode & 0o777).toBe(0o600);
    const key = readFileSync(at('cards.key'), 'utf8');
    expect(key).toMatch(/^[0-9A-F]{32}\n$/);
    expect(await cards(['key'])).toMatchObject({ code: 2 });
    expect(readFileSync(at('cards.key'), 'utf8')).toBe(key);
  });

  const wrong: [string, readonly string[], RegExp][] = [
    ['an unknown deputy', ['issue', 'D9', '--card', 'AAAA'], /no deputy D9 on the roll/],
    ['another deputy’s card', ['issue', 'D2', '--card', 'ROLL1'], /card ROLL1 is D1’s/],
    ['a card and a tap', ['issue', 'D2', '--card', 'AAAA', '--tap'], /either --card <uid> or --tap/],
    ['neither', ['issue', 'D2'], /either --card <uid> or --tap/],
    ['a kind that needs another number', ['issue', 'D2', '--card', 'AAAA', '--kind', 'ntag424'], /is no UID/],
    ['an unknown kind', ['issue', 'D2', '--card', 'AAAA', '--kind', 'gold'], /Allowed choices/],
    ['an unknown card to block', ['block', 'AAAA', '--lost'], /there is no card AAAA/],
    ['no reason to block', ['block', 'ROLL1'], /either --lost or --cancelled/],
    ['an unknown card to replace', ['replace', 'AAAA', 'BBBB'], /there is no card AAAA/],
    ['a card replaced by itself', ['replace', 'ROLL1', 'ROLL1'], /is the old card/],
    [
      'no key for a card with keys',
      ['issue', 'D2', '--tap', '--kind', 'ntag424', ...TYPED],
      /no such key → make one/,
    ],
    ['a table that is not there', ['import', '/nowhere.csv'], /nowhere\.csv: there is no such file/],
    ['a ledger that is not there', ['update', '--from', '/nowhere'], /no such ledger or bundle/],
    ['a reader that does not work', ['read'], /the reader does not work: /],
    ['an unknown command', ['frobnicate'], /unknown command/],
  ];

  it.each(wrong)('%s: exits 2 with one line and changes nothing', async (_what, args, expected) => {
    const { code, out, err } = await cards(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(expected);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(existsSync(at('cards.csv'))).toBe(false);
  });

  it('says what to add where the hall has no register, and where a key can be read by others', async () => {
    await cards(['key']);
    chmodSync(at('cards.key'), 0o644);
    const open = await cards(['issue', 'D2', '--tap', '--kind', 'ntag424', ...TYPED]);
    expect(open).toMatchObject({
      code: 2,
      err: expect.stringMatching(/others can read this key → run chmod 600 /),
    });
    writeFileSync(at('hall.yaml'), HALL.replace(/^files.*\n/m, ''));
    expect(await cards(['list'])).toMatchObject({
      code: 2,
      err: 'hall.yaml: the hall has no register of cards → add cards: cards.csv below files:\n',
    });
    for (const text of [open.err, open.out])
      expect(text).not.toContain(readFileSync(at('cards.key'), 'utf8').trim());
  });
});

describe('hallvote cards at a reader', () => {
  it('shows the cards tapped', async () => {
    expect(await cards(['read', ...TYPED], '04A1B2C3\n1234567890\n')).toMatchObject({
      code: 0,
      out: '04A1B2C3\n1234567890\n',
    });
  });

  it('walks through the deputies without a card', async () => {
    const { code, out, err } = await cards(['read', '--into-roll', ...TYPED], 'ROLL1\nAAAA\nBBBB\n');
    expect(code).toBe(0);
    expect(err).toContain('card ROLL1 is D1’s');
    expect(err).toMatch(/D2 李二 S2[\s\S]*D3 张三 S3/);
    expect(out).toContain('registered: 2');
    expect([(await find('AAAA'))?.deputy, (await find('BBBB'))?.deputy]).toEqual(['D2', 'D3']);
    expect((await cards(['read', '--into-roll', ...TYPED])).out).toContain('every deputy has a card');
  });

  it('keeps what was written when the reader goes away', async () => {
    const cut = await cards(['read', '--into-roll', 'D2', 'D3', ...TYPED], 'AAAA\n');
    expect(cut).toMatchObject({ code: 2, err: expect.stringContaining('1 of 2 cards were written') });
    expect((await find('AAAA'))?.deputy).toBe('D2');
  });

  it('issues a tapped card, and refuses another deputy’s', async () => {
    expect((await cards(['issue', 'D2', '--tap', ...TYPED], 'AAAA\n')).code).toBe(0);
    expect((await find('AAAA'))?.deputy).toBe('D2');
    expect(await cards(['issue', 'D3', '--tap', ...TYPED], 'AAAA\n')).toMatchObject({
      code: 2,
      err: expect.stringContaining('card AAAA is D2’s; block it first'),
    });
  });

  it('gives an NTAG 424 its keys, once it is one, and prints none of them', async () => {
    await cards(['key']);
    const { code, out, err } = await cards(
      ['issue', 'D2', '--tap', '--kind', 'ntag424', ...TYPED],
      `${CHIP}\n`,
    );
    expect({ code, err }).toMatchObject({ code: 0, err: expect.not.stringContaining('Error') });
    expect(await find(CHIP)).toMatchObject({ deputy: 'D2', kind: 'ntag424', counter: 1 });
    const master = readFileSync(at('cards.key'), 'utf8').trim();
    for (const text of [out, err, register()]) expect(text.toUpperCase()).not.toContain(master);
    const wrongKind = await cards(['replace', CHIP, '--tap', ...TYPED], 'AAAA\n');
    expect(wrongKind).toMatchObject({ code: 2, err: expect.stringContaining('AAAA is no UID') });
  });

  it('keys go to the reader’s program on its standard input only', async () => {
    await cards(['key']);
    const child = spawn(process.execPath, [
      HALLVOTE,
      'cards',
      'issue',
      'D2',
      '--tap',
      '--kind',
      'ntag424',
      ...TYPED,
      ...CONFIG,
    ]);
    await new Promise((resolve) => child.stderr.once('data', resolve));
    const own = ['-o', 'args', '--ppid', String(child.pid)];
    const { stdout } = spawnSync('ps', own, { encoding: 'utf8' });
    const desk = stdout.split('\n').filter((line) => line.includes('card-desk.js'));
    expect(desk.length).toBeGreaterThan(0);
    for (const line of desk) expect(line).toMatch(/card-desk\.js --reader simulated( --personalise)?$/);
    child.stdin.end();
    await new Promise((resolve) => child.once('exit', resolve));
  });
});

describe('from one sitting to the next', () => {
  it('a tap used in a sitting is used in the next, by ledger or by bundle', async () => {
    await cards(['key']);
    await cards(['issue', 'D2', '--card', CHIP, '--kind', 'ntag424']);
    const keys = readCardKeys(at('cards.key'));
    if (!keys.ok) throw new Error('there is a key');
    const seat = testSeat(1);
    const card = { card: CHIP, deputy: 'd1', kind: 'ntag424', status: 'active', counter: 0 } as const;
    const open = await openHall({ seats: [seat], cards: [card], accept: ['ntag424'], cardKeys: keys.value });
    const hand = await new HandSeat(open, seat).begin();
    const uid = fromHex(CHIP) ?? new Uint8Array();
    const master = fromHex(readFileSync(at('cards.key'), 'utf8').trim()) ?? new Uint8Array();
    const proof = writeProof('https://x/', cardKey(master, uid, SDM_KEY), uid, 12);
    const message = checkIn(seat, { card: CHIP, proof });
    hand.tell(message);
    await hand.receipt(message.id);
    expect(await cards(['update', '--from', open.ledgerFile])).toMatchObject({ code: 0, err: '' });
    expect((await find(CHIP))?.counter).toBe(12);
    expect((await cards(['update', '--from', open.ledgerFile])).out).toContain('updated: 0');

    const ledger = Ledger.read(open.ledgerFile, SITTING_LEDGER);
    const bundle = bundleOf({ rows: [...ledger.rows()], key: open.key });
    ledger.close();
    await open.close();
    writeFileSync(at('cards.csv'), register().replace(',12', ',0'));
    writeFileSync(at('bundle.zip'), bundle);
    expect((await cards(['update', '--from', at('bundle.zip')])).code).toBe(0);
    expect((await find(CHIP))?.counter).toBe(12);

    bundle[2000] = (bundle[2000] ?? 0) ^ 1;
    writeFileSync(at('bundle.zip'), bundle);
    expect((await cards(['update', '--from', at('bundle.zip')])).code).toBe(1);
    writeFileSync(at('hall.yaml'), HALL.replace('test-hall', 'other-hall'));
    expect((await cards(['update', '--from', open.ledgerFile])).code).not.toBe(0);
  });
});
