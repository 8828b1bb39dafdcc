import { isIP } from 'node:net';
import type { PagesPlace } from '../config/pages-place.ts';
import { reachableHosts } from '../web/addresses.ts';
import { namesOf } from '../web/hosts.ts';

const EVERY = new Set(['0.0.0.0', '::']);

/** A name that a certificate can be for (RFC 1123 §2.1). */
const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

/**
 * All names and addresses by which a program is reached, which its certificate must be for: this machine's own, those of
 * its network, and those that its file lists. @param machine what the machine is called. @param hosts where it listens.
 */
export function certificateNames(
  place: PagesPlace,
  machine: string,
  hosts: readonly string[] = [place.listen.http.host],
): string[] {
  const all = [
    'localhost',
    '127.0.0.1',
    '::1',
    ...hosts.flatMap((host) => reachableHosts(host)),
    ...namesOf(place, machine),
  ];
  return [...new Set(all)].filter((name) => !EVERY.has(name) && (isIP(name) !== 0 || NAME.test(name)));
}
