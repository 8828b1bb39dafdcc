import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { z } from 'zod';
import {
  alteredPart,
  inOrder,
  packArchive,
  readArchive,
} from '../../../coordinator/bundle/export/archive.ts';
import { makeBundle } from '../../../coordinator/bundle/export/bundle.ts';
import { summary, summaryJson } from '../../../coordinator/bundle/verify/summary.ts';
import { verifyBundle } from '../../../coordinator/bundle/verify/verify.ts';
import { ledgerLine, readRow } from '../../../coordinator/chronicle/line.ts';
import { EMPTY_HEAD, LedgerError, type LedgerHead, nextRow } from '../../../coordinator/chronicle/row.ts';
import { isMessageEntryType } from '../../../coordinator/sitting/entries.ts';
import type { Choice, Motion } from '../../../shared/kinds/kinds.ts';
import { parseJwsOfAnyLength } from '../../../shared/protocol/jws.ts';
import { type LedgerRow, ledgerHash } from '../../../shared/protocol/ledger-hash.ts';
import { withRows } from '../../support/forge.ts';
import { answer, appointments } from '../../support/itemised-sample.ts';
import { FOR, SAMPLE_MOTIONS, SamplePlay } from '../../support/sample-ledger.ts';
import { ROOT } from '../engine/corpus.ts';
import { once } from '../once.ts';
import { mustEqual, mustHold, type Target, utf8 } from '../target.ts';
import type { Targets } from './all.ts';
import { signedBytes } from './messages.ts';
import { openPlay, type Play, stepped } from './stage.ts';

/** The bundle of a sitting, as anybody may hand it to a verifier, and as a dishonest coordinator may make it. */

const PROGRAM = '0.1.0';
const { verify: independent } = z
  .object({ verify: z.custom<(bytes: Buffer, kid?: string) => unknown>((f) => typeof f === 'function') })
  .parse(await import(String(pathToFileURL(join(ROOT, 'test/verification/independent-verifier.mjs')))));

/** The shortest sitting with a vote in it. */
const small = once(() =>
  votedOn(
    SAMPLE_MOTIONS.filter(({ id }) => id === 'm1'),
    FOR,
  ),
);
/** The same, item by item: the same people with the same keys. */
const itemised = once(() => votedOn([appointments('m1', 'open')], answer('for', null, 'against', 'abstain')));

function votedOn(motions: readonly Motion[], choice: Choice): Play {
  const play = new SamplePlay(2, motions, 3);
  const [s1, s2] = play.seats;
  if (!s1 || !s2) throw new Error('there are two seats');
  for (const seat of [s1, s2]) {
    play.connect(seat);
    play.checkIn(seat);
  }
  play.act({ act: 'open', motion: 'm1', rehearsal: false });
  play.vote(s1, choice);
  play.act({ act: 'close', round: 'm1/1' });
  play.act({ act: 'announce', round: 'm1/1' });
  return stepped(play.end());
}

const bundle = once((): Uint8Array => {
  const made = makeBundle(small().rows, small().coordinator, PROGRAM);
  if (!made.ok) throw new Error(made.problem);
  return made.bytes;
});

/** What an archive holds is what any unzip finds in it, or it is altered; no change of it is verified. */
const zip: Target = {
  run: (input) => {
    const files = readArchive(input);
    if (files) {
      const altered = alteredPart(files, input);
      if (altered === null) {
        mustHold(Buffer.compare(packArchive(files), input) === 0, 'another archive is taken for this one');
        const found = Object.entries(unzipSync(input)).map(([name, bytes]) => [
          name,
          Buffer.from(bytes).toString('base64'),
        ]);
        mustEqual(
          found,
          inOrder(files).map(({ name, bytes }) => [name, Buffer.from(bytes).toString('base64')]),
          'unzip finds other files',
        );
      }
      mustHold(
        altered === null || altered === 'directory' || inOrder(files).some(({ name }) => name === altered),
        'no part of it',
      );
    }
    const verified = verifyBundle(input, { program: PROGRAM });
    mustHold(
      verified.ok === (Buffer.compare(bundle(), input) === 0),
      'a bundle was forged, or the true one refused',
    );
    mustHold(
      !summary(verified, 'zh').includes('undefined') && JSON.parse(summaryJson(verified)).ok === verified.ok,
      'words that say nothing',
    );
  },
  seeds: () => ({ whole: bundle() }),
  most: 100_000,
  time: { base: 500, perKib: 5 },
};

/** A row is written in one way, and its hash is over all of it. */
const line: Target = {
  run: (input) => {
    const text = utf8(input);
    const row = readRow(text);
    if (row === null) return;
    mustHold(ledgerLine(row) === text, 'another spelling was taken');
    mustHold(/^[0-9a-f]{64}$/.test(ledgerHash(row)), 'a row without a hash');
    mustEqual(JSON.parse(text), row, 'the row says something else');
  },
  seeds: () =>
    Object.fromEntries(
      [1, 7, 12].map((n) => [
        `row-${n}`,
        ledgerLine(openPlay().rows[n] ?? { seq: 0, prev: '', time: 0, type: '', body: '', hash: '' }),
      ]),
    ),
};

const Written = z.strictObject({
  time: z.number().int().min(0).max(Date.UTC(9999, 0)),
  type: z.string(),
  says: z.unknown(),
});

/** What depends on what stands before: marked in the text, filled in where the row is made. */
interface Marks {
  readonly seq: number;
  readonly prev: string;
  readonly time: number;
  readonly opening: string;
}

const MARKED: Readonly<Record<string, string>> = { seq: '@seq', prev: '@prev', opening: '@opening' };
const CHECKPOINT: Readonly<Record<string, string>> = { ...MARKED, at: '@at', hash: '@prev', time: '@time' };

const filled = (text: string, { seq, prev, time, opening }: Marks): string =>
  text
    .replaceAll('"@seq"', String(seq))
    .replaceAll('"@at"', String(seq - 1))
    .replaceAll('"@time"', String(time))
    .replaceAll('@prev', prev)
    .replaceAll('@opening', opening);

/** Rows as text: a line each with time, type and what is signed. */
const textOf = (play: Play): string =>
  play.rows
    .map(({ time, type, body }) => {
      const marked = type === 'checkpoint' ? CHECKPOINT : MARKED;
      const says = Payload.parse(parseJwsOfAnyLength(body)?.payload);
      const members = Object.entries(says).map(([name, value]) => [name, marked[name] ?? value]);
      return JSON.stringify({ time, type, says: Object.fromEntries(members) });
    })
    .join('\n');

const Payload = z.record(z.string(), z.unknown());

/** The ledger these lines make, every signature and hash right, whoever signs: nobody holds more keys than here. */
function ledgerOf(text: string): LedgerRow[] {
  const { coordinator, signerOf } = small();
  const rows: LedgerRow[] = [];
  let head: LedgerHead = EMPTY_HEAD;
  for (const each of text.split('\n')) {
    const read = Written.safeParse(parsed(each));
    if (!read.success) continue;
    const { time, type, says } = read.data;
    const terminal =
      typeof says === 'object' && says !== null && 'terminal' in says ? says.terminal : undefined;
    const signer = isMessageEntryType(type) ? signerOf(terminal) : coordinator;
    const opening = rows.findLast((row) => row.type === 'opened')?.hash ?? '';
    const marks = { seq: head.seq + 1, prev: head.hash, time: head.time, opening };
    const body = signedBytes(filled(JSON.stringify(says ?? null), marks), signer);
    // A row's time is its own: that it must not go back is for verifiers to see.
    const row = nextRow({ ...head, time: 0 }, time, type, body);
    rows.push(row);
    head = row;
  }
  return rows;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Both verifiers say the same of whatever the holder of all keys writes; neither throws. */
const forged: Target = {
  run: (input) => {
    const rows = ledgerOf(utf8(input));
    const bytes = asBundle(rows);
    const verified = verifyBundle(bytes, { program: PROGRAM });
    const other = whatOtherFinds(bytes);
    const ours = verified.ok ? null : verified.broken.problem;
    mustHold((ours === null) === (other === null), `ours: ${ours}; the other: ${other}`);
    summary(verified, 'en');
  },
  seeds: () => ({ small: textOf(small()), itemised: textOf(itemised()) }),
  most: 24_000,
  time: { base: 800, perKib: 60 },
};

/** The bundle of these rows, everything drawn from them where they can be read at all. */
function asBundle(rows: readonly LedgerRow[]): Uint8Array {
  try {
    const made = makeBundle(rows, small().coordinator, PROGRAM);
    if (made.ok) return made.bytes;
  } catch (error) {
    // Rows nobody can read make no bundle; the verifiers must say so of one that was made by force.
    if (!(error instanceof LedgerError)) return withRows(bundle(), rows, small().key);
  }
  return withRows(bundle(), rows, small().key);
}

function whatOtherFinds(bytes: Uint8Array): string | null {
  try {
    independent(Buffer.from(bytes));
    return null;
  } catch (error) {
    // What it finds wrong it says with an error of its own; anything else is a mistake in it.
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

export const bundles: Targets = { 'bundle-zip': zip, 'ledger-line': line, 'bundle-rows': forged };
