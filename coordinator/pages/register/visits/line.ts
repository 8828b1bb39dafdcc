import { Client, type Outcome } from '../../../contract/client.ts';
import { REGISTER_ROUTES } from '../../../contract/register/routes.ts';
import type { SiteAct } from './kept.ts';
import type { Line, Told } from './outbox.ts';

type Said = Extract<Told<never>, { is: 'refused' }>['text'];

/** What the register says, or that there is no register at this moment: what a server at its limits answers is no refusal. */
function told<T, R>(outcome: Outcome<T>, read: (value: T) => Told<R>): Told<R> {
  if (outcome.is === 'answered') return read(outcome.value);
  if (outcome.is !== 'refused') return { is: 'unreachable' };
  const { status, text, why } = outcome;
  if (status === 401) return { is: 'signed-out' };
  if (status === 408 || status === 421 || status === 429 || status >= 500) return { is: 'unreachable' };
  return { is: 'refused', reason: 'wrong', text: text ?? { zh: why, en: why } };
}

const answered = <R>(value: R): Told<R> => ({ is: 'answered', value });
const refused = ({ reason, text }: { readonly reason: string; readonly text: Said }) =>
  ({ is: 'refused', reason, text }) as const;

/** The way to the register that this page came from. */
export function lineTo(client: Client): Line {
  return {
    person: async () =>
      told<{ readonly person: { readonly id: string } | null }, string>(
        await client.ask(REGISTER_ROUTES.session),
        ({ person }) => (person ? answered(person.id) : { is: 'signed-out' }),
      ),
    upload: async (bytes) =>
      told(await client.ask(REGISTER_ROUTES.upload, { body: bytes }), (taken) =>
        taken.is === 'taken' ? answered(taken.hash) : refused(taken),
      ),
    act: async (act) =>
      told(await client.ask(REGISTER_ROUTES.act, { body: act }), (done) =>
        done.is === 'refused' ? refused(done) : answered(null),
      ),
    entryOf: async (act) =>
      told(await client.ask(REGISTER_ROUTES.work, { params: { id: act.project } }), (work) => {
        const found = entryIn(work, act);
        return answered(found ? { seq: found.seq, at: found.at } : null);
      }),
  };
}

interface Entered {
  readonly seq: number;
  readonly at: number;
}

function entryIn(
  work: {
    readonly visits: readonly (Entered & { readonly visit: string })[];
    readonly findings: readonly (Entered & { readonly finding: string })[];
    readonly lookBacks: readonly (Entered & { readonly lookBack: string })[];
  },
  act: SiteAct,
): Entered | undefined {
  switch (act.act) {
    case 'visit':
      return work.visits.find(({ visit }) => visit === act.visit);
    case 'find':
      return work.findings.find(({ finding }) => finding === act.finding);
    case 'look-back':
      return work.lookBacks.find(({ lookBack }) => lookBack === act.lookBack);
  }
}

/** The register that this page came from. */
export const line = lineTo(new Client({ base: '', fetch: (...asked) => fetch(...asked) }));
