import type { FastifyPluginAsync } from 'fastify';
import { LevelsSearch, PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { serve } from '../../../web/serve.ts';
import type { LevelsView } from '../../federation/level-members.ts';
import { levelPage } from '../levels/level-page.ts';
import { levelsData, levelsTable } from '../levels/levels-data.ts';
import { levelsPage } from '../levels/levels-page.ts';
import { tableCsv, tableXlsx } from '../open-tables.ts';
import type { PublicView } from '../public-register.ts';
import { lookFor, sendPage, sendTagged } from './sent-page.ts';

export interface LevelsPageParts {
  readonly view: PublicView;
  readonly levels: LevelsView;
}

/** Sums of eighty registers take a moment; a whole village may share one address. */
const PAGES = { rateLimit: { max: 300, timeWindow: '1 minute' } };
const FILES = { rateLimit: { max: 60, timeWindow: '1 minute' } };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What a register and those beneath it have together. */
export const levelsRoutes: FastifyPluginAsync<LevelsPageParts> = async (app, { view, levels }) => {
  serve(
    app,
    PUBLIC_ROUTES.levels,
    async ({ request }, reply) => {
      const look = lookFor(request, view.now());
      const { area: _, ...asked } = LevelsSearch.parse(request.query);
      return sendPage(reply, request, look, levelsPage(look, levels.levels(asked)));
    },
    PAGES,
  );

  serve(
    app,
    PUBLIC_ROUTES.level,
    async ({ params: { id }, request }, reply) => {
      const look = lookFor(request, view.now());
      const { area, ...search } = LevelsSearch.parse(request.query);
      const found = levels.levels({ ...search, level: null });
      const member = found.members.find((each) => each.id === id);
      const projects = levels.projects(id, found.asked, area) ?? [];
      return sendPage(reply, request, look, member ? levelPage(look, found, member, projects, area) : null);
    },
    PAGES,
  );

  serve(
    app,
    PUBLIC_ROUTES.levelsData,
    async ({ params: { file }, request }, reply) => {
      const look = lookFor(request, view.now());
      const [of = '', type] = file.split('.');
      const year = of === 'all' ? null : Number(of);
      const found = levels.levels({ year, level: null, category: null });
      if (found.asked.year !== year) return sendPage(reply, request, look, null);
      if (type === 'json') {
        reply.header('Access-Control-Allow-Origin', '*').type('application/json; charset=utf-8');
        return sendTagged(reply, request, `${JSON.stringify(levelsData(look.register, found), null, 1)}\n`);
      }
      const table = levelsTable(look, found);
      reply.header('Content-Disposition', `attachment; filename="levels-${file}"`);
      return type === 'xlsx'
        ? sendTagged(reply.type(XLSX), request, await tableXlsx(table))
        : sendTagged(reply.type('text/csv; charset=utf-8'), request, tableCsv(table));
    },
    FILES,
  );
};
