import type { Motion } from '../../../shared/kinds/kinds.ts';
import type { Result } from '../../../shared/protocol/result.ts';
import { ATTENDANCE, TERMS } from '../../../shared/terms.ts';
import { bilingual } from './html.ts';
import { reported } from './kinds/report-kind.ts';
import { reportKind } from './kinds/report-kinds.ts';

/** The figures of one round and what the rule makes of them. */
export function resultHtml(motion: Motion, result: Result): string {
  const { roll, present, cast, notPressed } = result;
  const heads = [ATTENDANCE.roll, ATTENDANCE.present, TERMS.cast, TERMS.notPressed].map(bilingual);
  return reportKind(motion.kind).html(reported(motion, result), heads, [roll, present, cast, notPressed]);
}
