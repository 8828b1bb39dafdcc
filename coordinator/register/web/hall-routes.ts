import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { List } from '../../../shared/projects/list.ts';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import { takeBytes } from '../../web/bytes-body.ts';
import { refuseRole, signedIn } from '../../web/gate.ts';
import { serve } from '../../web/serve.ts';
import { appraisalOf, type HallMotion, motionOf } from '../bridge/agenda.ts';
import type { HallFolder } from '../bridge/hall-folder.ts';
import type { Register } from '../model/state.ts';
import { RESULT_REFUSALS, type Results, type Taken, type TakenAppraisal } from '../program/results.ts';
import { actorFor } from './act-routes.ts';

export interface HallParts {
  readonly register: () => Register;
  readonly hall: { readonly key: string | null; readonly folder: HallFolder | null };
  readonly results: Results;
}

function send(reply: FastifyReply, taken: Taken | TakenAppraisal): FastifyReply {
  if (taken.is === 'done') return reply.send(taken);
  return reply.code(409).send({ ...taken, text: RESULT_REFUSALS[taken.reason] });
}

/** What goes between register and hall: the frozen list there, the bundle back. */
export const hallRoutes: FastifyPluginAsync<HallParts> = async (app, { register, hall, results }) => {
  takeBytes(app);
  serve(app, REGISTER_ROUTES.hall, async () => ({
    key: hall.key,
    hasFolder: hall.folder !== null,
    bundles: [...(hall.folder?.bundles() ?? [])],
  }));

  const refuse = (reply: FastifyReply, reason: keyof typeof HAND_OVER_REFUSALS) =>
    reply.code(409).send({ is: 'refused', reason, text: HAND_OVER_REFUSALS[reason] });
  const handOver = (reply: FastifyReply, list: List, motion: HallMotion) => {
    if (!hall.folder) return refuse(reply, 'no-hall-folder');
    return hall.folder.handOver(list, motion) ? reply.send({ is: 'done' }) : refuse(reply, 'agenda-wrong');
  };

  serve(app, REGISTER_ROUTES.handOver, async ({ params: { year } }, reply) => {
    const frozen = register().cycles.get(Number(year))?.frozen;
    if (!frozen) return refuse(reply, 'not-frozen');
    return handOver(reply, frozen.list, motionOf(frozen.list));
  });

  serve(app, REGISTER_ROUTES.handOverAppraisal, async ({ params: { year }, body }, reply) => {
    const { cycles, works } = register();
    const list = cycles.get(Number(year))?.frozen?.list;
    const isTheirs = body.projects.every((id) => works.projects.get(id)?.cycle === Number(year));
    if (!list || !isTheirs) return refuse(reply, 'nothing-to-grade');
    return handOver(reply, list, appraisalOf(list, { ...body, rules: works.rules }));
  });

  const take = async (
    request: FastifyRequest,
    reply: FastifyReply,
    year: string,
    bundle: Uint8Array | null,
  ) => {
    const by = actorFor(signedIn(request).person, 'enter-result');
    if (!by) return refuseRole(reply);
    if (!bundle) return send(reply, { is: 'refused', reason: 'no-such-bundle', detail: null });
    return send(reply, await results.take(bundle, Number(year), { by }));
  };
  serve(app, REGISTER_ROUTES.bundle, async ({ params: { year }, body, request }, reply) =>
    take(request, reply, year, body),
  );
  serve(app, REGISTER_ROUTES.takeBundle, async ({ params: { year }, body: { name }, request }, reply) =>
    take(request, reply, year, hall.folder?.read(name) ?? null),
  );

  const grade = async (
    request: FastifyRequest,
    reply: FastifyReply,
    year: string,
    bundle: Uint8Array | null,
  ) => {
    const by = actorFor(signedIn(request).person, 'enter-appraisal');
    if (!by) return refuseRole(reply);
    if (!bundle) return send(reply, { is: 'refused', reason: 'no-such-bundle', detail: null });
    return send(reply, await results.takeAppraisal(bundle, Number(year), { by }));
  };
  serve(app, REGISTER_ROUTES.appraisalBundle, async ({ params: { year }, body, request }, reply) =>
    grade(request, reply, year, body),
  );
  serve(app, REGISTER_ROUTES.takeAppraisal, async ({ params: { year }, body: { name }, request }, reply) =>
    grade(request, reply, year, hall.folder?.read(name) ?? null),
  );
};

const HAND_OVER_REFUSALS = {
  'not-frozen': RESULT_REFUSALS['not-frozen'],
  'nothing-to-grade': {
    zh: '该年度没有可测评的这些项目',
    en: 'These are no projects of that cycle that could be graded',
  },
  'agenda-wrong': {
    zh: '共用文件夹中的 agenda.yaml 不是议程，请会务改正或移走后再送交',
    en: 'The agenda.yaml in the folder in common is no agenda; have it corrected or taken away',
  },
  'no-hall-folder': {
    zh: 'register.yaml 未写与会场交换的文件夹（hall.folder）；请下载清单和议程，自行拷给会场',
    en: 'register.yaml names no hall.folder; download list and agenda, and carry them to the hall',
  },
} as const;
