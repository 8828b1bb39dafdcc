import { isIP } from 'node:net';
import type { HallConfig } from '../config/hall-file.ts';
import { reachableHosts } from '../web/addresses.ts';
import { namesOf } from '../web/hosts.ts';

const EVERY = new Set(['0.0.0.0', '::']);

/** A name that a certificate can be for (RFC 1123 §2.1). */
const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

/**
 * All names and addresses by which the coordinator is reached, which its certificate must be for: this machine's own, those of
 * its network, and those that hall.yaml lists. @param machine what the machine is called.
 */
export function certificateNames(config: HallConfig, machine: string): string[] {
  const { http, mqtt } = config.listen;
  const all = [
    'localhost',
    '127.0.0.1',
    '::1',
    ...[http.host, mqtt.host].flatMap((host) => reachableHosts(host)),
    ...namesOf(config, machine),
  ];
  return [...new Set(all)].filter((name) => !EVERY.has(name) && (isIP(name) !== 0 || NAME.test(name)));
}
