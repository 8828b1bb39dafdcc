import multipart from '@fastify/multipart';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Report } from '../../../../shared/protocol/guarded.ts';
import type { RandomBytes } from '../../../../shared/protocol/ids.ts';
import { MOST_FILES, PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { FairPool } from '../../../door/fair-pool.ts';
import { placeOf } from '../../../door/place.ts';
import { serve } from '../../../web/serve.ts';
import type { Intake } from '../../attachments/intake.ts';
import { ATTACHMENT_REFUSALS } from '../../attachments/refusals.ts';
import { REGISTER_REFUSALS } from '../../model/refusals.ts';
import type { PaperPress } from '../../papers/press.ts';
import type { Submissions } from '../../program/submissions.ts';
import type { Look } from '../frame.ts';
import { comeAgain, unreadable } from '../notice-page.ts';
import {
  NOTHING_TYPED,
  placeOfTyped,
  proposerOf,
  type Typed,
  typedIn,
  type Wrong,
  wrongIn,
  wrongMatter,
} from '../proposal-form.ts';
import { detailsPage, matterPage, notCollecting, receiptPage } from '../propose-pages.ts';
import type { DayOf, PublicView } from '../public-register.ts';
import { similarProposals } from '../search.ts';
import { followAddress } from './addresses.ts';
import { FormTokens } from './form-tokens.ts';
import { LEAST_AGE_MS, Pace } from './pace.ts';
import type { PublicPageParts } from './page-routes.ts';
import { type Receipt, Receipts } from './receipts.ts';
import { type Fields, fieldIn, fieldsIn, openForm, type SentForm, takeForms } from './sent-form.ts';
import { lookFor, sendPage } from './sent-page.ts';

export interface ProposeParts {
  readonly view: PublicView;
  readonly cleared: PublicPageParts['cleared'];
  readonly submissions: Submissions;
  readonly intake: Pick<Intake, 'take'>;
  readonly press: Pick<PaperPress, 'renderPaper'>;
  readonly dayOf: DayOf;
  readonly now: () => number;
  readonly random: RandomBytes;
  readonly report: Report;
  /** Where the register is reached, where somebody has said so. */
  readonly address: string | null;
}

/** Five photographs over a poor line. */
const UPLOAD_MS = 115_000;
/** Each holds a file of ten megabytes in memory. */
const UPLOADS = { all: 12, each: 4 } as const;

/** Whether a form is longer than it may be, or does not say how long: what takes it part by part looks at each of them only. */
const isTooLong = ({ headers }: FastifyRequest): boolean =>
  !(Number(headers['content-length']) <= PUBLIC_ROUTES.proposed.mostBody);

/** Why a form is shown again. */
interface Again {
  readonly status: number;
  readonly wrong?: readonly Wrong[];
  readonly notice?: string;
  readonly kept?: readonly string[];
  readonly token?: string;
}

/** A form that was sent, on its way. */
interface Sending {
  readonly look: Look;
  readonly form: SentForm;
  readonly typed: Typed;
  readonly token: string;
}

const plainFields = (fields: Fields) =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, fieldIn(fields, name)]));

/** Anybody proposes something: three steps, and a receipt that is shown once. */
export const proposeRoutes: FastifyPluginAsync<ProposeParts> = async (app, parts) => {
  const { view, cleared, submissions, intake, press, dayOf, now, random, report } = parts;
  const tokens = new FormTokens(random, now);
  const receipts = new Receipts(now);
  const pace = new Pace(now);
  const uploads = new FairPool<FastifyRequest['raw']['socket']>(() => UPLOADS);
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
      if (isTooLong(request))
        return sendPage(reply.header('Connection', 'close'), request, look, unreadable(look), 413);
      const form = await openForm(request);
      if (!form) return sendPage(reply, request, look, unreadable(look), 400);
      const token = fieldIn(form.fields, 'token');
      const sending = { look, form, token, typed: typedIn(plainFields(form.fields)) };
      const done = await send(sending, request);
      await form.drain();
      if ('code' in done)
        return sendPage(reply, request, look, receiptPage(look, done, followAddress(parts, request), token));
      return sendPage(reply, request, look, details(look, sending.typed, done), done.status);
    },
    { bodyMs: UPLOAD_MS },
  );

  /** The receipt of a form, or why it is shown again. */
  const send = async (sending: Sending, request: FastifyRequest): Promise<Receipt | Again> => {
    const { look, typed, token } = sending;
    const { t } = look;
    const read = tokens.read(token);
    if (!read)
      return {
        status: 409,
        notice: t(
          '页面放得太久了，请再按一次“提交”。',
          'This page lay open too long; please press “Send” once more.',
        ),
      };
    if (read.age < LEAST_AGE_MS)
      return { status: 429, token, notice: t('请再按一次“提交”。', 'Please press “Send” once more.') };
    const kept = keptIn(sending.form.fields);
    const wrong = wrongIn(look, typed);
    if (wrong.length > 0) return { status: 422, token, wrong, kept: kept.map((hash) => tokens.seal(hash)) };
    let again: Again = {
      status: 500,
      token,
      notice: t('没有收下，请再试一次。', 'It was not taken; please try again.'),
    };
    const receipt = await receipts.once(read.id, async () => {
      const entered = await enter(sending, kept, request);
      if ('code' in entered) return entered;
      again = { token, ...entered };
      return null;
    });
    return receipt ?? again;
  };

  const keptIn = (fields: Fields): readonly string[] =>
    (fields.kept ?? []).flatMap((sealed) => tokens.open(sealed) ?? []).slice(0, MOST_FILES);

  const enter = async (
    sending: Sending,
    kept: readonly string[],
    request: FastifyRequest,
  ): Promise<Receipt | Again> => {
    const { look, typed } = sending;
    const { t } = look;
    const turn = pace.take(placeOf(request.raw.socket.remoteAddress));
    if (!turn.ok) {
      const seconds = Math.ceil(turn.wait / 1000);
      return {
        status: 429,
        notice: t(
          `现在提交的人很多，请过${seconds}秒再按“提交”。`,
          `Many are sending proposals just now; please press “Send” again in ${seconds} seconds.`,
        ),
        kept: kept.map((hash) => tokens.seal(hash)),
      };
    }
    const files = await takeFiles(sending, kept, request);
    if (files.wrong.length > 0)
      return {
        status: files.isCut ? 400 : 422,
        wrong: files.wrong,
        kept: files.hashes.map((hash) => tokens.seal(hash)),
      };
    return submit(sending.look, typed, files.hashes);
  };

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

  /** Takes the files of a form in, one after another, those that are kept already first. */
  const takeFiles = async ({ look, form }: Sending, kept: readonly string[], { raw }: FastifyRequest) => {
    const { t, language } = look;
    const hashes = [...kept];
    const wrong: Wrong[] = [];
    let isCut = false;
    const refuse = (name: string, words: string) =>
      wrong.push({ field: 'files', words: name ? `${name}：${words}` : words });
    const { isIn, out } = uploads.admit(raw.socket, placeOf(raw.socket.remoteAddress), now());
    out?.destroy();
    raw.socket.setTimeout(UPLOAD_MS);
    try {
      for await (const file of form.files()) {
        if (!isIn) refuse(file.name, ATTACHMENT_REFUSALS.busy[language]);
        else if (!file.ok && file.reason === 'too-large')
          refuse(file.name, ATTACHMENT_REFUSALS['too-large'][language]);
        else if (!file.ok && file.reason === 'cut-off') {
          isCut = true;
          refuse('', t('没有收全，请再选一次文件', 'It did not come whole; choose the files once more'));
        } else if (!file.ok || hashes.length >= MOST_FILES)
          refuse('', t(`最多${MOST_FILES}个文件`, `At most ${MOST_FILES} files`));
        else {
          const taken = await intake.take(file.bytes);
          if (taken.ok) hashes.push(taken.hash);
          else refuse(file.name, ATTACHMENT_REFUSALS[taken.reason][language]);
        }
      }
    } finally {
      uploads.leave(raw.socket);
    }
    return { hashes: [...new Set(hashes)], wrong, isCut };
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
