import multipart from '@fastify/multipart';
import type { FastifyPluginAsync } from 'fastify';
import type { Report } from '../../../../shared/protocol/guarded.ts';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { serve } from '../../../web/serve.ts';
import { REGISTER_REFUSALS } from '../../model/refusals.ts';
import type { Submissions } from '../../program/submissions.ts';
import type { Look } from '../frame.ts';
import type { PublicView } from '../public-register.ts';
import {
  MOST_PHOTOS,
  type Site,
  type TypedVoice,
  type VoiceReceipt,
  voiceIn,
  voicePage,
  voiceTaken,
  wrongVoice,
} from '../works/voice-pages.ts';
import { followAddress } from './addresses.ts';
import { type Again, type FormDesk, UPLOAD_MS } from './form-desk.ts';
import { Receipts } from './receipts.ts';
import { fieldsIn, plainFields, takeForms } from './sent-form.ts';
import { lookFor, sendPage } from './sent-page.ts';

export interface VoiceParts {
  readonly view: PublicView;
  readonly submissions: Submissions;
  readonly forms: FormDesk;
  readonly now: () => number;
  readonly report: Report;
  readonly address: string | null;
}

/** Anybody at a site says that it is not so, or what they think of it: two steps, and a code by which it is followed. */
export const voiceRoutes: FastifyPluginAsync<VoiceParts> = async (app, parts) => {
  const { view, submissions, forms, now, report } = parts;
  const receipts = new Receipts<VoiceReceipt>(now);
  takeForms(app);
  await app.register(multipart, { throwFileSizeLimit: false });

  /** Where something is said; null where nothing is built. */
  const siteOf = ({ register }: Look, project: string, part: string): Site | null => {
    const found = register.works.projects.get(project)?.sheet.parts.find(({ id }) => id === part);
    return found ? { project, part, title: found.title } : null;
  };

  const again = (
    look: Look,
    site: Site,
    typed: TypedVoice,
    { wrong = [], notice, kept = [], token }: Again,
  ) =>
    voicePage(look, site, typed, {
      ...{ wrong, kept, notice: notice ?? null },
      token: token ?? forms.tokens.give(),
    });

  serve(app, PUBLIC_ROUTES.voiceWords, async ({ params: { id, part }, request }, reply) => {
    const look = lookFor(request, view.now());
    const site = siteOf(look, id, part);
    if (!site) return sendPage(reply, request, look, null);
    const typed = voiceIn(plainFields(fieldsIn(request)));
    const wrong = wrongVoice(look, typed);
    const status = wrong.length > 0 ? 422 : 200;
    return sendPage(reply, request, look, again(look, site, typed, { status, wrong }), status);
  });

  serve(
    app,
    PUBLIC_ROUTES.voice,
    async ({ params: { id, part }, request }, reply) => {
      const look = lookFor(request, view.now());
      const site = siteOf(look, id, part);
      const form = await forms.open(request, reply, look, PUBLIC_ROUTES.voice.mostBody);
      if (!form) return reply;
      if (!site) {
        await form.drain();
        return sendPage(reply, request, look, null);
      }
      const typed = voiceIn(plainFields(form.fields));
      const done = await forms.take({
        ...{ look, form, request, receipts, mostFiles: MOST_PHOTOS },
        wrong: wrongVoice(look, typed),
        enter: (attachments) => enter(look, site, typed, attachments),
      });
      await form.drain();
      if ('code' in done)
        return sendPage(reply, request, look, voiceTaken(look, site, done, followAddress(parts, request)));
      return sendPage(reply, request, look, again(look, site, typed, done), done.status);
    },
    { bodyMs: UPLOAD_MS },
  );

  const enter = (
    look: Look,
    { project, part }: Site,
    { kind, text }: TypedVoice,
    attachments: readonly string[],
  ): VoiceReceipt | Again => {
    try {
      const spoken = submissions.speak({ project, part, kind: kind ?? 'comment', text, attachments });
      if (spoken.is === 'refused')
        return { status: 409, notice: REGISTER_REFUSALS[spoken.reason][look.language] };
      return { voice: spoken.voice, code: spoken.code };
    } catch (error) {
      // Of what was typed nothing goes into the log.
      report('what somebody said could not be kept', error instanceof Error ? error.name : 'unknown');
      return {
        status: 500,
        notice: look.t('没有收下，请过一会儿再试。', 'It could not be kept; please try again in a while.'),
      };
    }
  };
};
