import type { FastifyPluginAsync } from 'fastify';
import type { StaffPerson } from '../../contract/person.ts';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import type { ProjectsPreview } from '../../contract/register/table-documents.ts';
import { takeBytes } from '../../web/bytes-body.ts';
import { refuseRole, signedIn } from '../../web/gate.ts';
import { serve } from '../../web/serve.ts';
import { describeTableProblem } from '../tables/problems.ts';
import { fingerprintOf } from '../tables/project-preview.ts';
import { previewReports, type ReportPreview } from '../tables/report-preview.ts';
import { reportTables } from '../tables/report-tables.ts';
import { UNREADABLE } from '../tables/workbook.ts';
import { writeWorkbook } from '../tables/write-table.ts';
import { actorFor } from './act-routes.ts';
import { sendWorkbook, type TableParts } from './table-routes.ts';
import { ownBody } from './works-routes.ts';

const shown = (preview: ReportPreview): ProjectsPreview => ({
  fingerprint: fingerprintOf(preview),
  added: [...preview.added],
  changed: [...preview.changed],
  same: preview.same,
  refused: preview.refused.map(describeTableProblem),
  acts: preview.acts.length,
});

/** Plans and reports as a workbook, filled in elsewhere, and brought back. Nothing in it is kept from anybody: the ledger need not say who took it. */
export const reportTableRoutes: FastifyPluginAsync<Omit<TableParts, 'beside'>> = async (app, parts) => {
  const { register, acts, tables, today } = parts;
  takeBytes(app);

  serve(app, REGISTER_ROUTES.reportsTable, async ({ params: { year }, request }, reply) => {
    const state = register();
    const works = [...state.works.projects.values()].filter(({ cycle }) => cycle === Number(year));
    const of = { body: ownBody(signedIn(request).person), day: today() };
    const tables = reportTables(state, works, of, 'zh');
    return sendWorkbook(reply, `reports-${year}.xlsx`, await writeWorkbook(tables, 'zh'));
  });

  /** The preview of a file for whoever asks, or the sentence why it cannot be read. */
  const previewOf = async (person: StaffPerson, bytes: Uint8Array) => {
    const by = actorFor(person, 'report');
    if (!by) return null;
    const read = await tables.read(bytes);
    if (!read.ok) return { is: 'refused' as const, text: UNREADABLE[read.reason] };
    const preview = previewReports(read.sheets, { state: register(), who: { by }, day: today() });
    return { is: 'read' as const, by, preview };
  };

  serve(app, REGISTER_ROUTES.previewReports, async ({ body, request }, reply) => {
    const found = await previewOf(signedIn(request).person, body);
    if (!found) return refuseRole(reply);
    if (found.is === 'refused') return reply.code(409).send(found);
    return { is: 'read' as const, preview: shown(found.preview) };
  });

  serve(app, REGISTER_ROUTES.importReports, async ({ params, body, request }, reply) => {
    const found = await previewOf(signedIn(request).person, body);
    if (!found) return refuseRole(reply);
    if (found.is === 'refused') return reply.code(409).send(found);
    // What has changed since it was shown is not what somebody confirmed.
    if (fingerprintOf(found.preview) !== params.fingerprint)
      return { is: 'read' as const, preview: shown(found.preview) };
    for (const act of found.preview.acts) acts.ask(act, { by: found.by });
    return { is: 'done' as const, acts: found.preview.acts.length };
  });
};
