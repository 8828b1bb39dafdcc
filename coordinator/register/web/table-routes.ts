import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { StaffPerson } from '../../contract/person.ts';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import type { ProjectsPreview } from '../../contract/register/table-documents.ts';
import { takeBytes } from '../../web/bytes-body.ts';
import { refuseRole, signedIn } from '../../web/gate.ts';
import { serve } from '../../web/serve.ts';
import type { SideStore } from '../beside/side-store.ts';
import { RegisterRole } from '../model/person.ts';
import { registerRoleOf } from '../model/rights.ts';
import type { Proposal, Register } from '../model/state.ts';
import type { RegisterActs } from '../program/register-acts.ts';
import { describeTableProblem } from '../tables/problems.ts';
import { fingerprintOf, type ProjectPreview, previewProjects } from '../tables/project-preview.ts';
import { projectTables } from '../tables/project-tables.ts';
import { officeProposals } from '../tables/proposal-tables.ts';
import type { TableReader } from '../tables/table-reader.ts';
import { UNREADABLE } from '../tables/workbook.ts';
import { writeWorkbook } from '../tables/write-table.ts';
import { actorFor } from './act-routes.ts';

export interface TableParts {
  readonly register: () => Register;
  readonly beside: SideStore;
  readonly acts: RegisterActs;
  readonly tables: Pick<TableReader, 'read'>;
  readonly today: () => string;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook to be saved under that name. */
export const sendWorkbook = (reply: FastifyReply, name: string, bytes: Uint8Array) =>
  reply
    .type(XLSX)
    .header('Content-Disposition', `attachment; filename="${name}"`)
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));

function shown(preview: ProjectPreview): ProjectsPreview {
  return {
    fingerprint: fingerprintOf(preview),
    added: preview.added.map(({ id, sheet }) => ({ id, title: sheet.title.zh })),
    changed: [...preview.changed],
    same: preview.same.length,
    refused: preview.refused.map(describeTableProblem),
    acts: preview.acts.length,
  };
}

/** What clerks take away as workbooks, and bring back: first what would change, then, confirmed, that and nothing else. */
export const tableRoutes: FastifyPluginAsync<TableParts> = async (app, parts) => {
  const { register, beside, acts, tables, today } = parts;
  takeBytes(app);

  const exporting = (person: StaffPerson, what: 'proposals' | 'projects'): boolean => {
    const role = RegisterRole.safeParse(registerRoleOf(person, 'export'));
    if (!role.success) return false;
    acts.note({ typ: 'exported', what }, { role: role.data, id: person.id, name: person.name });
    return true;
  };

  serve(app, REGISTER_ROUTES.projectsTable, async ({ params: { year }, request }, reply) => {
    if (!exporting(signedIn(request).person, 'projects')) return refuseRole(reply);
    const state = register();
    const projects = [...state.projects.values()].filter(
      (one) => one.cycle === Number(year) && one.state !== 'dropped',
    );
    return sendWorkbook(
      reply,
      `projects-${year}.xlsx`,
      await writeWorkbook(projectTables(state, projects, 'zh'), 'zh'),
    );
  });

  serve(app, REGISTER_ROUTES.proposalsTable, async ({ params: { year }, request }, reply) => {
    if (!exporting(signedIn(request).person, 'proposals')) return refuseRole(reply);
    const state = register();
    const ids = state.proposalsOf.get(Number(year));
    const all: Proposal[] = ids ? [...state.proposals.values()].filter(({ id }) => ids.has(id)) : [];
    const wordsOf = (id: string) => beside.of(id)?.wording ?? null;
    const table = officeProposals(state, all, wordsOf, 'zh');
    return sendWorkbook(reply, `proposals-${year}.xlsx`, await writeWorkbook([table], 'zh'));
  });

  /** The preview of a file for whoever asks, or the sentence why it cannot be read. */
  const previewOf = async (person: StaffPerson, year: string, bytes: Uint8Array) => {
    const by = actorFor(person, 'change-project');
    if (!by) return null;
    const read = await tables.read(bytes);
    if (!read.ok) return { is: 'refused' as const, text: UNREADABLE[read.reason] };
    const into = { state: register(), cycle: Number(year), who: { by }, day: today() };
    return { is: 'read' as const, by, preview: previewProjects(read.sheets, into) };
  };

  serve(app, REGISTER_ROUTES.previewProjects, async ({ params: { year }, body, request }, reply) => {
    const found = await previewOf(signedIn(request).person, year, body);
    if (!found) return refuseRole(reply);
    if (found.is === 'refused') return reply.code(409).send(found);
    return { is: 'read' as const, preview: shown(found.preview) };
  });

  serve(app, REGISTER_ROUTES.importProjects, async ({ params, body, request }, reply) => {
    const found = await previewOf(signedIn(request).person, params.year, body);
    if (!found) return refuseRole(reply);
    if (found.is === 'refused') return reply.code(409).send(found);
    // What has changed since it was shown is not what somebody confirmed.
    if (fingerprintOf(found.preview) !== params.fingerprint)
      return { is: 'read' as const, preview: shown(found.preview) };
    for (const act of found.preview.acts) acts.ask(act, { by: found.by });
    return { is: 'done' as const, acts: found.preview.acts.length };
  });
};
