import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadFiles, loadHall, wireOf } from './hall-file.ts';
import { describeProblem } from './problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallvote-hall-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LEAST = `hall: { id: h, name: 会堂 }
congress: { name: 大会 }
sitting: { id: s1, title: 第一次会议, date: 2027-01-15 }
staff: [{ id: a, name: 甲, roles: [chair, administrator] }, { id: s1, name: 乙, roles: [scrutineer] }, { id: s2, name: 丙, roles: [scrutineer] }]
`;
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const load = (text: string) => loadHall(write('hall.yaml', text));
const problems = (text: string) => {
  const hall = load(text);
  return hall.ok ? [] : hall.problems.map(describeProblem);
};

describe('hall.yaml', () => {
  it('needs a hall, a congress, a sitting and its staff only; the rest is usual', () => {
    expect(load(LEAST)).toEqual({
      ok: true,
      value: {
        hall: { id: 'h', name: { zh: '会堂' } },
        congress: { name: { zh: '大会' } },
        sitting: { id: 's1', title: { zh: '第一次会议' }, date: '2027-01-15' },
        staff: [
          { id: 'a', name: '甲', roles: ['chair', 'administrator'] },
          { id: 's1', name: '乙', roles: ['scrutineer'] },
          { id: 's2', name: '丙', roles: ['scrutineer'] },
        ],
        rights: { rights: { operatorForChair: false, secondForCards: false }, idleMs: 3_600_000 },
        seating: 'fixed',
        quorum: { num: 2, den: 3 },
        files: {
          roll: join(folder, 'roll.csv'),
          agenda: join(folder, 'agenda.yaml'),
          terminals: null,
          cards: null,
        },
        cards: { accept: ['uid'], key: null },
        secrecy: null,
        address: null,
        tls: 'on',
        insecure: false,
        listen: {
          http: { host: '0.0.0.0', port: 8080, names: [] },
          https: { port: 8443 },
          mqtt: { host: '0.0.0.0', port: 8883 },
        },
        data: join(folder, 'data'),
      },
    });
  });

  it('names a register of cards, the kinds accepted and their key', () => {
    const cards =
      'files: { cards: cards.csv }\ncards: { accept: [ntag424, uid, uid], key: keys/cards.key }\n';
    expect(load(`${LEAST}${cards}`)).toMatchObject({
      ok: true,
      value: {
        files: { cards: join(folder, 'cards.csv') },
        cards: { accept: ['uid', 'ntag424'], key: join(folder, 'keys/cards.key') },
      },
    });
  });

  it('lists the staff, and how far they go beyond the table of rights', () => {
    expect(problems(LEAST.replace(/staff:.*/, ''))).toEqual([
      expect.stringMatching(/staff is missing → add the setting staff/),
    ]);
    expect(load(`${LEAST}rights: { operatorForChair: true, idleMinutes: 5 }\n`)).toMatchObject({
      value: { rights: { rights: { operatorForChair: true, secondForCards: false }, idleMs: 300_000 } },
    });
    expect(problems(`${LEAST}rights: { secondForCard: true }\n`)).toEqual([
      expect.stringMatching(/rights\.secondForCard is not a setting here → .*secondForCards/),
    ]);
  });

  it('names a scrutineer of secret votes who is none on the staff, with line and cure', () => {
    const held = (ids: string) => problems(`${LEAST}secrecy:\n  threshold: 1\n  scrutineers: ${ids}\n`);
    expect(held('[s1, nobody]')).toEqual([
      expect.stringMatching(
        /^hall\.yaml:\d+: secrecy\.scrutineers\.1: nobody on the staff has the id nobody → add nobody to staff/,
      ),
    ]);
    expect(held('[s1, a]')).toEqual([
      expect.stringMatching(/scrutineers\.1: a is no scrutineer → write scrutineer among the roles of a /),
    ]);
  });

  it('says who holds the key of secret votes', () => {
    const held = (secrecy: string) => load(`${LEAST}secrecy: ${secrecy}\n`);
    expect(held('{ holder: coordinator }')).toMatchObject({ value: { secrecy: { holder: 'coordinator' } } });
    const two = 'scrutineers: [s1, s2]';
    expect(held(`{ threshold: 2, ${two} }`)).toMatchObject({ value: { secrecy: { threshold: 2 } } });
    for (const wrong of [
      `{ threshold: 3, ${two} }`,
      `{ threshold: 0, ${two} }`,
      '{ holder: nobody }',
      'none',
    ])
      expect(held(wrong)).toMatchObject({ ok: false });
    expect(held('{ threshold: 1, scrutineers: [s1, s1] }')).toMatchObject({
      ok: false,
    });
  });

  it('without TLS listens on this machine alone, unless it is written out that others may', () => {
    const at = (more: string) => {
      const hall = load(`${LEAST}${more}`);
      return hall.ok ? [hall.value.listen.http.host, hall.value.listen.mqtt] : hall;
    };
    expect(at('tls: off\n')).toEqual(['127.0.0.1', { host: '127.0.0.1', port: 1883 }]);
    const open = { host: '0.0.0.0', port: 1883 };
    expect(at('tls: off\ninsecure: true\n')).toEqual(['0.0.0.0', open]);
    expect(at('tls: off\nlisten: { http: { host: localhost } }\n')).toMatchObject(['localhost', {}]);
    expect(problems(`${LEAST}tls: off\nlisten:\n  mqtt: { host: 10.0.0.1 }\n`)).toEqual([
      expect.stringMatching(/^hall\.yaml:7: listen\.mqtt\.host: without TLS, .* → write tls: on; or /),
    ]);
  });

  it('is open where anything goes in the clear beyond this machine', () => {
    const wire = (more: string) => {
      const hall = load(`${LEAST}${more}`);
      return hall.ok ? wireOf(hall.value) : hall;
    };
    expect(wire('tls: on\n')).toBe('tls');
    expect(wire('tls: on\ninsecure: true\n')).toBe('tls');
    expect(wire('tls: { cert: hall.crt, key: hall.key }\n')).toBe('tls');
    expect(wire('tls: off\n')).toBe('local');
    const open = 'tls: off\ninsecure: true\n';
    expect(wire(open)).toBe('open');
    expect(wire(`${open}listen: { http: { host: 127.0.0.1 }, mqtt: { host: 10.0.0.1 } }\n`)).toBe('open');
    expect(wire(`${open}listen: { http: { host: '::1' }, mqtt: { host: localhost } }\n`)).toBe('local');
  });

  it('may bring a certificate of its own', () => {
    expect(load(`${LEAST}tls: { cert: hall.crt, key: keys/hall.key }\n`)).toMatchObject({
      value: { tls: { cert: join(folder, 'hall.crt'), key: join(folder, 'keys/hall.key') } },
    });
  });

  it('names files relative to itself, or absolutely', () => {
    expect(
      load(`${LEAST}files: { roll: lists/a.csv, terminals: ../t.csv }\ndata: /srv/data\n`),
    ).toMatchObject({
      ok: true,
      value: {
        files: { roll: join(folder, 'lists/a.csv'), terminals: join(folder, '..', 't.csv') },
        data: '/srv/data',
      },
    });
  });

  it.each([
    [LEAST.replace('01-15', '02-30'), 'hall.yaml:3: sitting.date: write a day that exists as "2027-01-15"'],
    [LEAST.replace('name: 大会', 'name: ""'), 'hall.yaml:2: congress.name: '],
    [LEAST.replace('id: s1', 'id: s/1'), 'hall.yaml:3: sitting.id: letters, digits'],
    [`${LEAST}quorum: 0.5\n`, 'hall.yaml:5: quorum: write a fraction as 2/3'],
    [`${LEAST}quorum: 3/2\n`, 'hall.yaml:5: quorum: a fraction is at most 1'],
    [
      `${LEAST}listen:\n  http:\n    prot: 80\n`,
      'hall.yaml:7: listen.http.prot is not a setting here → remove it, or write port',
    ],
    [`${LEAST}listen:\n  mqtt: { port: -1 }\n`, 'hall.yaml:6: listen.mqtt.port: '],
    [`${LEAST}cards: { accept: [ntag] }\n`, '→ write one of: uid, ntag424'],
    [`${LEAST}cards: { accept: [] }\n`, 'hall.yaml:5: cards.accept: '],
    [`${LEAST}tls: yes\n`, 'hall.yaml:5: tls'],
    [`${LEAST}tls: { cert: a.crt }\n`, 'hall.yaml:5: tls.key is missing'],
    [`${LEAST}seatings: free\n`, 'hall.yaml:5: seatings is not a setting here → remove it, or write seating'],
  ])('%j: names line and cure', (text, expected) => {
    const found = problems(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
    expect(found[0]).toMatch(/ → \S/);
  });

  it('is missed by name', () => {
    const hall = loadHall(join(folder, 'none.yaml'));
    expect(hall.ok || hall.problems.map(describeProblem)).toEqual([
      `none.yaml: there is no such file → check the path ${join(folder, 'none.yaml')} and who may read it`,
    ]);
  });
});

describe('the files of a hall', () => {
  it('give their own quorum or the hall’s, secret votes too, and seats that are not on the roll', () => {
    write('roll.csv', 'id,name,seat\nD1,王一,A1\n');
    write('terminals.csv', 'terminal,seat,key\nT9,Z9,11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\n');
    write(
      'agenda.yaml',
      'motions:\n  - { id: m1, kind: decision, title: 甲, voting: secret }\n  - { id: m2, kind: decision, title: 乙, quorum: 1/2 }\n',
    );
    const hall = load(`${LEAST}quorum: 3/4\nseating: free\nfiles: { terminals: terminals.csv }\n`);
    expect(hall.ok && loadFiles(hall.value)).toMatchObject({
      ok: true,
      value: {
        seating: 'free',
        quorum: { num: 3, den: 4 },
        deputies: [{ id: 'D1' }],
        terminals: [{ terminal: 'T9', seat: 'Z9' }],
        motions: [
          { id: 'm1', voting: 'secret', quorum: { num: 3, den: 4 } },
          { id: 'm2', voting: 'open', quorum: { num: 1, den: 2 } },
        ],
      },
    });
  });

  describe('cards', () => {
    const CARDS = `${LEAST}files: { cards: cards.csv }\n`;
    const files = (cards: string, more = '') => {
      write('roll.csv', 'id,name,seat,card\nD1,王一,A1,ROLL1\n');
      write('agenda.yaml', 'motions:\n  - { id: m1, kind: decision, title: 甲 }\n');
      write('cards.csv', cards);
      const hall = load(`${CARDS}${more}`);
      const loaded = hall.ok ? loadFiles(hall.value) : hall;
      return loaded.ok ? loaded.value : loaded.problems.map(describeProblem);
    };
    const CHIP = 'card,deputy,kind\n04A1B2C3D4E5F6,D1,ntag424\n';

    it('come from the register, beside those of the roll', () => {
      const line = { card: 'AAAA', deputy: 'D1', kind: 'uid', status: 'active', counter: 0 };
      expect(files('卡号,代表编号\naaaa,D1\n')).toMatchObject({
        cards: [line],
        accept: ['uid'],
        cardKeys: null,
      });
    });

    it.each([
      ['card,deputy\nAAAA,D7\n', '', 'cards.csv:2: deputy D7 is not on the roll → '],
      ['card,deputy,status\nROLL1,D2,lost\n', '', 'cards.csv:2: card ROLL1 is D1’s in the roll → '],
      [CHIP, '', 'hall.yaml: NTAG 424 cards are accepted or registered, but cards.key names no key'],
      ['card,deputy\n', 'cards: { accept: [ntag424] }\n', 'but cards.key names no key to check them with → '],
      [
        CHIP,
        'cards: { key: none.key }\n',
        'none.key: there is no such key → make one with hallvote cards key',
      ],
      [CHIP, 'cards: { key: roll.csv }\n', 'roll.csv: others can read this key → run chmod 600 '],
      [CHIP, 'cards: { key: bad.key }\n', 'bad.key: is no key of 32 hexadecimal digits → restore it'],
    ])('%j with %j: names the mistake and its cure', (cards, more, expected) => {
      writeFileSync(join(folder, 'bad.key'), 'no key\n', { mode: 0o600 });
      expect(files(cards, more)).toEqual([expect.stringContaining(expected)]);
    });

    it('of deputies no longer on the roll may stay, blocked', () => {
      expect(files('card,deputy,status\nAAAA,D7,cancelled\n')).toMatchObject({ cards: [{ deputy: 'D7' }] });
    });

    it('with keys are checked with the key named', () => {
      writeFileSync(join(folder, 'cards.key'), `${'00'.repeat(16)}\n`, { mode: 0o600 });
      const read = files(CHIP, 'cards: { key: cards.key, accept: [ntag424] }\n');
      expect(read).toMatchObject({ accept: ['ntag424'], cards: [{ kind: 'ntag424' }], cardKeys: {} });
      expect(JSON.stringify({ ...read, idleMs: null })).not.toContain('0000');
    });
  });

  it('tell their mistakes together, each by its own name', () => {
    write('roll.csv', 'id,name,seat\nD1,,A1\n');
    write('terminals.csv', 'terminal,seat,key\nT1,,x\n');
    write(
      'agenda.yaml',
      'motions:\n  - { id: m, kind: selection, title: 甲, places: 1, candidates: [{ id: c2, title: a }, b] }\n',
    );
    const hall = load(`${LEAST}files: { terminals: terminals.csv }\n`);
    const files = hall.ok ? loadFiles(hall.value) : hall;
    expect(files.ok || files.problems.map(describeProblem)).toEqual([
      expect.stringMatching(/^roll\.csv:2: name: the cell is empty → /),
      expect.stringMatching(/^agenda\.yaml:2: motions\.0\.candidates\.1\.id: there are two candidates c2 → /),
      expect.stringMatching(/^terminals\.csv:2: seat, key is not valid → /),
    ]);
  });
});
