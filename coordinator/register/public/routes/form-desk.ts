import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RandomBytes } from '../../../../shared/protocol/ids.ts';
import { FairPool } from '../../../door/fair-pool.ts';
import { placeOf } from '../../../door/place.ts';
import type { Intake } from '../../attachments/intake.ts';
import { ATTACHMENT_REFUSALS } from '../../attachments/refusals.ts';
import type { Look } from '../frame.ts';
import { unreadable } from '../notice-page.ts';
import type { Wrong } from '../proposal-form.ts';
import { FormTokens } from './form-tokens.ts';
import { LEAST_AGE_MS, Pace } from './pace.ts';
import type { Receipts } from './receipts.ts';
import { type Fields, fieldIn, openForm, type SentForm } from './sent-form.ts';
import { sendPage } from './sent-page.ts';

/** Five photographs over a poor line. */
export const UPLOAD_MS = 115_000;
/** Each holds a file of ten megabytes in memory. */
const UPLOADS = { all: 12, each: 4 } as const;

/** Why a form is shown again. */
export interface Again {
  readonly status: number;
  readonly wrong?: readonly Wrong[];
  readonly notice?: string;
  /** Files that were taken in already, sealed. */
  readonly kept?: readonly string[];
  readonly token?: string;
}

/** A form that was sent, on its way. */
export interface Sending<R extends object> {
  readonly look: Look;
  readonly form: SentForm;
  readonly request: FastifyRequest;
  /** What is wrong with what was typed. */
  readonly wrong: readonly Wrong[];
  readonly mostFiles: number;
  readonly receipts: Receipts<R>;
  /** Enters it, its files taken in: the receipt, or why it is shown again. */
  readonly enter: (attachments: readonly string[]) => R | Again;
}

export interface FormDeskParts {
  readonly intake: Pick<Intake, 'take'>;
  readonly now: () => number;
  readonly random: RandomBytes;
}

const isAgain = (done: object): done is Again => 'status' in done;

/**
 * Where the forms of everybody come in, whatever they are about: each is worth one receipt, and whoever sends a thousand of
 * one kind or another keeps out nobody else.
 */
export class FormDesk {
  readonly tokens: FormTokens;
  readonly #parts: FormDeskParts;
  readonly #pace: Pace;
  readonly #uploads = new FairPool<FastifyRequest['raw']['socket']>(() => UPLOADS);

  constructor(parts: FormDeskParts) {
    this.#parts = parts;
    this.tokens = new FormTokens(parts.random, parts.now);
    this.#pace = new Pace(parts.now);
  }

  /** The form that `request` brings; null where it did not come whole, and that was answered. */
  async open(
    request: FastifyRequest,
    reply: FastifyReply,
    look: Look,
    mostBody: number,
  ): Promise<SentForm | null> {
    // What does not say how long it is, or is too long: what takes it part by part looks at each of them only.
    if (!(Number(request.headers['content-length']) <= mostBody)) {
      await sendPage(reply.header('Connection', 'close'), request, look, unreadable(look), 413);
      return null;
    }
    const form = await openForm(request);
    if (!form) await sendPage(reply, request, look, unreadable(look), 400);
    return form;
  }

  /** The receipt of a form, or why it is shown again. */
  async take<R extends object>(sending: Sending<R>): Promise<R | Again> {
    const { look, form, wrong, receipts } = sending;
    const { t } = look;
    const token = fieldIn(form.fields, 'token');
    const read = this.tokens.read(token);
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
    const kept = this.#keptIn(form.fields, sending.mostFiles);
    if (wrong.length > 0) return { status: 422, token, wrong, kept: this.#sealed(kept) };
    let again: Again = {
      status: 500,
      token,
      notice: t('没有收下，请再试一次。', 'It was not taken; please try again.'),
    };
    const receipt = await receipts.once(read.id, async () => {
      const entered = await this.#enter(sending, kept);
      if (!isAgain(entered)) return entered;
      again = { token, ...entered };
      return null;
    });
    return receipt ?? again;
  }

  #keptIn(fields: Fields, most: number): readonly string[] {
    return (fields.kept ?? []).flatMap((sealed) => this.tokens.open(sealed) ?? []).slice(0, most);
  }

  #sealed(hashes: readonly string[]): readonly string[] {
    return hashes.map((hash) => this.tokens.seal(hash));
  }

  async #enter<R extends object>(sending: Sending<R>, kept: readonly string[]): Promise<R | Again> {
    const { look, request } = sending;
    const turn = this.#pace.take(placeOf(request.raw.socket.remoteAddress));
    if (!turn.ok) {
      const seconds = Math.ceil(turn.wait / 1000);
      return {
        status: 429,
        notice: look.t(
          `现在提交的人很多，请过${seconds}秒再按“提交”。`,
          `Many are sending forms just now; please press “Send” again in ${seconds} seconds.`,
        ),
        kept: this.#sealed(kept),
      };
    }
    const files = await this.#takeFiles(sending, kept);
    if (files.wrong.length > 0)
      return {
        status: files.isCut ? 400 : 422,
        wrong: files.wrong,
        kept: this.#sealed(files.hashes),
      };
    return sending.enter(files.hashes);
  }

  /** Takes the files of a form in, one after another, those that are kept already first. */
  async #takeFiles<R extends object>(
    { look, form, mostFiles, request: { raw } }: Sending<R>,
    kept: readonly string[],
  ) {
    const { t, language } = look;
    const hashes = [...kept];
    const wrong: Wrong[] = [];
    let isCut = false;
    const refuse = (name: string, words: string) =>
      wrong.push({ field: 'files', words: name ? `${name}：${words}` : words });
    const { isIn, out } = this.#uploads.admit(
      raw.socket,
      placeOf(raw.socket.remoteAddress),
      this.#parts.now(),
    );
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
        } else if (!file.ok || hashes.length >= mostFiles)
          refuse('', t(`最多${mostFiles}个文件`, `At most ${mostFiles} files`));
        else {
          const taken = await this.#parts.intake.take(file.bytes);
          if (taken.ok) hashes.push(taken.hash);
          else refuse(file.name, ATTACHMENT_REFUSALS[taken.reason][language]);
        }
      }
    } finally {
      this.#uploads.leave(raw.socket);
    }
    return { hashes: [...new Set(hashes)], wrong, isCut };
  }
}
