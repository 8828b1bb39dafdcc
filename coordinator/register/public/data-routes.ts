import type { FastifyPluginAsync } from 'fastify';
import { PUBLIC_ROUTES } from '../../contract/register/public-routes.ts';
import { serve } from '../../web/serve.ts';
import { baseAddress } from './addresses.ts';
import { dataPage } from './data-page.ts';
import { feed } from './feed.ts';
import { cycleData, cycleSchema } from './open-data.ts';
import { projectTable, proposalTable, tableCsv, tableXlsx } from './open-tables.ts';
import type { PublicRegister, PublicView } from './public-register.ts';
import { lookFor, sendPage, sendTagged } from './sent-page.ts';

export interface DataParts {
  readonly view: PublicView;
  readonly now: () => number;
  readonly address: string | null;
}

/** A file of a large year takes a second to make, in which nobody else is answered: it may be so old. */
const KEPT_MS = 30_000;

interface Made {
  readonly of: PublicRegister;
  readonly at: number;
  readonly file: Promise<string | Buffer>;
}

const FILES = { rateLimit: { max: 60, timeWindow: '1 minute' } };

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What of a register can be taken along. */
export const dataRoutes: FastifyPluginAsync<DataParts> = async (app, parts) => {
  const { view, now } = parts;
  const made = new Map<string, Made>();
  const once = (register: PublicRegister, key: string, make: () => Promise<string | Buffer>) => {
    const known = made.get(key);
    if (known && (known.of === register || now() - known.at < KEPT_MS)) return known.file;
    const file = make();
    made.set(key, { of: register, at: now(), file });
    return file;
  };

  serve(app, PUBLIC_ROUTES.openData, async ({ request }, reply) => {
    const look = lookFor(request, view.now());
    return sendPage(reply, request, look, dataPage(look));
  });

  serve(app, PUBLIC_ROUTES.schema, async ({ request }, reply) =>
    sendTagged(
      reply.type('application/schema+json; charset=utf-8'),
      request,
      `${JSON.stringify(cycleSchema(), null, 2)}\n`,
    ),
  );

  serve(
    app,
    PUBLIC_ROUTES.cycleData,
    async ({ params: { file }, request }, reply) => {
      const look = lookFor(request, view.now());
      const { register } = look;
      const cycle = register.cycles.find(({ year }) => `${year}.json` === file);
      if (!cycle) return sendPage(reply, request, look, null);
      const json = await once(
        register,
        file,
        async () => `${JSON.stringify(cycleData(register, cycle), null, 1)}\n`,
      );
      // Whoever draws something of it on another site may ask for it.
      reply.header('Access-Control-Allow-Origin', '*').type('application/json; charset=utf-8');
      return sendTagged(reply, request, json);
    },
    FILES,
  );

  serve(
    app,
    PUBLIC_ROUTES.cycleTable,
    async ({ params: { year, file }, request }, reply) => {
      const look = lookFor(request, view.now());
      const { register, language } = look;
      const cycle = register.cycles.find((each) => String(each.year) === year);
      const [what, type] = file.split('.');
      if (!cycle || (what === 'projects' && !cycle.list)) return sendPage(reply, request, look, null);
      const table = () => (what === 'projects' ? projectTable(look, cycle) : proposalTable(look, cycle));
      const content = await once(register, `${year} ${file} ${language}`, async () =>
        type === 'xlsx' ? tableXlsx(table()) : tableCsv(table()),
      );
      reply
        .type(type === 'xlsx' ? XLSX : 'text/csv; charset=utf-8')
        .header('Content-Disposition', `attachment; filename="${year}-${file}"`);
      return sendTagged(reply, request, content);
    },
    FILES,
  );

  serve(app, PUBLIC_ROUTES.feed, async ({ request }, reply) => {
    const look = lookFor(request, view.now());
    const atom = String(await feed(look, baseAddress(parts, request)));
    return sendTagged(reply.type('application/atom+xml; charset=utf-8'), request, atom);
  });
};
