import type { z } from 'zod';
import type { Unchanging } from '../../../../shared/protocol/value.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import { Client, type Outcome } from '../../../contract/client.ts';
import type {
  ChildDocument,
  CycleDocument,
  ProposalDetail,
  ProposalFilter,
  ProposalQueue,
  RegisterActAnswer,
  RegisterNames,
  RegisterSession,
  WaitingAct,
} from '../../../contract/register/documents.ts';
import type { DutiesDocument } from '../../../contract/register/duties.ts';
import type { HallExchange } from '../../../contract/register/hall-documents.ts';
import type { CalendarDocument } from '../../../contract/register/notices.ts';
import { REGISTER_ROUTES } from '../../../contract/register/routes.ts';
import type { VoicesDocument } from '../../../contract/register/voices.ts';
import type { WorkDocument, WorksDocument } from '../../../contract/register/works.ts';
import { answerOf, OFFLINE, orProblem, SIGNED_OUT } from '../../parts/api.ts';

/** An act as staff asks for it. */
export type RegisterDoing = Unchanging<z.input<typeof REGISTER_ROUTES.act.body>>;

/** The register that this page came from. */
const register = new Client({ base: '', fetch: (...asked) => fetch(...asked) });

/** What became of an act, as the dialogs of every page of the staff take it. */
function actAnswer(outcome: Outcome<RegisterActAnswer>): ActAnswer {
  if (outcome.is === 'refused' && outcome.status === 401) return SIGNED_OUT;
  if (outcome.is === 'refused' && outcome.text)
    return { ok: false, reason: 'not-allowed', text: outcome.text };
  if (outcome.is === 'refused')
    return { ok: false, reason: 'wrong', text: { zh: outcome.why, en: outcome.why } };
  const answer = answerOf(outcome);
  switch (answer?.is) {
    case 'done':
      return { ok: true };
    case 'waiting':
      return { ok: true, waiting: { id: answer.id, left: 0 } };
    case 'refused': {
      const { reason, text, gaps } = answer;
      const detail = gaps?.map((gap) => `${gap.project} ${gap.part ?? ''}: ${gap.text.zh} · ${gap.text.en}`);
      return { ok: false, reason, text, ...(detail && { detail: detail.join('\n') }) };
    }
    case undefined:
      return OFFLINE;
  }
}

/** Where an attachment is read. */
export const attachmentAddress = (hash: string, size: 'whole' | 'small'): string =>
  REGISTER_ROUTES.attachment.path.replace(':hash', hash).replace(':size', size);

/** A register's HTTP side, as its staff's pages use it; no call throws. */
export const registerApi = {
  session: async (): Promise<RegisterSession | null> => answerOf(await register.ask(REGISTER_ROUTES.session)),
  children: async (): Promise<readonly ChildDocument[] | null> =>
    answerOf(await register.ask(REGISTER_ROUTES.children)),
  /** Reads on in all of them, now. */
  pullChildren: async (): Promise<readonly ChildDocument[] | null> =>
    answerOf(await register.ask(REGISTER_ROUTES.pullChildren)),
  names: async (): Promise<RegisterNames | null> => answerOf(await register.ask(REGISTER_ROUTES.names)),
  members: async () => answerOf(await register.ask(REGISTER_ROUTES.members)),
  queue: async (filter: ProposalFilter): Promise<ProposalQueue | null> =>
    answerOf(await register.ask(REGISTER_ROUTES.proposals, { body: filter })),
  proposal: async (id: string): Promise<ProposalDetail | null> =>
    answerOf(await register.ask(REGISTER_ROUTES.proposal, { params: { id } })),
  cycle: async (year: number): Promise<CycleDocument | null> =>
    answerOf(await register.ask(REGISTER_ROUTES.cycle, { params: { year: String(year) } })),
  /** What is owed, and what of that year is carried out. */
  duties: async (year: number): Promise<DutiesDocument | null> =>
    answerOf(await register.ask(REGISTER_ROUTES.duties, { params: { year: String(year) } })),
  /** What a workbook of plans and reports would change; with the fingerprint of that, it is done. */
  reportsTable: async (year: number, bytes: Uint8Array<ArrayBuffer>, fingerprint: string | null) =>
    orProblem(
      fingerprint === null
        ? await register.ask(REGISTER_ROUTES.previewReports, { params: { year: String(year) }, body: bytes })
        : await register.ask(REGISTER_ROUTES.importReports, {
            params: { year: String(year), fingerprint },
            body: bytes,
          }),
    ),
  act: async (act: RegisterDoing): Promise<ActAnswer> =>
    actAnswer(await register.ask(REGISTER_ROUTES.act, { body: act })),
  propose: async (proposal: Unchanging<z.input<typeof REGISTER_ROUTES.propose.body>>) =>
    orProblem(await register.ask(REGISTER_ROUTES.propose, { body: proposal })),
  upload: async (bytes: Uint8Array<ArrayBuffer>) =>
    orProblem(await register.ask(REGISTER_ROUTES.upload, { body: bytes })),
  voices: async (): Promise<VoicesDocument | null> => answerOf(await register.ask(REGISTER_ROUTES.voices)),
  hall: async (): Promise<HallExchange | null> => answerOf(await register.ask(REGISTER_ROUTES.hall)),
  handOver: async (year: number): Promise<ActAnswer> =>
    actAnswer(await register.ask(REGISTER_ROUTES.handOver, { params: { year: String(year) } })),
  /** A hall's bundle, verified whole and entered; or one that lies in the shared folder. */
  bundle: async (year: number, bytes: Uint8Array<ArrayBuffer>) =>
    orProblem(await register.ask(REGISTER_ROUTES.bundle, { params: { year: String(year) }, body: bytes })),
  takeBundle: async (year: number, name: string) =>
    orProblem(
      await register.ask(REGISTER_ROUTES.takeBundle, { params: { year: String(year) }, body: { name } }),
    ),
  works: async (year: number): Promise<WorksDocument | null> =>
    answerOf(await register.ask(REGISTER_ROUTES.works, { params: { year: String(year) } })),
  work: async (id: string): Promise<WorkDocument | null> =>
    answerOf(await register.ask(REGISTER_ROUTES.work, { params: { id } })),
  handOverAppraisal: async (
    year: number,
    order: Unchanging<z.input<typeof REGISTER_ROUTES.handOverAppraisal.body>>,
  ): Promise<ActAnswer> =>
    actAnswer(
      await register.ask(REGISTER_ROUTES.handOverAppraisal, { params: { year: String(year) }, body: order }),
    ),
  /** A hall's bundle that grades projects. */
  appraisalBundle: async (year: number, bytes: Uint8Array<ArrayBuffer>) =>
    orProblem(
      await register.ask(REGISTER_ROUTES.appraisalBundle, { params: { year: String(year) }, body: bytes }),
    ),
  takeAppraisal: async (year: number, name: string) =>
    orProblem(
      await register.ask(REGISTER_ROUTES.takeAppraisal, { params: { year: String(year) }, body: { name } }),
    ),
  /** What a workbook of projects would change; with the fingerprint of that, it is done. */
  projectsTable: async (year: number, bytes: Uint8Array<ArrayBuffer>, fingerprint: string | null) =>
    orProblem(
      fingerprint === null
        ? await register.ask(REGISTER_ROUTES.previewProjects, { params: { year: String(year) }, body: bytes })
        : await register.ask(REGISTER_ROUTES.importProjects, {
            params: { year: String(year), fingerprint },
            body: bytes,
          }),
    ),
  /** What a table of what came on paper would enter; with the fingerprint of that, it is entered. */
  enterTable: async (year: number, body: Unchanging<z.input<typeof REGISTER_ROUTES.enterTable.body>>) =>
    orProblem(await register.ask(REGISTER_ROUTES.enterTable, { params: { year: String(year) }, body })),
  calendar: async (): Promise<CalendarDocument | null> =>
    answerOf(await register.ask(REGISTER_ROUTES.calendar)),
  /** A document as it would be published now; words that go with it are kept. */
  previewNotice: async (body: Unchanging<z.input<typeof REGISTER_ROUTES.previewNotice.body>>) =>
    orProblem(await register.ask(REGISTER_ROUTES.previewNotice, { body })),
  publishNotice: async (body: Unchanging<z.input<typeof REGISTER_ROUTES.publishNotice.body>>) =>
    orProblem(await register.ask(REGISTER_ROUTES.publishNotice, { body })),
  waiting: async (): Promise<readonly WaitingAct[] | null> =>
    answerOf(await register.ask(REGISTER_ROUTES.waiting)),
  confirmWaiting: async (id: string): Promise<ActAnswer> =>
    actAnswer(await register.ask(REGISTER_ROUTES.confirmWaiting, { body: { id } })),
  declineWaiting: async (id: string): Promise<ActAnswer> =>
    actAnswer(await register.ask(REGISTER_ROUTES.declineWaiting, { body: { id } })),
};

/** Does one act after the other; what was refused is said of each, and the others are done. */
export async function actAll(
  acts: readonly { readonly of: string; readonly act: RegisterDoing }[],
): Promise<ActAnswer> {
  const refused: string[] = [];
  for (const { of, act } of acts) {
    const answer = await registerApi.act(act);
    if (answer.ok) continue;
    if (acts.length === 1 || answer.reason === 'signed-out' || answer.reason === 'offline') return answer;
    refused.push(`${of}: ${answer.text.zh} · ${answer.text.en}`);
  }
  if (refused.length === 0) return { ok: true };
  const done = acts.length - refused.length;
  return {
    ok: false,
    reason: 'some',
    text: {
      zh: `已办 ${done} 件，以下 ${refused.length} 件未办`,
      en: `${done} are done; these ${refused.length} are not`,
    },
    detail: refused.join('\n'),
  };
}
