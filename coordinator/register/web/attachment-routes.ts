import type { FastifyPluginAsync } from 'fastify';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import { takeBytes } from '../../web/bytes-body.ts';
import { refuseRole, signedIn } from '../../web/gate.ts';
import { serve } from '../../web/serve.ts';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import type { Intake } from '../attachments/intake.ts';
import { ATTACHMENT_REFUSALS } from '../attachments/refusals.ts';
import { mayInRegister } from '../model/rights.ts';
import type { Register } from '../model/state.ts';
import { filesOfAct, publicFilesOf } from '../model/work/files.ts';
import { isWorkAct } from '../model/work/work-acts.ts';
import type { WaitingActs } from '../program/waiting-acts.ts';

export interface AttachmentParts {
  readonly attachments: AttachmentStore;
  readonly intake: Pick<Intake, 'take'>;
  readonly register: () => Register;
  readonly now: () => number;
  readonly waiting: WaitingActs;
}

const MEDIA = { jpg: 'image/jpeg', pdf: 'application/pdf', json: 'application/json' } as const;

/** What comes with proposals: taken in by whoever may propose, shown to whoever may read people. */
export const attachmentRoutes: FastifyPluginAsync<AttachmentParts> = async (app, parts) => {
  const { attachments, intake, register, now, waiting } = parts;
  // Only here: everything else takes JSON and no other body.
  takeBytes(app);

  serve(app, REGISTER_ROUTES.upload, async ({ body }, reply) => {
    const taken = await intake.take(body);
    if (taken.ok) return { is: 'taken' as const, hash: taken.hash };
    const { reason } = taken;
    return reply.code(409).send({ is: 'refused', reason, text: ATTACHMENT_REFUSALS[reason] });
  });

  /** Whether it is the signed sheet of a vote on paper, entered or to be confirmed. */
  const isPaperSheet = (hash: string): boolean =>
    waiting.all(now()).some(({ act }) => act.act === 'enter-paper-result' && act.sheet === hash) ||
    [...register().cycles.values()].some(({ decided }) => decided?.how === 'paper' && decided.sheet === hash);

  /** Whether an act that was entered, or waits for another person, has shown it to everybody on the staff. */
  const isShown = (hash: string): boolean =>
    isPaperSheet(hash) ||
    publicFilesOf(register().works).has(hash) ||
    waiting.all(now()).some(({ act }) => isWorkAct(act) && filesOfAct(act).includes(hash));

  serve(app, REGISTER_ROUTES.attachment, async ({ params: { hash, size }, request }, reply) => {
    if (!mayInRegister(signedIn(request).person, 'read-people') && !isShown(hash)) return refuseRole(reply);
    const found = attachments.read(hash, size);
    if (!found) return reply.code(404).send({ error: 'there is no such file' });
    // A picture is shown; a PDF is a program of its own, and is saved.
    const how = found.type === 'jpg' ? 'inline' : 'attachment';
    return reply
      .type(MEDIA[found.type])
      .header('Content-Disposition', `${how}; filename="${hash.slice(0, 12)}.${found.type}"`)
      .header('Content-Security-Policy', "default-src 'none'; sandbox")
      .send(found.bytes);
  });
};
