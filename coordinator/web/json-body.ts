import type { FastifyInstance } from 'fastify';
import { nestsAtMost } from '../../shared/json-depth.ts';

/** No body nests half as deep. */
const MOST_DEPTH = 16;

/** Takes JSON bodies and no others; how deep one nests is known before it is parsed. */
export function takeJson(app: FastifyInstance): void {
  // Refuses `__proto__` and `constructor.prototype` too.
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (typeof body === 'string' || !nestsAtMost(MOST_DEPTH, body))
      done(Object.assign(new Error('the body nests too deep'), { statusCode: 400 }));
    else parse(request, body.toString('utf8'), done);
  });
}
