import type { FastifyPluginAsync } from 'fastify';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import { signedIn } from '../../web/gate.ts';
import { serve } from '../../web/serve.ts';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import type { SideStore } from '../beside/side-store.ts';
import type { Register } from '../model/state.ts';
import { registerPerson } from '../program/register-staff.ts';
import { voicesDocument } from '../program/voices-documents.ts';

export interface VoicesParts {
  readonly register: () => Register;
  readonly beside: SideStore;
  readonly attachments: AttachmentStore;
}

/** What people have said at the sites, for who reads, answers and looks into it. */
export const voicesRoutes: FastifyPluginAsync<VoicesParts> = async (app, parts) => {
  const { register, beside, attachments } = parts;
  serve(app, REGISTER_ROUTES.voices, async ({ request }) =>
    voicesDocument(register(), registerPerson(signedIn(request).person), {
      sent: beside.voices,
      attachments,
    }),
  );
};
