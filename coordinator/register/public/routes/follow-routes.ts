import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { placeOf } from '../../../door/place.ts';
import type { Rate } from '../../../process/token-bucket.ts';
import { Failures } from '../../../staff/failures.ts';
import { serve } from '../../../web/serve.ts';
import type { Register } from '../../model/state.ts';
import { answeredOf } from '../../papers/of-register.ts';
import type { PaperPress } from '../../papers/press.ts';
import type { Followed, Submissions } from '../../program/submissions.ts';
import { followedPage, followPage } from '../follow-pages.ts';
import type { Look } from '../frame.ts';
import { comeAgain } from '../notice-page.ts';
import type { DayOf, PublicView } from '../public-register.ts';
import { followedVoicePage } from '../works/voice-pages.ts';
import { followAddress } from './addresses.ts';
import { fieldIn, fieldsIn, takeForms } from './sent-form.ts';
import { lookFor, sendPage } from './sent-page.ts';

export interface FollowParts {
  readonly register: () => Register;
  readonly view: PublicView;
  readonly submissions: Submissions;
  readonly press: Pick<PaperPress, 'renderPaper'>;
  readonly dayOf: DayOf;
  readonly now: () => number;
  readonly address: string | null;
}

/** Codes that lead nowhere, of one address: typing errors of a whole village, and nobody's way to seventy-five bits. */
const WRONG_CODES: Rate = { burst: 30, perSecond: 10 / 60 };

/** What somebody finds by the code on their receipt. The code comes in a form's body and stands in no address. */
export const followRoutes: FastifyPluginAsync<FollowParts> = async (app, parts) => {
  const { register, view, submissions, press, dayOf, now } = parts;
  const wrongCodes = new Failures(WRONG_CODES, now);
  takeForms(app);

  serve(app, PUBLIC_ROUTES.follow, async ({ request }, reply) => {
    const look = lookFor(request, view.now());
    return sendPage(reply, request, look, followPage(look));
  });

  /** What stands behind the code that was sent; else the answer that says why there is none. */
  const followed = async (
    request: FastifyRequest,
    reply: FastifyReply,
    look: Look,
    then: (one: Followed, code: string) => Promise<FastifyReply>,
  ): Promise<FastifyReply> => {
    const { t } = look;
    const code = fieldIn(fieldsIn(request), 'code');
    const attempt = wrongCodes.try(placeOf(request.raw.socket.remoteAddress));
    if (!attempt.ok) {
      const seconds = Math.ceil(attempt.wait / 1000);
      const words = t(
        `输错的次数太多，请过${seconds}秒再试。`,
        `Too many wrong codes; try again in ${seconds} seconds.`,
      );
      reply.header('Retry-After', seconds);
      return sendPage(reply, request, look, followPage(look, code, words), 429);
    }
    const one = submissions.followed(code);
    if (!one) {
      const words = t(
        '没有这个查询码，请对照回执再看一遍。',
        'There is no such code; please compare it with your receipt.',
      );
      return sendPage(reply, request, look, followPage(look, code, words), 404);
    }
    attempt.succeeded();
    return then(one, code);
  };

  serve(app, PUBLIC_ROUTES.followed, async ({ request }, reply) => {
    const look = lookFor(request, view.now());
    return followed(request, reply, look, (one, code) =>
      sendPage(
        reply,
        request,
        look,
        one.is === 'voice'
          ? followedVoicePage(look, one.voice)
          : followedPage(look, view.shown(one.proposal), code),
      ),
    );
  });

  serve(app, PUBLIC_ROUTES.letter, async ({ request }, reply) => {
    const look = lookFor(request, view.now());
    return followed(request, reply, look, async (found) => {
      if (found.is === 'voice') return sendPage(reply, request, look, null);
      const one = found.proposal;
      const answer = answeredOf(register(), one.id, look.language);
      if (!answer || !one.answer) return sendPage(reply, request, look, null);
      const congress = look.name(look.register.congress);
      const made = await press.renderPaper({
        kind: 'answer',
        language: look.language,
        issuer: congress,
        date: dayOf(one.answer.at),
        number: null,
        congress,
        // Whoever has found the receipt learns no name by it.
        to: null,
        code: one.id,
        cycle: one.cycle,
        title: one.wording?.title ?? null,
        received: dayOf(one.at),
        answer,
        address: followAddress(parts, request),
      });
      if (!('pdf' in made)) return sendPage(reply, request, look, comeAgain(look), 503);
      return reply
        .type('application/pdf')
        .header('Content-Disposition', `attachment; filename="${one.id}.pdf"`)
        .send(Buffer.from(made.pdf));
    });
  });
};
