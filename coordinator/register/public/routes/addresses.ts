import type { FastifyRequest } from 'fastify';

type Said = { readonly address: string | null };

/** Where the register is: the address that somebody has said, else the one under which it was just asked. */
export function baseAddress({ address }: Said, { raw, headers }: FastifyRequest): string {
  return address ?? `${'encrypted' in raw.socket ? 'https' : 'http'}://${headers.host}`;
}

/** Where codes are followed. */
export const followAddress = (said: Said, request: FastifyRequest): string =>
  new URL('/follow', baseAddress(said, request)).href;
