import type { ListNames } from '../../../shared/projects/list.ts';
import type { Text } from '../../../shared/protocol/ids.ts';
import type { Look } from './frame.ts';
import type { PublicList } from './public-register.ts';

/** What a list calls what its sheets speak of by id. */
export type Named = (what: keyof ListNames, id: string) => string;

/** The names of a frozen list in the language asked for; an id that it does not name is its own name. */
export function namedIn({ name }: Pick<Look, 'name'>, list: PublicList | null): Named {
  const names = list?.list.names;
  return (what, id) => {
    const found: { readonly name: Text } | undefined = names?.[what].find((each) => each.id === id);
    return found ? name(found.name) : id;
  };
}
