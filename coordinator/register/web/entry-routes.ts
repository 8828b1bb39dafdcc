import type { FastifyPluginAsync } from 'fastify';
import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import type { StaffPerson } from '../../contract/person.ts';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import type { EntryPreview, EntryTable, Receipt } from '../../contract/register/table-documents.ts';
import { refuseRole, signedIn } from '../../web/gate.ts';
import { serve } from '../../web/serve.ts';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import type { Uploads } from '../attachments/uploads.ts';
import { drawProposalId } from '../beside/proposal-id.ts';
import type { SideStore } from '../beside/side-store.ts';
import { type RegisterActor, RegisterRole } from '../model/person.ts';
import { REGISTER_REFUSALS } from '../model/refusals.ts';
import { registerRoleOf } from '../model/rights.ts';
import type { Register } from '../model/state.ts';
import type { Submissions } from '../program/submissions.ts';
import { describeTableProblem } from '../tables/problems.ts';
import {
  fingerprintOfEntry,
  type ProposalPreview,
  previewProposals,
  type Scans,
} from '../tables/proposal-preview.ts';
import { entryTemplate } from '../tables/proposal-tables.ts';
import type { TableReader } from '../tables/table-reader.ts';
import { UNREADABLE } from '../tables/workbook.ts';
import { writeWorkbook } from '../tables/write-table.ts';
import { sendWorkbook } from './table-routes.ts';

export interface EntryParts {
  readonly register: () => Register;
  readonly beside: SideStore;
  readonly attachments: AttachmentStore;
  readonly uploads: Uploads;
  readonly submissions: Submissions;
  readonly tables: Pick<TableReader, 'read'>;
  readonly today: () => string;
  readonly random: RandomBytes;
}

/** So many numbers stand in a template. */
const TEMPLATE_ROWS = 100;

/** Whoever enters what came on paper: in that role, whatever else they are. */
function entering(person: StaffPerson): RegisterActor | null {
  const role = RegisterRole.safeParse(registerRoleOf(person, 'enter-table'));
  return role.success ? { role: role.data, id: person.id, name: person.name } : null;
}

function shown(preview: ProposalPreview): EntryPreview {
  return {
    fingerprint: fingerprintOfEntry(preview),
    added: preview.added.map(({ proposal, channel, wording: { title, place }, proposer, attachments }) => ({
      ...{ proposal, channel, title },
      place: place && 'name' in place ? place.name : null,
      name: proposer?.name ?? null,
      scans: attachments.length,
    })),
    same: preview.same.length,
    refused: preview.refused.map(describeTableProblem),
  };
}

/** What came on paper, many at once: a template, what it would enter when it comes back, and, confirmed, that and nothing else. */
export const entryRoutes: FastifyPluginAsync<EntryParts> = async (app, parts) => {
  const { register, beside, attachments, uploads, submissions, tables, today, random } = parts;

  serve(app, REGISTER_ROUTES.entryTemplate, async ({ params: { year } }, reply) => {
    const { proposals } = register();
    const draw = () => drawProposalId(Number(year), (id) => proposals.has(id), random);
    const template = entryTemplate(Array.from({ length: TEMPLATE_ROWS }, draw), 'zh');
    return sendWorkbook(reply, `entry-${year}.xlsx`, await writeWorkbook([template], 'zh'));
  });

  /** The scans that were taken in, by the names they had. */
  const taken = (scans: EntryTable['scans']): Scans =>
    scans.of === 'table'
      ? scans
      : {
          of: 'rows',
          named: new Map(
            scans.named
              .filter(({ hash }) => attachments.has(hash))
              .map(({ name, hash }) => [name.normalize(), hash] as const),
          ),
        };

  serve(app, REGISTER_ROUTES.enterTable, async ({ params: { year }, body, request }, reply) => {
    const by = entering(signedIn(request).person);
    if (!by) return refuseRole(reply);
    const refuse = (text: { readonly zh: string; readonly en: string }) =>
      reply.code(409).send({ is: 'refused', text });
    if (body.scans.of === 'table' && !attachments.has(body.scans.scan))
      return refuse(REGISTER_REFUSALS['unknown-attachment']);
    const read = await tables.read(Buffer.from(body.table, 'base64'));
    if (!read.ok) return refuse(UNREADABLE[read.reason]);
    const preview = previewProposals(read.sheets, {
      ...{ state: register(), cycle: Number(year), who: { by }, day: today() },
      besideOf: (id) => beside.of(id),
      scans: taken(body.scans),
    });
    // What has changed since it was shown is not what somebody confirmed.
    if (body.fingerprint !== fingerprintOfEntry(preview))
      return { is: 'read' as const, preview: shown(preview) };
    const receipts: Receipt[] = [];
    for (const one of preview.added) {
      const entered = submissions.enter(one, { by });
      if (entered.is === 'refused') throw new Error(`refused what was previewed: ${entered.reason}`);
      uploads.spend(by.id, one.attachments);
      receipts.push({ proposal: entered.proposal, code: entered.code, title: one.wording.title });
    }
    return { is: 'done' as const, receipts };
  });
};
