/** `all` with what stands at `from` moved to `to`; the same where one of them is no place in it. */
export function moved<T>(all: readonly T[], from: number, to: number): readonly T[] {
  const item = all[from];
  if (item === undefined || from === to || to < 0 || to >= all.length) return all;
  const others = all.filter((_each, i) => i !== from);
  return [...others.slice(0, to), item, ...others.slice(to)];
}

/** The order that somebody chose, of the candidates as they are now: who has left it leaves, who is new comes last. */
export function orderOf(chosen: readonly string[], candidates: readonly string[]): readonly string[] {
  const kept = chosen.filter((id) => candidates.includes(id));
  return [...kept, ...candidates.filter((id) => !kept.includes(id))];
}

/** 差额: how many candidates more than places, and their share of the places in percent; null where that is no list to choose from. */
export function surplusOf(
  candidates: number,
  places: number,
): { readonly more: number; readonly percent: number } | null {
  if (!Number.isInteger(places) || places < 1 || candidates <= places) return null;
  const more = candidates - places;
  return { more, percent: Math.round((more * 100) / places) };
}
