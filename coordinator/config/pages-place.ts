import { z } from 'zod';
import type { Wire } from '../contract/wire.ts';

export const port = z.number().int().min(0).max(65_535);
/** Left out, the host follows from how the network is protected. */
export const host = z.string().min(1).optional();

/** The pages answer to names on the internet only where they are listed, so that nobody can point another at them. */
export const pagesAt = (usual: number) =>
  z.strictObject({
    host,
    port: port.default(usual),
    names: z.array(z.string().min(1).max(253)).default([]),
  });

/** How everybody reaches the program: encrypted, with a CA of its own or a certificate that it brings, or in the clear. */
export const Tls = z
  .union([
    z.string().pipe(z.enum(['on', 'off'])),
    z.strictObject({ cert: z.string().min(1), key: z.string().min(1), ca: z.string().min(1).optional() }),
  ])
  .default('on');

/** Only this machine itself reaches what listens there. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;
export const isLoopback = (at: string): boolean => LOOPBACK.test(at);

type Place = { readonly host: string; readonly port: number };

/** Where a program serves its pages, and how; all paths absolute. */
export interface PagesPlace {
  readonly listen: {
    readonly http: Place & { readonly names: readonly string[] };
    readonly https: { readonly port: number };
  };
  readonly tls: z.output<typeof Tls>;
  /** Where phones reach the pages; null where nobody has said. */
  readonly address: string | null;
  readonly data: string;
}

/** Refuses a place that would speak in the clear to others and does not say that it is known. @param where which of `listen`. */
export function refuseOpenWire(
  { tls, insecure, listen }: { tls: PagesPlace['tls']; insecure: boolean; listen: object },
  where: readonly string[],
  context: z.RefinementCtx,
): void {
  if (tls !== 'off' || insecure) return;
  for (const [name, at] of Object.entries(listen)) {
    if (!where.includes(name) || at.host === undefined || isLoopback(at.host)) continue;
    const message = 'without TLS, everything would cross the network in the clear';
    const cure =
      'write tls: on; or host: 127.0.0.1; or, where nobody else is on that network, insecure: true';
    context.addIssue({ code: 'custom', path: ['listen', name, 'host'], message, params: { cure } });
  }
}

/** The host where none is written: with TLS, or where it is known that there is none, every address of the machine. */
export const usualHost = (tls: PagesPlace['tls'], insecure: boolean): string =>
  tls === 'off' && !insecure ? '127.0.0.1' : '0.0.0.0';

/** The certificate that a program brings, its paths made absolute by `at`. */
export function tlsAt(tls: PagesPlace['tls'], at: (file: string) => string): PagesPlace['tls'] {
  if (typeof tls === 'string') return tls;
  return { cert: at(tls.cert), key: at(tls.key), ...(tls.ca !== undefined && { ca: at(tls.ca) }) };
}

/** What is spoken over, wherever it listens. */
export function wireAt(tls: PagesPlace['tls'], hosts: readonly string[]): Wire {
  if (tls !== 'off') return 'tls';
  return hosts.every(isLoopback) ? 'local' : 'open';
}
