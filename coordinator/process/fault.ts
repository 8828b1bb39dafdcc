/** What a person can do about what the operating system or SQLite answered; codes by how they begin. */
const CURES: readonly (readonly [codes: RegExp, cure: string])[] = [
  [/^(EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM)/, 'check who may write there'],
  [/^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL|SQLITE_IOERR_SHMSIZE)/, 'make room on the disk'],
  [
    /^(ENOTDIR|EEXIST)/,
    'there is a file where a folder should be; move it away, or name another folder in hall.yaml (data)',
  ],
  [/^EISDIR/, 'this is a folder; move it away, and put the file back from a copy'],
  [/^(SQLITE_CORRUPT|SQLITE_NOTADB)/, 'copy the data folder away, and put the ledger back from a copy'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'end the other program that uses it'],
  [/^(EMFILE|ENFILE)/, 'too many files are open; raise the limit (ulimit -n)'],
];

/** The code of an error of the operating system (`ENOSPC`) or of SQLite (`SQLITE_FULL`); null for any other. */
export function faultCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return /^(E[A-Z0-9]+|SQLITE_[A-Z_]+)$/.test(error.code) ? error.code : null;
}

/** One line for the operator about the file that `error` names, else `path`; null where the machine is not at fault. */
export function describeFault(path: string, error: unknown): string | null {
  const code = faultCode(error);
  if (code === null || !(error instanceof Error)) return null;
  const named = 'path' in error && typeof error.path === 'string' ? error.path : path;
  const [, cure = 'check the disk'] = CURES.find(([codes]) => codes.test(code)) ?? [];
  return `${named}: ${error.message.split('\n')[0]} (${code}) → ${cure}`;
}
