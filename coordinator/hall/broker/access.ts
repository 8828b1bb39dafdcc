import { HashHex } from '../../../shared/protocol/ids.ts';
import { PUBLIC_TOPICS, STAFF_TOPICS, topics } from '../../../shared/protocol/topics.ts';

/** A key that somebody offers for enrolment, and has proved to hold. */
export interface OfferedKey {
  readonly key: string;
  readonly kid: string;
}

/** Who is at the other end of a connection. */
export type Party =
  | { readonly kind: 'terminal'; readonly terminal: string }
  /** A terminal whose key is not enrolled yet: it may wait, and hear that it is. `digest`: of its proof. */
  | ({ readonly kind: 'pending'; readonly terminal: string; readonly digest: string } & OfferedKey)
  /** One whose key is enrolled and whose certificate is still to be issued: it may hear that, and comes again with it. */
  | { readonly kind: 'uncertified'; readonly terminal: string; readonly kid: string }
  /** Somebody whose role reads the staff's documents. */
  | { readonly kind: 'staff' }
  | { readonly kind: 'public' };

/** The terminal at the other end, enrolled or not; null where it is a page. */
export function terminalOf(party: Party): string | null {
  return 'terminal' in party ? party.terminal : null;
}

/** Client ids of pages; terminals' ids must not look like these, nor pages take a terminal's. */
export const PAGE_CLIENT = /^web-[0-9a-f]{8,32}$/;

/** The access table: who may write and read which topic of `hall`. Anything not listed is refused. */
export function accessTable(hall: string) {
  const topic = topics(hall);
  const publicTopics = new Set<string>(PUBLIC_TOPICS.map((what) => topic.public(what)));
  const staffTopics = new Set<string>(STAFF_TOPICS.map((what) => topic.staff(what)));
  const lists = topic.list('');
  const isList = (from: string) =>
    from.startsWith(lists) && HashHex.safeParse(from.slice(lists.length)).success;
  return {
    mayWrite: (party: Party, to: string): boolean =>
      party.kind === 'terminal' && to === topic.up(party.terminal),
    mayRead: (party: Party, from: string): boolean => {
      if (publicTopics.has(from)) return true;
      if (party.kind === 'staff') return staffTopics.has(from);
      if (party.kind === 'public') return false;
      if (party.kind === 'terminal' && isList(from)) return true;
      return from === topic.sitting || from === topic.down(party.terminal);
    },
  };
}
