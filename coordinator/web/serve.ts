import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Unchanging } from '../../shared/protocol/value.ts';
import type { Params, Route } from '../contract/route.ts';

/** A request at a route of the contract, parsed. */
export interface Asked<P, B> {
  readonly params: P;
  readonly body: B;
  readonly request: FastifyRequest;
}

/** Serves a route of the contract: what is asked in another shape is refused before `answer` hears of it. */
export function serve<P extends Params, B extends z.ZodType, A extends z.ZodType>(
  app: FastifyInstance,
  route: Route<P, B, A>,
  answer: (
    asked: Asked<z.output<P>, z.output<B>>,
    reply: FastifyReply,
  ) => Promise<Unchanging<z.input<A>> | FastifyReply>,
  config: Omit<FastifyContextConfig, 'needs' | 'isUse'> = {},
): void {
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.mostBody,
    config: { ...config, needs: route.needs, isUse: route.isUse },
    handler: async (request, reply) => {
      const params = route.params.safeParse(request.params);
      const body = route.body.safeParse(request.body);
      if (params.success && body.success)
        return answer({ params: params.data, body: body.data, request }, reply);
      const wrong = params.error ?? body.error;
      return reply.code(400).send({ error: route.wants ?? (wrong && z.prettifyError(wrong)) });
    },
  });
}

/** Lets `app` serve nothing that is not in the table of `routes`, or for others than it says there. @throws where something is. */
export function serveListedOnly(app: FastifyInstance, routes: readonly Route[]): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const each of [method].flat()) {
      // Whoever may get something may ask what they would get.
      const asked = each === 'HEAD' ? 'GET' : each;
      const listed = routes.find((route) => route.method === asked && route.path === url);
      if (!listed) throw new Error(`${each} ${url} is not in the table of routes`);
      if (config?.needs !== listed.needs)
        throw new Error(`${each} ${url} is for others than the table of routes says`);
    }
  });
}
