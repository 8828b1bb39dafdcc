import { isIPv6 } from 'node:net';

/** The place an address stands for: an IPv4 address itself, of IPv6 the network of 64 bits that one machine owns whole. */
export function placeOf(address: string | undefined): string {
  if (address === undefined) return '';
  const [plain = ''] = address.split('%');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const zeros = Array(Math.max(0, 8 - before.length - after.length)).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}

function groups(part: string): string[] {
  return part === ''
    ? []
    : part.split(':').flatMap((group) =>
        // An IPv4 address at the end stands for two groups; which ones does not matter for the first four.
        group.includes('.') ? ['0', '0'] : [Number.parseInt(group, 16).toString(16)],
      );
}
