import { Id } from '../../shared/protocol/ids.ts';

const PREFIX = 'urn:hallvote:terminal';

/** How a terminal is named in its certificate: a name of its own, so that no host name or person can be taken for one. */
export function terminalUri(hall: string, terminal: string): string {
  return `${PREFIX}:${hall}:${terminal}`;
}

/** The terminal of `hall` that a certificate's alternative names (as node:crypto prints them) stand for; null where none. */
export function terminalNamed(subjectAltName: string | undefined, hall: string): string | null {
  const start = `URI:${PREFIX}:${hall}:`;
  // One name and no more: nobody is two terminals. An id has no comma, so a list is no id.
  if (!subjectAltName?.startsWith(start)) return null;
  const id = Id.safeParse(subjectAltName.slice(start.length));
  return id.success ? id.data : null;
}
