import { type Files, machineFiles } from '../machine/files.ts';

/** For tests: the machine's files, which fail on demand with the system's own codes. */
export interface FailingFiles extends Files {
  /** What fails, and how: `{ write: 'ENOSPC' }`. */
  fail: Partial<Record<keyof Files, string>>;
  /** Runs after each write. */
  afterWrite: () => void;
}

export function failingFiles(): FailingFiles {
  const demand = <A extends readonly unknown[], R>(what: keyof Files, work: (...args: A) => R) => {
    return (...args: A): R => {
      const code = files.fail[what];
      if (code !== undefined) throw Object.assign(new Error(`${code}: on demand, ${what}`), { code });
      return work(...args);
    };
  };
  const files: FailingFiles = {
    fail: {},
    afterWrite: () => {},
    read: demand('read', machineFiles.read),
    list: demand('list', machineFiles.list),
    makeFolder: demand('makeFolder', machineFiles.makeFolder),
    write: demand('write', (path: string, text: string) => {
      machineFiles.write(path, text);
      files.afterWrite();
    }),
    canTake: demand('canTake', machineFiles.canTake),
    move: demand('move', machineFiles.move),
    remove: demand('remove', machineFiles.remove),
  };
  return files;
}
