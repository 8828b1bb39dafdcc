import type { Report } from '../../shared/protocol/guarded.ts';

/** In tests nothing goes wrong unheard: what a guard catches fails the test. */
export const rethrow: Report = (_what, error) => {
  throw error;
};
