import { EventEmitter } from 'node:events';
import type { Client } from 'aedes';
import { guarded, type Report } from '../../../shared/protocol/guarded.ts';

/**
 * Has the packets of `client` read inside a guard: what Aedes or its parser throws over one of them ends the connection,
 * and not the process. Aedes parses from its own handlers, so that nothing but the parser itself can be guarded.
 */
export function guardParser(client: Client, report: Report): void {
  const parser: unknown = Reflect.get(client, '_parser');
  const parse: unknown = parser instanceof EventEmitter ? Reflect.get(parser, 'parse') : null;
  if (!(parser instanceof EventEmitter) || typeof parse !== 'function')
    throw new Error('this version of Aedes keeps its parser elsewhere');
  Reflect.set(
    parser,
    'parse',
    guarded(
      'a packet',
      report,
      (chunk: Uint8Array) => Reflect.apply(parse, parser, [chunk]),
      () => client.conn.destroy(),
    ),
  );
}

/** What `work` gives; `otherwise` where it throws, which is reported as `what`. */
export function orElse<A extends readonly unknown[], T>(
  what: string,
  report: Report,
  otherwise: T,
  work: (...args: A) => T,
): (...args: A) => T {
  return (...args) => {
    try {
      return work(...args);
    } catch (error) {
      report(what, error);
      return otherwise;
    }
  };
}
