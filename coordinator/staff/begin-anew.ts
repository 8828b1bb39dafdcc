import { join } from 'node:path';
import { readCredentials, writeCredentials } from './persons/staff-file.ts';
import { SessionBook, type SessionBookParts } from './session-book.ts';

/**
 * Takes from one person whatever they come in with, their sessions and their devices too; nobody else is touched. Only while
 * the program is stopped: one that runs would write its own over it. @returns whether there was anything. @throws where that cannot be written.
 */
export function beginAnew(
  folder: string,
  person: string,
  parts: Pick<SessionBookParts, 'random' | 'machine' | 'after'>,
): boolean {
  const report = (_what: string, error: unknown): never => {
    throw error;
  };
  const limits = () => ({ idleMs: Infinity, mostMs: Infinity });
  const sessions = new SessionBook({ file: join(folder, 'sessions.json'), ...parts, report, limits });
  const ended = sessions.endBut(person, null);
  sessions.forgetDevices(person);
  const file = join(folder, 'staff.json');
  const { [person]: theirs, ...others } = readCredentials(file);
  if (theirs !== undefined) writeCredentials(file, others);
  return theirs !== undefined || ended > 0;
}
