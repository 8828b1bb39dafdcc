import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArchive } from './archive.ts';
import { checkBallot, credentialExponent, sealBallot } from './ballot.ts';
import { credentials, fixture, REFERENCE, reference } from './reference.ts';

describe('an archive', () => {
  it.each(REFERENCE)('of %s is read to its last byte, and no byte of it can be changed', (name) => {
    const bytes = fixture(`${name}.bel`);
    expect(reference(name).archive.events.at(-1)?.type).toBe('Result');
    for (let i = 0; i < 60; i += 1) {
      const changed = Buffer.from(bytes);
      const at = Math.floor((bytes.length * (i + 0.5)) / 60);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(readArchive(changed), `byte ${at}`).toHaveProperty('problem');
    }
    expect(readArchive(bytes.subarray(0, -512))).toHaveProperty('problem');
    expect(readArchive(Buffer.alloc(0))).toEqual({ problem: 'damaged', file: 0 });
  });

  it('that was stuffed is whole, and its ballot of six votes is found out', () => {
    const { election, ballots } = reference('stuffed');
    const checked = ballots.map((ballot) => checkBallot(election, ballot));
    expect(checked.slice(0, -1).every(({ ok }) => ok)).toBe(true);
    expect(checked.at(-1)).toEqual({ ok: false, problem: 'wrong-choice-proof' });
  });
});

/** belenios-tool 3.3.0, by `HALLVOTE_BELENIOS_TOOL` or on the path. */
const TOOL = process.env.HALLVOTE_BELENIOS_TOOL ?? 'belenios-tool';
const hasTool = spawnSync(TOOL, ['--version']).status === 0;
if (!hasTool)
  console.warn('belenios-tool is not here: that it accepts our ballots is NOT tested in this run');

describe.skipIf(!hasTool)('belenios-tool', () => {
  it.each(REFERENCE)('accepts a ballot that we make for %s, and none with a changed proof', (name) => {
    const { election } = reference(name);
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-belenios-'));
    writeFileSync(join(folder, `${election.uuid}.bel`), fixture(`${name}.bel`));
    const accepts = (ballot: string): boolean => {
      const file = join(folder, 'ballot.json');
      writeFileSync(file, ballot);
      return spawnSync(TOOL, ['election', 'verify-ballot', '--dir', folder, '--ballot', file]).status === 0;
    };
    const [secret = ''] = credentials(name);
    const most = election.questions.map(({ answers, max }) => answers.map((_, i) => (i < max ? 1 : 0)));
    const ballot = sealBallot(election, credentialExponent(election.uuid, secret), most, randomBytes);
    expect(accepts(ballot)).toBe(true);
    const changed = ballot.replace(/"response":"(.)/, (_, digit) => `"response":"${digit === '1' ? 2 : 1}`);
    expect(accepts(changed)).toBe(false);
    expect(checkBallot(election, changed).ok).toBe(false);
    rmSync(folder, { recursive: true });
  });
});
