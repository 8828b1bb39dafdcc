import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { StaffPerson } from '../../contract/person.ts';
import type { RegisterActAnswer } from '../../contract/register/documents.ts';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import { refuseRole, signedIn } from '../../web/gate.ts';
import { serve } from '../../web/serve.ts';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import type { Uploads } from '../attachments/uploads.ts';
import type { SideStore } from '../beside/side-store.ts';
import { filesOf, isPrivateFile } from '../model/act-files.ts';
import type { RegisterActor } from '../model/person.ts';
import { REGISTER_REFUSALS } from '../model/refusals.ts';
import { type RegisterActName, registerRoleFor } from '../model/rights.ts';
import type { Register } from '../model/state.ts';
import { followBeside } from '../program/beside-chain.ts';
import { shownGap } from '../program/desk-documents.ts';
import type { Asked, RegisterActs } from '../program/register-acts.ts';
import { registerPerson } from '../program/register-staff.ts';
import type { Submissions } from '../program/submissions.ts';
import { WAITS_MS, type WaitingActs } from '../program/waiting-acts.ts';

export interface ActParts {
  readonly register: () => Register;
  readonly now: () => number;
  readonly acts: RegisterActs;
  readonly waiting: WaitingActs;
  readonly submissions: Submissions;
  readonly beside: SideStore;
  readonly attachments: AttachmentStore;
  readonly uploads: Uploads;
}

/** `person` as whoever does `act`; null where they may not. */
export function actorFor(person: StaffPerson, act: RegisterActName): RegisterActor | null {
  const known = registerPerson(person);
  const role = registerRoleFor(known, act);
  return role && { role, id: known.id, name: known.name };
}

/** What an act answers, and with which status. */
function send(reply: FastifyReply, asked: Asked): FastifyReply {
  const answer = answerOf(asked);
  return reply.code(answer.is === 'refused' ? 409 : 200).send(answer);
}

function answerOf(asked: Asked): RegisterActAnswer {
  switch (asked.is) {
    case 'done':
      return { is: 'done' };
    case 'waiting':
      return { is: 'waiting', id: asked.waiting.id };
    case 'refused': {
      const gaps = asked.gaps?.map(({ project, gap }) => ({ project, ...shownGap(gap) }));
      const text = REGISTER_REFUSALS[asked.reason];
      return { is: 'refused', reason: asked.reason, text, ...(gaps && { gaps }) };
    }
  }
}

/** What the register's staff does, each act by whom the table of rights lets do it; and what waits for another person. */
export const actRoutes: FastifyPluginAsync<ActParts> = async (app, parts) => {
  const { register, now, acts, waiting, submissions, beside, attachments, uploads } = parts;

  serve(app, REGISTER_ROUTES.act, async ({ body, request }, reply) => {
    const by = actorFor(signedIn(request).person, body.act);
    if (!by) return refuseRole(reply);
    const files = filesOf(body);
    if (!files.every((hash) => attachments.has(hash)))
      return send(reply, { is: 'refused', reason: 'unknown-attachment' });
    // Only here do files come into an act by their hashes alone: a table brings none, and a document's are made by the register.
    if (files.some((hash) => !uploads.has(by.id, hash) && isPrivateFile(register(), hash)))
      return send(reply, { is: 'refused', reason: 'private-attachment' });
    const asked = acts.ask(body, { by });
    if (asked.is === 'done') followBeside(register(), beside, attachments, body);
    return send(reply, asked);
  });

  serve(app, REGISTER_ROUTES.propose, async ({ body, request }, reply) => {
    const by = actorFor(signedIn(request).person, 'propose');
    if (!by) return refuseRole(reply);
    const submitted = submissions.submit(body, { by });
    if (submitted.is === 'received') {
      uploads.spend(by.id, body.attachments);
      return submitted;
    }
    return reply.code(409).send({ ...submitted, text: REGISTER_REFUSALS[submitted.reason] });
  });

  serve(app, REGISTER_ROUTES.waiting, async ({ request }) => {
    const time = now();
    return waiting
      .shownTo(signedIn(request).person, register(), time)
      .map((each) => ({ ...each, left: Math.max(0, each.at + WAITS_MS - time) }));
  });
  serve(app, REGISTER_ROUTES.confirmWaiting, async ({ body: { id }, request }, reply) =>
    send(reply, acts.confirm(id, signedIn(request).person)),
  );
  serve(app, REGISTER_ROUTES.declineWaiting, async ({ body: { id }, request }, reply) =>
    send(reply, acts.decline(id, signedIn(request).person)),
  );
};
