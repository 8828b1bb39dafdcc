import type { FastifyPluginAsync } from 'fastify';
import { listText } from '../../../shared/projects/list.ts';
import { listFileName } from '../../../shared/projects/list-file.ts';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import { serve } from '../../web/serve.ts';
import { agendaOf, motionOf } from '../bridge/agenda.ts';
import { listsOf } from '../feed/files.ts';
import type { Register } from '../model/state.ts';
import type { BundleShelf } from '../program/bundle-shelf.ts';

export interface ListParts {
  readonly register: () => Register;
  readonly shelf: Pick<BundleShelf, 'read'>;
}

/** What a hall is given of a frozen list; public, since the list is. */
export const listRoutes: FastifyPluginAsync<ListParts> = async (app, { register, shelf }) => {
  serve(app, REGISTER_ROUTES.bundleFile, async ({ params: { file } }, reply) => {
    const manifest = file.replace(/\.zip$/, '');
    const { bundles, works } = register();
    const isProof = bundles.has(manifest) || works.bundles.has(manifest);
    const bundle = isProof ? shelf.read(manifest) : null;
    if (!bundle) return reply.code(404).send({ error: 'there is no such bundle' });
    return reply
      .type('application/zip')
      .header('Content-Disposition', `attachment; filename="${manifest.slice(0, 16)}.zip"`)
      .send(bundle);
  });

  serve(app, REGISTER_ROUTES.agenda, async ({ params: { year } }, reply) => {
    const frozen = register().cycles.get(Number(year))?.frozen;
    if (!frozen) return reply.code(404).send({ error: 'no list is frozen for this cycle' });
    return reply
      .type('application/yaml; charset=utf-8')
      .header('Content-Disposition', 'attachment; filename="agenda.yaml"')
      .send(agendaOf(motionOf(frozen.list)));
  });

  serve(app, REGISTER_ROUTES.list, async ({ params: { file } }, reply) => {
    const cycles = [...register().cycles.values()];
    const named = cycles.find(({ frozen }) => frozen && listFileName(frozen.list) === file)?.frozen?.list;
    const found = named ?? listsOf(register()).get(file.replace(/\.txt$/, ''));
    if (!found) return reply.code(404).send({ error: 'there is no such list' });
    return reply
      .type('text/plain; charset=utf-8')
      .header('Content-Disposition', `attachment; filename="${file}"`)
      .send(listText(found));
  });
};
