import type { ListNames } from '../../../shared/projects/list.ts';
import type { Text } from '../../../shared/protocol/ids.ts';
import type { Look } from './frame.ts';
import type { PublicList, PublicRegister } from './public-register.ts';

/** What a list calls what its sheets speak of by id. */
export type Named = (what: keyof ListNames, id: string) => string;

/**
 * What stands for an id in both languages: what the frozen list calls it, or the register, where a change brought it in later.
 * An id that neither names is its own name.
 */
export function textIn(
  register: Pick<PublicRegister, keyof ListNames>,
  list: PublicList | null,
): (what: keyof ListNames, id: string) => Text {
  const names = list?.list.names;
  return (what, id) => {
    const found: { readonly name: Text } | undefined = names?.[what].find((each) => each.id === id);
    return found?.name ?? register[what].get(id) ?? { zh: id };
  };
}

/** The same in the language asked for. */
export function namedIn({ name, register }: Pick<Look, 'name' | 'register'>, list: PublicList | null): Named {
  const text = textIn(register, list);
  return (what, id) => name(text(what, id));
}
