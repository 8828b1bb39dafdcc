import type { FastifyReply } from 'fastify';

/** Tells to try again in `wait` ms. */
export function later(reply: FastifyReply, wait: number): FastifyReply {
  const seconds = Math.ceil(wait / 1000);
  return reply.header('Retry-After', seconds).send({ error: `try again in ${seconds} s` });
}
