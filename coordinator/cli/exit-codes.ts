/** Exit codes of every command. */
export const FINE = 0;
/** The thing checked is wrong. */
export const WRONG = 1;
/** Everything that could be checked is right, but not everything could: what is not is named. */
export const UNCHECKED = 3;
/** Wrong usage or configuration. */
export const USAGE = 2;
/** The program itself failed, and is to be started again (`EX_SOFTWARE`). */
export const BROKEN = 70;
