import { isIPv6 } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

const EVERY_IPV4 = '0.0.0.0';
const EVERY = '::';

/** The host of an address that a person opens on this machine, where the program listens at `host`. */
export function shownHost(host: string): string {
  return host === EVERY_IPV4 || host === EVERY ? 'localhost' : host;
}

/**
 * The hosts by which other machines reach a program that listens at `host`: where that is every address, those this machine has,
 * IPv4 first. Not those of a link alone (fe80::, 169.254), which lead elsewhere on every machine.
 */
export function reachableHosts(host: string, interfaces: Interfaces = networkInterfaces()): string[] {
  if (host !== EVERY_IPV4 && host !== EVERY) return [host];
  const own = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !/^(fe[89ab][0-9a-f]:|169\.254\.)/i.test(address));
  const of = (family: 'IPv4' | 'IPv6') =>
    own.filter((each) => each.family === family).map(({ address }) => address);
  return host === EVERY ? [...of('IPv4'), ...of('IPv6')] : of('IPv4');
}

export type Scheme = 'http' | 'https' | 'mqtt' | 'mqtts';

/** `scheme://host:port`, an IPv6 address in brackets. */
export function urlOf(scheme: Scheme, host: string, port: number): string {
  return `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** Where what listens at `host` is reached: on this machine, and from each other one. */
export function reachOf(
  scheme: Scheme,
  host: string,
  port: number,
): { readonly here: string; readonly elsewhere: readonly string[] } {
  return {
    here: urlOf(scheme, shownHost(host), port),
    elsewhere: reachableHosts(host).map((each) => urlOf(scheme, each, port)),
  };
}
