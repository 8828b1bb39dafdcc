import type { FastifyInstance } from 'fastify';
import { EVERY_REGISTER_ROUTE } from '../../contract/register/routes.ts';
import { type HttpOptions, httpApp } from '../../web/http-app.ts';
import { accountRoutes } from '../../web/routes/account.ts';
import { administrationRoutes } from '../../web/routes/administration.ts';
import { signInRoutes } from '../../web/routes/sign-in.ts';
import { type DataParts, dataRoutes } from '../public/routes/data-routes.ts';
import { type EvidenceParts, evidenceRoutes } from '../public/routes/evidence-routes.ts';
import { type FeedParts, feedRoutes } from '../public/routes/feed-routes.ts';
import { type FollowParts, followRoutes } from '../public/routes/follow-routes.ts';
import { FormDesk, type FormDeskParts } from '../public/routes/form-desk.ts';
import { type LevelsPageParts, levelsRoutes } from '../public/routes/levels-routes.ts';
import { type ListPaperParts, listPaperRoutes } from '../public/routes/list-paper-routes.ts';
import { type PublicNoticeParts, publicNoticeRoutes } from '../public/routes/notice-routes.ts';
import { type PublicPageParts, publicPageRoutes } from '../public/routes/page-routes.ts';
import { type PosterParts, posterRoutes } from '../public/routes/poster-routes.ts';
import { type ProposeParts, proposeRoutes } from '../public/routes/propose-routes.ts';
import { type VoiceParts, voiceRoutes } from '../public/routes/voice-routes.ts';
import { type ActParts, actRoutes } from './act-routes.ts';
import { type AttachmentParts, attachmentRoutes } from './attachment-routes.ts';
import { type ChildrenParts, childrenRoutes } from './children-routes.ts';
import { type DeskParts, deskRoutes } from './desk-routes.ts';
import { type EntryParts, entryRoutes } from './entry-routes.ts';
import { type HallParts, hallRoutes } from './hall-routes.ts';
import { type ListParts, listRoutes } from './list-routes.ts';
import { type NoticeParts, noticeRoutes } from './notice-routes.ts';
import { type PageParts, pageRoutes } from './page-routes.ts';
import { reportTableRoutes } from './report-table-routes.ts';
import { type SessionParts, sessionRoutes } from './session-routes.ts';
import { type TableParts, tableRoutes } from './table-routes.ts';
import { type VoicesParts, voicesRoutes } from './voices-routes.ts';
import { type WorksParts, worksRoutes } from './works-routes.ts';

export interface RegisterWebOptions
  extends HttpOptions,
    PageParts,
    SessionParts,
    DeskParts,
    WorksParts,
    VoicesParts,
    NoticeParts,
    ActParts,
    AttachmentParts,
    ListParts,
    HallParts,
    TableParts,
    EntryParts,
    PublicPageParts,
    EvidenceParts,
    FormDeskParts,
    Omit<ProposeParts, 'forms'>,
    Omit<VoiceParts, 'forms'>,
    PublicNoticeParts,
    FollowParts,
    DataParts,
    FeedParts,
    LevelsPageParts,
    ChildrenParts,
    ListPaperParts,
    PosterParts {}

/** The HTTP side of a register: pages, signing in, acts of its staff, and what anybody may read. Made ready, and not listening yet. */
export function registerServer(options: RegisterWebOptions): Promise<FastifyInstance> {
  return httpApp(options, EVERY_REGISTER_ROUTE, async (app) => {
    await app.register(pageRoutes, options);
    await app.register(sessionRoutes, options);
    await app.register(signInRoutes, options);
    await app.register(accountRoutes, options);
    await app.register(administrationRoutes, options);
    await app.register(deskRoutes, options);
    await app.register(worksRoutes, options);
    await app.register(voicesRoutes, options);
    await app.register(reportTableRoutes, options);
    await app.register(noticeRoutes, options);
    await app.register(actRoutes, options);
    await app.register(attachmentRoutes, options);
    await app.register(listRoutes, options);
    await app.register(hallRoutes, options);
    await app.register(tableRoutes, options);
    await app.register(entryRoutes, options);
    await app.register(publicPageRoutes, options);
    await app.register(evidenceRoutes, options);
    // One measure for all that strangers send.
    const forms = new FormDesk(options);
    await app.register(proposeRoutes, { ...options, forms });
    await app.register(voiceRoutes, { ...options, forms });
    await app.register(publicNoticeRoutes, options);
    await app.register(followRoutes, options);
    await app.register(listPaperRoutes, options);
    await app.register(posterRoutes, options);
    await app.register(dataRoutes, options);
    await app.register(feedRoutes, options);
    await app.register(levelsRoutes, options);
    await app.register(childrenRoutes, options);
  });
}
