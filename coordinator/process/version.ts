/** The version of the program, as `--version` and reports say it. */
export const VERSION = '0.1.0';
