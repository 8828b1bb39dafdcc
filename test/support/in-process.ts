import type { Command } from 'commander';
import { vi } from 'vitest';
import { FINE, USAGE } from '../../coordinator/cli/exit-codes.ts';

/** What a command did. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Thrown where a process would have ended. */
class Ended extends Error {}

/**
 * Runs a command in this process, which takes a twentieth of the time of a process of its own: one that ends with its
 * action, and reads no standard input.
 */
export async function inProcess(command: Command, args: readonly string[]): Promise<Outcome> {
  const said = { out: '', err: '' };
  let ended: number | null = null;
  const end = (code: number): never => {
    // What catches this would not have lived to do so: what it says and how it ends is not the command's.
    ended ??= code;
    throw new Ended();
  };
  const hear = (stream: 'out' | 'err') => (text: string | Uint8Array) => {
    if (ended === null) said[stream] += String(text);
    return true;
  };
  /** Wrong usage ends every command alike, as in `hallvote.ts`. */
  const exitAlike = (each: Command): void => {
    each.exitOverride((error) => end(error.exitCode === 0 ? FINE : USAGE));
    each.commands.forEach(exitAlike);
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(hear('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(hear('err')),
    vi.spyOn(process, 'exit').mockImplementation((code) => end(Number(code ?? FINE))),
  ];
  process.exitCode = undefined;
  try {
    exitAlike(command);
    await command.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  const code = ended ?? Number(process.exitCode ?? FINE);
  process.exitCode = undefined;
  return { code, ...said };
}
