import type { FastifyPluginAsync } from 'fastify';
import { CycleSearch, PUBLIC_ROUTES, PublicSearch } from '../../../contract/register/public-routes.ts';
import { serve } from '../../../web/serve.ts';
import type { SearchIndex } from '../../beside/search.ts';
import { cyclePage } from '../cycle-page.ts';
import { overviewPage } from '../overview-page.ts';
import { proposalPage, proposalsPage } from '../proposals-pages.ts';
import type { PublicView } from '../public-register.ts';
import { PUBLIC_SCRIPT } from '../script.ts';
import { findProposals } from '../search.ts';
import { PUBLIC_STYLE } from '../style.ts';
import { partPage } from '../works/part-page.ts';
import { pageOfProject } from '../works/work-page.ts';
import { yearsPage } from '../works/years-page.ts';
import { lookFor, sendPage, sendTagged } from './sent-page.ts';

export interface PublicPageParts {
  readonly view: PublicView;
  /** The index of what was cleared, and no other. */
  readonly cleared: Pick<SearchIndex, 'find' | 'similar'>;
}

/** A search takes a moment; a whole village may share one address. */
const SEARCH = { rateLimit: { max: 300, timeWindow: '1 minute' } };

const FOREVER = 'public, max-age=31536000, immutable';

/** What everybody may read of a register. */
export const publicPageRoutes: FastifyPluginAsync<PublicPageParts> = async (app, { view, cleared }) => {
  serve(app, PUBLIC_ROUTES.overview, async ({ request }, reply) => {
    const look = lookFor(request, view.now());
    return sendPage(reply, request, look, overviewPage(look));
  });

  serve(app, PUBLIC_ROUTES.publicCycle, async ({ params: { year }, request }, reply) => {
    const look = lookFor(request, view.now());
    const cycle = look.register.cycles.find((each) => each.year === Number(year));
    const filter = CycleSearch.parse(emptyAsLeftOut(request.query));
    return sendPage(reply, request, look, cycle ? cyclePage(look, cycle, filter) : null);
  });

  serve(app, PUBLIC_ROUTES.publicProject, async ({ params: { id }, request }, reply) => {
    const look = lookFor(request, view.now());
    return sendPage(reply, request, look, pageOfProject(look, id));
  });

  serve(app, PUBLIC_ROUTES.publicPart, async ({ params: { id, part }, request }, reply) => {
    const look = lookFor(request, view.now());
    return sendPage(reply, request, look, partPage(look, id, part));
  });

  serve(app, PUBLIC_ROUTES.years, async ({ request }, reply) => {
    const look = lookFor(request, view.now());
    return sendPage(reply, request, look, yearsPage(look));
  });

  serve(
    app,
    PUBLIC_ROUTES.publicProposals,
    async ({ request }, reply) => {
      const look = lookFor(request, view.now());
      const asked = PublicSearch.parse(emptyAsLeftOut(request.query));
      return sendPage(
        reply,
        request,
        look,
        proposalsPage(look, findProposals(look.register, cleared, asked)),
      );
    },
    SEARCH,
  );

  serve(app, PUBLIC_ROUTES.publicProposal, async ({ params: { id }, request }, reply) => {
    const look = lookFor(request, view.now());
    const one = look.register.proposals.get(id);
    return sendPage(reply, request, look, one ? proposalPage(look, one) : null);
  });

  serve(app, PUBLIC_ROUTES.style, async ({ request }, reply) =>
    sendTagged(reply.type('text/css; charset=utf-8'), request, PUBLIC_STYLE, FOREVER),
  );
  serve(app, PUBLIC_ROUTES.script, async ({ request }, reply) =>
    sendTagged(reply.type('text/javascript; charset=utf-8'), request, PUBLIC_SCRIPT, FOREVER),
  );
};

/** A form sends its empty fields too. */
function emptyAsLeftOut(query: unknown): object {
  return Object.fromEntries(Object.entries(query ?? {}).filter(([, value]) => value !== ''));
}
