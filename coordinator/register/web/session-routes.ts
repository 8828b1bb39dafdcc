import type { FastifyPluginAsync } from 'fastify';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import type { Wire } from '../../contract/wire.ts';
import { serve } from '../../web/serve.ts';
import { mayInRegister, REGISTER_RIGHT_NAMES } from '../model/rights.ts';
import type { Register } from '../model/state.ts';
import { stageOf } from '../program/desk-documents.ts';

export interface SessionParts {
  readonly register: () => Register;
  /** What the register speaks over since this start. */
  readonly wire: Wire;
  /** Under which people reach the register; null: where it was asked. */
  readonly address: string | null;
  readonly timezone: string;
  /** The day where the register is, as `2026-10-08`. */
  readonly today: () => string;
}

/** Who is signed in, what they may do, and where the register stands. */
export const sessionRoutes: FastifyPluginAsync<SessionParts> = async (app, parts) => {
  const { register, wire, address, timezone, today } = parts;
  serve(app, REGISTER_ROUTES.session, async ({ request: { visitor } }) => {
    const { begun, cycles, head } = register();
    if (!begun) throw new Error('a register is asked before it has begun');
    const { register: id, name, congress, level } = begun;
    const person = visitor?.person ?? null;
    const isOffice = person !== null && mayInRegister(person, 'read');
    return {
      person,
      rights: person ? REGISTER_RIGHT_NAMES.filter((right) => mayInRegister(person, right)) : [],
      register: { id, name, congress, level },
      address,
      timezone,
      wire,
      // What was handed in shows outside the offices when it is frozen.
      cycles: [...cycles.values()].map((cycle) =>
        stageOf(isOffice ? cycle : { ...cycle, submitted: null }, today()),
      ),
      // What is drafted shows to nobody outside, not even in that something was.
      seq: person && mayInRegister(person, 'read-drafts') ? head.seq : 0,
    };
  });

  serve(app, REGISTER_ROUTES.names, async () => {
    const { vocabulary } = register();
    const listed = (what: keyof typeof vocabulary) =>
      [...vocabulary[what]].map(([id, name]) => ({ id, name }));
    return {
      categories: listed('categories'),
      grounds: listed('grounds'),
      bodies: listed('bodies'),
      areas: listed('areas'),
      sources: listed('sources'),
    };
  });
};
