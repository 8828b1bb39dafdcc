import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BUNDLE_FILES } from '../../coordinator/bundle/export/archive.ts';
import { makeBundle } from '../../coordinator/bundle/export/bundle.ts';
import { expectedKey } from '../../coordinator/bundle/verify/expected-key.ts';
import { BELIEVED, OF_THE_KEY, UNREADABLE } from '../../coordinator/bundle/verify/refusals.ts';
import { summary, summaryJson } from '../../coordinator/bundle/verify/summary.ts';
import { verifyBundle } from '../../coordinator/bundle/verify/verify.ts';
import { ledgerLine } from '../../coordinator/chronicle/line.ts';
import type { Wire } from '../../coordinator/contract/wire.ts';
import { OwnEntry } from '../../coordinator/sitting/entries.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { REASON_CODES } from '../../shared/protocol/reasons.ts';
import { bundleOf, INDEPENDENT, independent, PROGRAM, verdict } from '../support/both-verifiers.ts';
import { filesOf, withFiles } from '../support/forge.ts';
import {
  FOR,
  SAMPLE_MOTIONS,
  type SampleLedger,
  SamplePlay,
  sampleLedger,
  seeded,
  seededBytes,
} from '../support/sample-ledger.ts';

const HALLVOTE = `${process.cwd()}/dist/coordinator/cli/hallvote.js`;

/** A decision by two deputies: a bundle small enough to be tried a thousand times. */
function smallLedger(): SampleLedger {
  const play = new SamplePlay(2, SAMPLE_MOTIONS.slice(0, 1));
  for (const seat of play.seats) play.checkIn(seat);
  play.act({ act: 'open', motion: 'm1', rehearsal: false });
  for (const seat of play.seats) play.vote(seat, FOR);
  play.act({ act: 'close', round: 'm1/1' });
  play.act({ act: 'announce', round: 'm1/1' });
  return play.end();
}

const sample = sampleLedger();
const bundle = bundleOf(sample);
const small = smallLedger();
const smallBundle = bundleOf(small);

const folder = mkdtempSync(join(tmpdir(), 'hallvote-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

function onDisk(name: string, bytes: Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

const run = (...args: string[]) => spawnSync(process.execPath, args, { encoding: 'utf8' });

describe('G5: an original bundle', () => {
  it('verifies, and both verifiers recount the same results', () => {
    const verification = verifyBundle(bundle, { program: PROGRAM, key: sample.key.kid });
    expect(verification).toMatchObject({ ok: true, reportBy: null });
    const Rounds = z.object({
      rounds: z.array(z.object({ round: z.string(), phase: z.string(), result: z.unknown() })),
    });
    const ours = Rounds.parse(JSON.parse(summaryJson(verification)));
    const theirs = Rounds.parse(independent(Buffer.from(bundle), sample.key.kid));
    expect(theirs.rounds.length).toBe(8);
    expect(theirs).toEqual(ours);
  });

  it('is the same, byte for byte, however often it is made', () => {
    expect(Buffer.compare(bundleOf(sample), bundle)).toBe(0);
    expect(Buffer.compare(bundleOf(sampleLedger()), bundle)).toBe(0);
  });

  it('is a ZIP archive any program opens, every file in its order', () => {
    expect(Object.keys(unzipSync(bundle))).toEqual(BUNDLE_FILES);
  });

  it('accepts the coordinator’s key or its thumbprint and no other', () => {
    expect(verifyBundle(bundle, { key: sample.key.x })).toMatchObject({ ok: true, keyBits: 256 });
    expect(verdict(bundle, sample.key.kid)).toBe('fine');
    expect(verdict(bundle, makeKeyPair(seededBytes(99)).kid)).toBe('another-coordinator');
  });

  it('takes the fingerprint that it prints, and says how much of the key that is', () => {
    const [, printed = ''] =
      /published before the sitting\): (.+)/.exec(
        summary(verifyBundle(bundle, { program: PROGRAM }), 'en'),
      ) ?? [];
    for (const given of [printed, printed.replaceAll(' ', ''), printed.replaceAll(' ', '-')]) {
      const verification = verifyBundle(bundle, { program: PROGRAM, key: expectedKey(given) ?? '' });
      expect(verification).toMatchObject({ ok: true, keyBits: 96 });
      expect(summary(verification, 'en')).toContain('only 96 of its 256 bits were compared');
      expect(summary(verification, 'zh')).toContain('只比对了 256 位中的 96 位');
    }
    const [last = ''] = printed.slice(-1);
    const other = `${printed.slice(0, -1)}${last === 'A' ? 'B' : 'A'}`;
    expect(verdict(bundle, expectedKey(other) ?? '')).toBe('another-coordinator');
    for (const none of ['', 'AAAA', printed.slice(1), `${sample.key.kid}A`, '*'.repeat(16)])
      expect(expectedKey(none)).toBeNull();
  });

  it('says loudly that a report of another version was not checked, and does not take its word', () => {
    const verification = verifyBundle(bundle, { program: '9.9.9' });
    expect(verification).toMatchObject({ ok: true, reportBy: PROGRAM });
    expect(summary(verification, 'en')).toMatch(/^!!! UNCHECKED: report\.html !!!\n/);
    expect(summary(verification, 'zh')).toMatch(/^！！！ 未核验：report\.html ！！！\n/);
    expect(JSON.parse(summaryJson(verification))).toMatchObject({ ok: true, unchecked: ['report.html'] });
    const changedReport = withFiles(bundle, { 'report.html': 'all is well' }, sample.rows);
    expect(verifyBundle(changedReport, { program: '9.9.9' }).ok).toBe(false);
  });

  it('tells the clerk the results, the key and the checkpoint to compare', () => {
    const verification = verifyBundle(bundle, { program: PROGRAM });
    const zh = summary(verification, 'zh');
    expect(zh).toContain('核验通过');
    expect(zh).toContain('赞成 5  反对 1  弃权 1  未按键 1  → 通过');
    expect(zh).toContain('无票可复核');
    const last = sample.rows.findLast((row) => row.type === 'checkpoint');
    const short = last?.prev.slice(0, 4);
    expect(zh).toMatch(new RegExp(`末次账本校验码.*${short}`));
  });
});

describe('G5: a changed byte', () => {
  it('is found wherever it is in the archive’s own bytes', () => {
    const files = filesOf(smallBundle);
    const content = new Set<number>();
    let at = 0;
    for (const name of BUNDLE_FILES) {
      at += 30 + name.length;
      for (let i = 0; i < files[name].length; i += 1) content.add(at + i);
      at += files[name].length;
    }
    const own = Array.from(smallBundle.keys()).filter((i) => !content.has(i));
    expect(own.length).toBeGreaterThan(700);
    for (const i of own) expectFlipFound(smallBundle, i, 1 << (i % 8));
  });

  it('is found in every file, wherever it is', () => {
    const random = seeded(Number(process.env.HALLVOTE_SEED ?? 20270115));
    let at = 0;
    for (const name of BUNDLE_FILES) {
      at += 30 + name.length;
      const { length } = filesOf(smallBundle)[name];
      const places = [0, length - 1, ...Array.from({ length: 80 }, () => Math.floor(random() * length))];
      for (const i of places) expectFlipFound(smallBundle, at + i, 1 << Math.floor(random() * 8));
      at += length;
    }
  });

  it('is found anywhere in a sitting with everything in it', () => {
    const random = seeded(Number(process.env.HALLVOTE_SEED ?? 7));
    for (let n = 0; n < 120; n += 1)
      expectFlipFound(bundle, Math.floor(random() * bundle.length), 1 << Math.floor(random() * 8));
  });

  it('in an entry is named by the entry', () => {
    const text = Buffer.from(bundle);
    const i = text.indexOf('"seq":42,') + '"seq":42,"prev":"'.length;
    text[i] = (text[i] ?? 0) === 0x61 ? 0x62 : 0x61;
    const verification = verifyBundle(text, { program: PROGRAM });
    expect(verification).toMatchObject({ ok: false, broken: { entry: 42, type: 'ballot', problem: 'hash' } });
    expect(summary(verification, 'zh')).toContain('账本第 42 条（ballot）');
    expect(summary(verification, 'en')).toContain('ledger entry 42 (ballot)');
  });

  it('in another file is named by the file', () => {
    const text = Buffer.from(bundle);
    const i = text.indexOf('"passed": true');
    text[i + 1] = 0x50;
    expect(verifyBundle(text, { program: PROGRAM })).toMatchObject({
      broken: { problem: 'manifest-file', detail: { en: 'results.json' } },
    });
  });

  function expectFlipFound(original: Uint8Array, at: number, bit: number): void {
    const copy = Uint8Array.from(original);
    copy[at] = (copy[at] ?? 0) ^ bit;
    if (verdict(copy) === 'fine') throw new Error(`bit ${bit} of byte ${at} may be flipped`);
  }
});

describe('what is no bundle', () => {
  const random = seededBytes(11);
  const rubbish: Record<string, Uint8Array> = {
    nothing: new Uint8Array(),
    'random bytes': random(5000),
    'an empty archive': zipSync({}),
    'an archive of something else': zipSync({ 'a.txt': Buffer.from('a') }),
    'the same files compressed': zipSync(unzipSync(bundle), { level: 9 }),
    'the same files with another': zipSync(
      { ...unzipSync(bundle), 'more.txt': Buffer.from('a') },
      { level: 0 },
    ),
    'a bundle with something behind': Buffer.concat([bundle, Buffer.from('\n')]),
    'a bundle with something before': Buffer.concat([Buffer.from('\n'), bundle]),
    'a bundle twice': Buffer.concat([bundle, bundle]),
    'deeply nested JSON': withFiles(bundle, { 'ledger.jsonl': `${'['.repeat(200_000)}\n` }, sample.rows),
    'an empty ledger': withFiles(bundle, { 'ledger.jsonl': '' }, sample.rows),
    'a line without its end': withFiles(bundle, { 'ledger.jsonl': '{}' }, sample.rows),
  };

  it.each(Object.keys(rubbish))('%s is refused', (name) => {
    expect(verdict(rubbish[name] ?? bundle)).not.toBe('fine');
  });

  it('a bundle cut anywhere is refused', () => {
    for (let n = 0; n < bundle.length; n += 997) expect(verdict(bundle.subarray(0, n))).not.toBe('fine');
    expect(verdict(bundle.subarray(0, -1))).toBe('altered');
  });

  it('a size that cannot be is refused without taking memory', () => {
    const copy = Buffer.from(bundle);
    copy.writeUInt32LE(0xffffffff, 18);
    expect(verdict(copy)).toBe('not-a-bundle');
  });

  it('bytes that are no UTF-8 are refused', () => {
    const latin = Buffer.from(filesOf(bundle)['ledger.jsonl']);
    const i = latin.indexOf('"type":"begun"');
    latin[i + 8] = 0xff;
    const copy = Buffer.from(bundle);
    latin.copy(copy, copy.indexOf('{"seq":1,'));
    expect(verdict(copy)).not.toBe('fine');
  });
});

describe('making a bundle', () => {
  it('is refused while a vote is open (G4), and for a key that is not the sitting’s', () => {
    const play = new SamplePlay(3, SAMPLE_MOTIONS);
    for (const seat of play.seats) play.checkIn(seat);
    play.act({ act: 'open', motion: 'm1', rehearsal: false });
    const rows = play.rows();
    play.end();
    const signer = nodeSigner(play.key);
    expect(makeBundle(rows, signer, PROGRAM)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('m1/1'),
    });
    expect(makeBundle([], signer, PROGRAM).ok).toBe(false);
    const other = nodeSigner(makeKeyPair(seededBytes(4)));
    expect(makeBundle(sample.rows, other, PROGRAM).ok).toBe(false);
  });

  it('says in the report’s head whether the network was encrypted, for good where it once was not', () => {
    const report = (...wires: Wire[]) => {
      const play = new SamplePlay(2, SAMPLE_MOTIONS.slice(0, 1));
      for (const wire of wires) play.reboot(1_000, wire);
      const made = bundleOf(play.end());
      expect(verdict(made)).toBe('fine');
      return Buffer.from(filesOf(made)['report.html']).toString().split('<h2>')[0] ?? '';
    };
    expect(report()).toContain('网络加密：TLS');
    expect(report()).not.toContain('未加密');
    for (const head of [report('open'), report('open', 'tls'), report('tls', 'open', 'local')]) {
      expect(head).toContain('⚠ 本次会议的网络未加密：表决票和登录信息以明文经过会场网络');
      expect(head).toContain('This sitting’s network was not encrypted');
      expect(head).not.toContain('TLS');
    }
    // Started on its machine alone later, what crossed the network was encrypted all the same.
    expect(report('local')).toContain('网络加密：TLS');
  });

  it('writes a report without scripts, every text escaped', () => {
    const report = Buffer.from(filesOf(bundle)['report.html']).toString();
    expect(report).toContain('社区食堂 &lt;b&gt;十家&lt;/b&gt;');
    expect(report).not.toMatch(/<script|<b>|javascript:|\son\w+=/i);
    for (const word of ['试表决', '作废', '举手表决', '主持人宣布有误', '监票人', '重新表决', '再次投票'])
      expect(report).toContain(word);
    // Whoever did it stands there by name, and whoever confirmed it.
    for (const words of [
      '主持人 周立新',
      '主持人 周立新，会务 吴晓敏 确认',
      '会务 吴晓敏，主持人 周立新 确认',
      '到时 time up',
    ])
      expect(report).toContain(words);
    // What is no first vote is marked so, beside its title.
    for (const mark of ['重新表决 repeat vote', '再次投票 runoff'])
      expect(report).toContain(`<span class="mark">${mark}</span>`);
  });

  it('names each deputy in a vote as the roll named them then', () => {
    const play = new SamplePlay(2, SAMPLE_MOTIONS);
    for (const seat of play.seats) play.checkIn(seat);
    const vote = (motion: string) => {
      play.act({ act: 'open', motion, rehearsal: false });
      play.act({ act: 'void', round: `${motion}/1`, reason: '重来' });
    };
    vote('m1');
    play.rename('d1', '改名');
    vote('m2');
    const votes = Buffer.from(filesOf(bundleOf(play.end()))['votes.csv']).toString();
    expect(votes).toContain('m1/1,关于政府工作报告的决议（草案）,作废,d1,代表1,');
    expect(votes).toContain('m2/1,民生实事项目票决,作废,d1,改名,');
  });

  it('writes tables a spreadsheet reads as text', () => {
    const votes = Buffer.from(filesOf(bundle)['votes.csv']).toString();
    expect(votes.startsWith('\uFEFF表决,')).toBe(true);
    expect(votes).toContain('\r\n');
    expect(votes).not.toMatch(/(^|,)[=+@]/m);
  });
});

describe('the programs', () => {
  it('exit 0 on an original, 1 on a changed one, 2 on wrong usage, 3 where the report is of another version', () => {
    const good = onDisk('good.zip', bundle);
    const later = onDisk('later.zip', bundleOf(sample, '0.0.9'));
    const copy = Uint8Array.from(bundle);
    copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 1;
    const bad = onDisk('bad.zip', copy);
    const fine = run(HALLVOTE, 'verify', good, '--json', '--key', sample.key.kid);
    expect(fine.stderr).toBe('');
    expect(fine.status).toBe(0);
    expect(JSON.parse(fine.stdout)).toMatchObject({ ok: true, entries: sample.rows.length });
    const broken = run(HALLVOTE, 'verify', bad, '--lang', 'en');
    expect(broken.status).toBe(1);
    expect(broken.stdout).toMatch(/^NOT verified\.\nFirst thing wrong: /);
    expect(run(HALLVOTE, 'verify', join(folder, 'nowhere.zip')).status).toBe(2);
    expect(run(HALLVOTE, 'verify', good, '--lang', 'fr').status).toBe(2);
    expect(run(HALLVOTE, 'verify', good, '--key', 'short').status).toBe(2);
    const unchecked = run(HALLVOTE, 'verify', later, '--lang', 'en');
    expect(unchecked.stdout).toMatch(/^!!! UNCHECKED: report\.html !!!\n/);
    expect(unchecked.stdout).toContain('nothing in the bundle shows it');
    expect(unchecked.status).toBe(3);
    expect(run(INDEPENDENT.pathname, good).status).toBe(0);
    expect(run(INDEPENDENT.pathname, bad).status).toBe(1);
  });
});

describe('the pages that specify the bundle', () => {
  const page = (path: string) => readFileSync(new URL(`../../coordinator/${path}`, import.meta.url), 'utf8');

  it('show real entries', () => {
    const lines = [...page('sitting/ledger.md').matchAll(/```jsonl\n(.*)\n```/g)].map((match) => match[1]);
    expect(lines).toEqual([sample.rows[0], sample.rows[41]].map((row) => row && ledgerLine(row)));
  });

  it('show a real manifest and real sizes', () => {
    const text = page('bundle/bundle.md');
    const files = filesOf(bundle);
    for (const name of BUNDLE_FILES.filter((file) => file !== 'report.html'))
      expect(text).toMatch(new RegExp(`^${name.replace('.', '\\.')} +${files[name].length} `, 'm'));
    const said = Buffer.from(files['manifest.jws']).toString().split('.')[1] ?? '';
    const manifest = Buffer.from(said, 'base64url').toString();
    const shown = [...text.matchAll(/"([a-z.]+)": "([0-9a-f]{16})…"/g)];
    expect(shown.length).toBe(9);
    for (const [, name, prefix] of shown) expect(manifest).toContain(`"${name}":"${prefix}`);
  });

  it('name every entry type and every reason that cannot be judged again', () => {
    const text = page('sitting/ledger.md');
    for (const option of OwnEntry.options)
      expect(text).toMatch(new RegExp(`^\\| \`${option.shape.typ.value}\` +\\|`, 'm'));
    const [, refusals = ''] = text.split('### Refusals');
    for (const reason of REASON_CODES) expect(refusals).toContain(`\`${reason}\``);
    for (const reason of [...BELIEVED, ...UNREADABLE, ...OF_THE_KEY])
      expect(page('bundle/bundle.md')).toContain(`\`${reason}\``);
  });
});
