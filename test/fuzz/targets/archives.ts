import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { archiveFile, readArchive } from '../../../shared/belenios/archive.ts';
import { electionArchive } from '../../../shared/belenios/election-archive.ts';
import { sha256Hex } from '../../../shared/belenios/hash.ts';
import { verifyElection } from '../../../shared/belenios/verify-archive.ts';
import { keptElection } from '../elections.ts';
import { ROOT } from '../engine/corpus.ts';
import { once } from '../once.ts';
import { mustEqual, mustHold, type Target, utf8 } from '../target.ts';
import type { Targets } from './all.ts';

/** The archive of an election (`.bel`), as anybody may hand it to a verifier. */

const { recount } = z
  .object({ recount: z.custom<(bytes: Buffer) => unknown>((f) => typeof f === 'function') })
  .parse(await import(String(pathToFileURL(join(ROOT, 'test/verification/independent-belenios.mjs')))));

const record = once(() => keptElection('archive').record);
const whole = once(() => electionArchive(record()));

const SLOW = { base: 600, perKib: 30 };

/** Every byte is settled: what is read makes the same archive again. */
const bytes: Target = {
  run: (input) => {
    const read = readArchive(input);
    if ('problem' in read)
      return mustHold(Number.isInteger(read.file) && read.file >= 0, 'a file without a number');
    mustHold(input.length % 512 === 0, 'an archive that is no number of blocks');
    mustHold(
      read.events.every(({ height }, i) => height === i),
      'events out of order',
    );
    verifyElection(input);
  },
  seeds: () => ({ whole: whole(), empty: new Uint8Array(), setup: whole().subarray(0, 512 * 4) }),
  most: 60_000,
  time: SLOW,
};

const Line = /^(\w+) (.*)$/;

/**
 * An archive of these lines, every hash and parent right: `data <text>` is a file, `<Event>` an event with the hash of
 * the file before it. `@1` in a text stands for the hash of the first file, and so on.
 */
function archiveOf(text: string): Uint8Array {
  const files = [
    archiveFile('BELENIOS', Buffer.from('{"version":1,"timestamp":"1800000000"}'), 1_800_000_000),
  ];
  const hashes: string[] = [];
  let parent: string | undefined;
  let height = 0;
  for (const line of text.split('\n').slice(0, 60)) {
    const [, type = line, rest = ''] = Line.exec(line) ?? [];
    if (type === 'data') {
      const content = rest.replace(/@(\d+)/g, (_, n) => hashes[Number(n) - 1] ?? '');
      const digest = sha256Hex(content);
      hashes.push(digest);
      files.push(archiveFile(`${digest}.data.json`, Buffer.from(content), 1_800_000_000));
    } else if (type !== '') {
      const payload = type === 'EndBallots' ? undefined : hashes.at(-1);
      const event = JSON.stringify({ parent, height, type, payload });
      parent = sha256Hex(event);
      height += 1;
      files.push(archiveFile(`${parent}.event.json`, Buffer.from(event), 1_800_000_000));
    }
  }
  return Buffer.concat(files);
}

function linesOf(): string {
  const { election, trustees, credentials, ballots, tally, shares, result } = record();
  const lines = [
    `data ${election}`,
    `data ${trustees}`,
    `data ${JSON.stringify(credentials)}`,
    'data {"election":"@1","trustees":"@2","credentials":"@3"}',
    'Setup',
    ...ballots.flatMap((ballot) => [`data ${ballot}`, 'Ballot']),
    'EndBallots',
    `data ${tally.text}`,
    `data {"num_tallied":${tally.ballots},"total_weight":${tally.ballots},"encrypted_tally":"@${5 + ballots.length}"}`,
    'EncryptedTally',
    ...shares.flatMap(({ owner, text }) => [
      `data ${text}`,
      `data {"owner":${owner},"payload":"@${7 + ballots.length}"}`,
      'PartialDecryption',
    ]),
    `data ${result}`,
    'Result',
  ];
  return lines.join('\n');
}

/**
 * What the other program counts, ours counts the same. Ours takes more: the other wants the one archive that its contents
 * make, without a file to spare.
 */
const told: Target = {
  run: (input) => {
    const archive = archiveOf(utf8(input));
    const ours = verifyElection(archive);
    const other = theirs(archive);
    if (other === null) return;
    mustHold(!('problem' in ours), 'only the other program takes it');
    mustEqual(ours.result, other, 'the two programs count otherwise');
  },
  seeds: () => ({ whole: linesOf() }),
  most: 40_000,
  time: { base: 1500, perKib: 60 },
};

function theirs(archive: Uint8Array): unknown {
  try {
    return recount(Buffer.from(archive));
  } catch {
    return null;
  }
}

export const archives: Targets = { bel: bytes, 'bel-events': told };
