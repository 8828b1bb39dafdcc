import { LedgerError } from './chronicle/row.ts';
import { loadFiles, loadHall } from './config/hall-file.ts';
import { describeProblem, type Problem } from './config/problem.ts';
import { ACT_REFUSALS } from './contract/acts.ts';
import type { HallOptions } from './hall/hall.ts';
import { ElectionKeyError } from './hall/secret/own-key.ts';
import type { Done } from './hall/staff-acts.ts';
import { DataFileError } from './process/data-file.ts';
import { describeFault } from './process/fault.ts';

/** Something the operator has to put right before the hall can open; `message` says what and how. */
export class StartError extends Error {}

/** What is there, or a refusal that says what to put right. @throws {StartError} */
export function orRefuse<T>(
  found:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly problem: string }
    | { readonly ok: false; readonly problems: readonly Problem[] },
): T {
  if (found.ok) return found.value;
  throw new StartError('problem' in found ? found.problem : describeProblems(found.problems));
}

const describeProblems = (problems: readonly Problem[]) => problems.map(describeProblem).join('\n');

/** The files that `configFile` names as they stand now; `detail` names file, line and cure of every mistake. */
export function readFiles(configFile: string): ReturnType<HallOptions['loadFiles']> {
  const config = loadHall(configFile);
  const files = config.ok ? loadFiles(config.value) : config;
  return files.ok ? files : { ok: false, detail: describeProblems(files.problems) };
}

/** Why the hall's files do not fit the sitting that has begun. */
export function describeMisfit(refused: Exclude<Done, { ok: true }>): string {
  if (refused.reason === 'unavailable') return 'the ledger cannot be written → check the disk';
  const detail = 'detail' in refused && refused.detail ? refused.detail : '';
  if (refused.reason === 'files-wrong' || refused.reason === 'election-key-unusable') return detail;
  const { zh, en } = ACT_REFUSALS[refused.reason];
  return `hall.yaml and its files do not fit the sitting as it stands: ${zh} · ${en} ${detail && `(${detail}) `}→ put them back as they were, start, and change them when that is over`;
}

/** The line for the operator where `error` is something to put right before a start; itself where it is a bug. */
export function asRefusal(folder: string, error: unknown): unknown {
  if (error instanceof StartError || error instanceof LedgerError) return error;
  if (error instanceof ElectionKeyError || error instanceof DataFileError)
    return new StartError(error.message);
  const line = describeFault(folder, error);
  return line === null ? error : new StartError(line);
}
