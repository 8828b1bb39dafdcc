import type { FastifyPluginAsync } from 'fastify';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import { serve } from '../../web/serve.ts';
import type { Children } from '../federation/children.ts';
import type { LevelsView } from '../federation/level-members.ts';

export interface ChildrenParts {
  readonly children: Pick<Children, 'all' | 'pullNow'>;
  readonly levels: LevelsView;
}

/** The registers beneath, for who looks after the line to them. */
export const childrenRoutes: FastifyPluginAsync<ChildrenParts> = async (app, { children, levels }) => {
  const document = () => {
    const { members } = levels.levels({ year: null, level: null, category: null });
    return children.all().flatMap(({ child, kept, witnessed, fault }) => {
      const member = members.find(({ id }) => id === child.id);
      if (!member) return [];
      const { name, standing } = member;
      return [
        {
          ...{ id: child.id, name, level: child.level, place: child.place.is },
          ...{ is: standing.is, hours: standing.hours, why: fault?.text ?? null },
          ...{ read: kept.position?.seq ?? 0, told: kept.told, witnessed: witnessed?.at ?? null },
        },
      ];
    });
  };
  serve(app, REGISTER_ROUTES.children, async () => document());
  serve(app, REGISTER_ROUTES.pullChildren, async () => {
    await children.pullNow();
    return document();
  });
};
