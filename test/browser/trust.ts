import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

const certutil = (...args: string[]) => spawnSync('certutil', args, { encoding: 'utf8' });

/** Whether a browser here can be told whom to trust; without certutil, of libnss3-tools, it cannot. */
export const CAN_TRUST = certutil('-H').error === undefined;

/** What a test that needs it is called besides, where it is skipped. */
export const CANNOT_TRUST = CAN_TRUST ? '' : ' (skipped: certutil, of libnss3-tools, is not here)';

/** Has browsers whose home is `home` trust `authority`, the file of a CA, besides the usual ones. @returns that home. */
export function trustIn(home: string, authority: string | null): string {
  const database = join(home, '.pki', 'nssdb');
  mkdirSync(database, { recursive: true });
  const at = ['-d', `sql:${database}`];
  expect(certutil(...at, '-N', '--empty-password')).toMatchObject({ status: 0 });
  const trusted = ['-A', '-n', 'hall', '-t', 'C,,', '-i', authority ?? ''];
  if (authority !== null) expect(certutil(...at, ...trusted)).toMatchObject({ status: 0 });
  return home;
}
