import type { FastifyRequest } from 'fastify';

/** Where codes are followed: by the address that somebody has said, else by the one under which the register was just asked. */
export function followAddress(
  { address }: { readonly address: string | null },
  request: FastifyRequest,
): string {
  const { socket } = request.raw;
  const base = address ?? `${'encrypted' in socket ? 'https' : 'http'}://${request.headers.host}`;
  return new URL('/follow', base).href;
}
