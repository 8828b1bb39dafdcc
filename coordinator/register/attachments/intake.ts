import { z } from 'zod';
import { builtProgram } from '../../../shared/package-root.ts';
import { ConfinedWork } from '../../process/confined.ts';
import { type AttachmentStore, TYPES } from './attachment-store.ts';
import { ATTACHMENT_REFUSALS, type AttachmentRefusal, MOST_ATTACHMENT_BYTES } from './refusals.ts';

export type Taken =
  | { readonly ok: true; readonly hash: string }
  | { readonly ok: false; readonly reason: AttachmentRefusal };

const reasons = z.custom<AttachmentRefusal>(
  (reason) => typeof reason === 'string' && Object.hasOwn(ATTACHMENT_REFUSALS, reason),
);
const Says = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), type: z.enum(TYPES) }),
  z.object({ ok: z.literal(false), reason: reasons }),
]);

/** Takes strangers' files in: cleans each in a process of its own, and keeps what came of it. */
export class Intake {
  readonly #store: AttachmentStore;
  readonly #work: Pick<ConfinedWork, 'do'>;

  /** @param work runs `clean-program.ts`. */
  constructor(
    store: AttachmentStore,
    work: Pick<ConfinedWork, 'do'> = new ConfinedWork(builtProgram('coordinator/register/clean-program.js'), {
      seconds: 20,
      megabytes: 700,
      waiting: 20,
    }),
  ) {
    this.#store = store;
    this.#work = work;
  }

  /** The hash under which what was made of a file is kept, or why it is not taken. */
  async take(bytes: Uint8Array): Promise<Taken> {
    if (bytes.length === 0) return { ok: false, reason: 'empty' };
    if (bytes.length > MOST_ATTACHMENT_BYTES) return { ok: false, reason: 'too-large' };
    const done = await this.#work.do(bytes);
    if (!done.ok) return done;
    const says = Says.safeParse(done.says);
    if (says.success && !says.data.ok) return says.data;
    const [whole, small = null] = done.made;
    if (!says.success || !says.data.ok || !whole) return { ok: false, reason: 'too-hard' };
    return { ok: true, hash: this.#store.keep(says.data.type, whole, small) };
  }
}
