import type { FastifyPluginAsync } from 'fastify';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import { takeBytes } from '../../web/bytes-body.ts';
import { refuseRole, signedIn } from '../../web/gate.ts';
import { serve } from '../../web/serve.ts';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import type { Intake } from '../attachments/intake.ts';
import { ATTACHMENT_REFUSALS } from '../attachments/refusals.ts';
import type { Uploads } from '../attachments/uploads.ts';
import { mayInRegister } from '../model/rights.ts';
import type { Register } from '../model/state.ts';
import { filesOfAct } from '../model/work/files.ts';
import { isWorkAct } from '../model/work/work-acts.ts';
import type { WaitingActs } from '../program/waiting-acts.ts';
import { asFile } from './send-file.ts';

export interface AttachmentParts {
  readonly attachments: AttachmentStore;
  readonly intake: Pick<Intake, 'take'>;
  readonly uploads: Uploads;
  readonly register: () => Register;
  readonly now: () => number;
  readonly waiting: WaitingActs;
}

/** What comes with proposals: taken in by whoever may propose, shown to whoever may read people. */
export const attachmentRoutes: FastifyPluginAsync<AttachmentParts> = async (app, parts) => {
  const { attachments, intake, uploads, register, now, waiting } = parts;
  // Only here: everything else takes JSON and no other body.
  takeBytes(app);

  serve(app, REGISTER_ROUTES.upload, async ({ body, request }, reply) => {
    const taken = await intake.take(body);
    if (taken.ok) {
      uploads.add(signedIn(request).person.id, taken.hash);
      return { is: 'taken' as const, hash: taken.hash };
    }
    const { reason } = taken;
    return reply.code(409).send({ is: 'refused', reason, text: ATTACHMENT_REFUSALS[reason] });
  });

  /** Whether what everybody may read, or an act that waits for another person, has shown it to everybody on the staff. */
  const isShown = (hash: string): boolean =>
    register().feed.files.has(hash) ||
    waiting
      .all(now())
      .some(({ act }) =>
        act.act === 'enter-paper-result'
          ? act.sheet === hash
          : isWorkAct(act) && filesOfAct(act).includes(hash),
      );

  serve(app, REGISTER_ROUTES.attachment, async ({ params: { hash, size }, request }, reply) => {
    if (!mayInRegister(signedIn(request).person, 'read-people') && !isShown(hash)) return refuseRole(reply);
    const found = attachments.read(hash, size);
    if (!found) return reply.code(404).send({ error: 'there is no such file' });
    return asFile(reply, hash, found.type).send(found.bytes);
  });
};
