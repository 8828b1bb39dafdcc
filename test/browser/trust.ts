import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { launchChromium } from './chromium.ts';
import type { RunningDemo } from './demo.ts';

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

/** Has a demo speak TLS, where a browser here can be told to trust it: people do what they do over the wire of a real hall. */
export const OVER_TLS: readonly string[] = CAN_TRUST ? ['--tls'] : [];

/** A browser that trusts the demo’s CA; who it trusts goes with the demo’s own folder. */
export function launchTrusting({ ca }: Pick<RunningDemo, 'ca'>): Promise<Browser> {
  return launchChromium(ca === null ? undefined : trustIn(join(ca, '../../../browser'), ca));
}
