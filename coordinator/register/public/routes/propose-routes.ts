import multipart from '@fastify/multipart';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Report } from '../../../../shared/protocol/guarded.ts';
import { MOST_FILES, PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { serve } from '../../../web/serve.ts';
import { REGISTER_REFUSALS } from '../../model/refusals.ts';
import type { PaperPress } from '../../papers/press.ts';
import type { Submissions } from '../../program/submissions.ts';
import type { Look } from '../frame.ts';
import { comeAgain } from '../notice-page.ts';
import {
  NOTHING_TYPED,
  placeOfTyped,
  proposerOf,
  type Typed,
  typedIn,
  wrongIn,
  wrongMatter,
} from '../proposal-form.ts';
import { detailsPage, matterPage, notCollecting, receiptPage } from '../propose-pages.ts';
import type { DayOf, PublicView } from '../public-register.ts';
import { similarProposals } from '../search.ts';
import { followAddress } from './addresses.ts';
import { type Again, type FormDesk, UPLOAD_MS } from './form-desk.ts';
import type { PublicPageParts } from './page-routes.ts';
import { type Receipt, Receipts } from './receipts.ts';
import { fieldIn, fieldsIn, plainFields, takeForms } from './sent-form.ts';
import { lookFor, sendPage } from './sent-page.ts';

export interface ProposeParts {
  readonly view: PublicView;
  readonly cleared: PublicPageParts['cleared'];
  readonly submissions: Submissions;
  readonly forms: FormDesk;
  readonly press: Pick<PaperPress, 'renderPaper'>;
  readonly dayOf: DayOf;
  readonly now: () => number;
  readonly report: Report;
  /** Where the register is reached, where somebody has said so. */
  readonly address: string | null;
}

/** Anybody proposes something: three steps, and a receipt that is shown once. */
export const proposeRoutes: FastifyPluginAsync<ProposeParts> = async (app, parts) => {
  const { view, cleared, submissions, forms, press, dayOf, now, report } = parts;
  const { tokens } = forms;
  const receipts = new Receipts(now);
  takeForms(app);
  // A file that is too long is cut short and said so (`sent-form.ts`), not thrown at whoever reads the rest.
  await app.register(multipart, { throwFileSizeLimit: false });

  const collecting = ({ register }: Look) =>
    register.cycles.find(({ stage }) => stage === 'collecting') ?? null;

  const details = (look: Look, typed: Typed, { wrong = [], notice, kept = [], token }: Again) =>
    detailsPage(
      look,
      { typed, wrong, notice: notice ?? null },
      {
        token: token ?? tokens.give(),
        similar: wrong.length === 0 && !notice ? similarProposals(look.register, cleared, typed) : [],
        kept,
      },
    );

  serve(app, PUBLIC_ROUTES.propose, async ({ request }, reply) => {
    const look = lookFor(request, view.now());
    const page = collecting(look)
      ? matterPage(look, { typed: NOTHING_TYPED, wrong: [], notice: null })
      : notCollecting(look);
    return sendPage(reply, request, look, page);
  });

  serve(app, PUBLIC_ROUTES.matter, async ({ request }, reply) => {
    const look = lookFor(request, view.now());
    if (!collecting(look)) return sendPage(reply, request, look, notCollecting(look), 409);
    const typed = typedIn(plainFields(fieldsIn(request)));
    const wrong = wrongMatter(look, typed);
    return wrong.length > 0
      ? sendPage(reply, request, look, matterPage(look, { typed, wrong, notice: null }), 422)
      : sendPage(reply, request, look, details(look, typed, { status: 200 }));
  });

  serve(
    app,
    PUBLIC_ROUTES.proposed,
    async ({ request }, reply) => {
      const look = lookFor(request, view.now());
      const form = await forms.open(request, reply, look, PUBLIC_ROUTES.proposed.mostBody);
      if (!form) return reply;
      const typed = typedIn(plainFields(form.fields));
      const done = await forms.take({
        ...{ look, form, request, receipts, mostFiles: MOST_FILES },
        wrong: wrongIn(look, typed),
        enter: (attachments) => submit(look, typed, attachments),
      });
      await form.drain();
      if ('code' in done) {
        const token = fieldIn(form.fields, 'token');
        return sendPage(reply, request, look, receiptPage(look, done, followAddress(parts, request), token));
      }
      return sendPage(reply, request, look, details(look, typed, done), done.status);
    },
    { bodyMs: UPLOAD_MS },
  );

  const submit = (look: Look, typed: Typed, attachments: readonly string[]): Receipt | Again => {
    const { language } = look;
    const cycle = collecting(look)?.year ?? 0;
    const { title, text } = typed;
    try {
      const wording = { title, text, place: placeOfTyped(look, typed) };
      const asked = { cycle, channel: 'online' as const, wording, proposer: proposerOf(typed), attachments };
      const submitted = submissions.submit(asked, null);
      if (submitted.is === 'refused')
        return { status: 409, notice: REGISTER_REFUSALS[submitted.reason][language] };
      const { proposal, code } = submitted;
      return { proposal, code, cycle, title, text, received: dayOf(now()), attachments: attachments.length };
    } catch (error) {
      // Of what was typed nothing goes into the log.
      report('a proposal could not be kept', error instanceof Error ? error.name : 'unknown');
      return {
        status: 500,
        notice: look.t('没有收下，请过一会儿再试。', 'It could not be kept; please try again in a while.'),
      };
    }
  };

  serve(app, PUBLIC_ROUTES.receipt, async ({ request }, reply) => {
    const look = lookFor(request, view.now());
    const read = tokens.read(fieldIn(fieldsIn(request), 'token'));
    const receipt = read && (await receipts.of(read.id));
    if (!receipt) return sendPage(reply, request, look, null);
    return sendReceipt(request, reply, look, receipt);
  });

  const sendReceipt = async (request: FastifyRequest, reply: FastifyReply, look: Look, receipt: Receipt) => {
    const { proposal, ...said } = receipt;
    const made = await press.renderPaper({
      kind: 'receipt',
      ...said,
      language: look.language,
      issuer: look.name(look.register.congress),
      date: receipt.received,
      channel: 'online',
      address: `${followAddress(parts, request)}#${receipt.code}`,
    });
    if (!('pdf' in made)) return sendPage(reply, request, look, comeAgain(look), 503);
    return reply
      .type('application/pdf')
      .header('Content-Disposition', `attachment; filename="${proposal}.pdf"`)
      .send(Buffer.from(made.pdf));
  };
};
