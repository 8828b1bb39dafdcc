import type { Who } from '../contract/person.ts';
import { type Decision, no, yes } from './decided.ts';
import type { Sitting } from './state.ts';
import type { TerminalOrder } from './terminal-order.ts';
import { whyNotTheirs } from './who-may.ts';

/** What persons do outside the sitting: it changes nothing of it, and is entered so that it stands there with them. */

/** What terminals are told; nothing that keeps a seat from voting while a vote is open. */
export function decideOrder(state: Sitting, order: TerminalOrder, who: Who): Decision {
  const { act } = order;
  const terminal = act === 'stop-update' ? null : order.terminal;
  if (terminal !== null && !state.terminals.has(terminal)) return no('unknown-terminal');
  const keepsBusy = act === 'update' || (act === 'self-test' && order.on);
  if (keepsBusy && state.current?.phase === 'open') return no('vote-open');
  return yes({ typ: 'terminals-told', ...who, order });
}

/** Somebody takes the bundle away: it holds names, cards and who voted how. None leaves while a vote is open (G4). */
export function decideExport(state: Sitting, who: Who): Decision {
  const refusal = whyNotTheirs(state, 'export', who);
  if (refusal) return no(refusal);
  return state.current?.phase === 'open' ? no('vote-open') : yes({ typ: 'exported', ...who });
}
