import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { secretBasePower } from '../../../shared/belenios/group.ts';
import { openHall, SELECTION, testSeat } from '../../../test/support/open-hall.ts';
import { ElectionKeyError, ownElectionKey } from './own-key.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-own-key-'));
  file = join(folder, 'election.key');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is made once, and is the secret of the public key it was', () => {
  const key = ownElectionKey(file, randomBytes, null);
  const known = secretBasePower(key);
  expect(ownElectionKey(file, randomBytes, known)).toEqual(key);
});

it('is refused in one line where it is not the secret of the public key that is known', () => {
  const known = secretBasePower(ownElectionKey(file, randomBytes, null));
  const refused = (says: RegExp) => {
    const read = () => ownElectionKey(file, randomBytes, known);
    expect(read).toThrow(ElectionKeyError);
    expect(read).toThrow(says);
    expect(read).toThrow(/^[^\n]+ → [^\n]*copy[^\n]*$/);
  };
  const whole = readFileSync(file, 'utf8');
  truncateSync(file, 20);
  refused(/another key/);
  truncateSync(file);
  refused(/is no key/);
  writeFileSync(file, whole.replace(/^./, 'x'));
  refused(/is no key/);
  rmSync(file);
  refused(/has gone/);
  writeFileSync(file, whole, { mode: 0o600 });
  expect(secretBasePower(ownElectionKey(file, randomBytes, known))).toEqual(known);
});

it('keeps a secret vote from opening, and no other, for as long as it is not there', async () => {
  let problem: string | null = null;
  let isAsked = 0;
  const seats = [testSeat(1)];
  const secret = { ...SELECTION, voting: 'secret' as const };
  const open = await openHall({
    seats,
    motions: [{ ...SELECTION, id: 'm1' }, secret],
    secrecy: { holder: 'coordinator' },
    whyNoElectionKey: () => {
      isAsked += 1;
      return problem;
    },
  });
  try {
    await open.act({ act: 'check-in', deputy: 'd1', reason: '测试' });
    problem = 'election.key: has gone → put it back';
    isAsked = 0;
    const { head } = open.chronicle.state;
    expect(await open.act({ act: 'open', motion: 'm2', rehearsal: false })).toEqual({
      ok: false,
      reason: 'election-key-unusable',
      detail: problem,
    });
    expect(isAsked).toBe(1);
    expect(open.chronicle.state.head).toEqual(head);
    expect(await open.act({ act: 'reload' })).toMatchObject({ reason: 'election-key-unusable' });
    problem = null;
    expect(await open.act({ act: 'open', motion: 'm2', rehearsal: false })).toMatchObject({ ok: true });
    await open.act({ act: 'void', round: 'm2/1', reason: '测试' });
    problem = 'election.key: has gone → put it back';
    expect(await open.act({ act: 'open', motion: 'm1', rehearsal: false })).toMatchObject({ ok: true });
  } finally {
    await open.close();
  }
});
