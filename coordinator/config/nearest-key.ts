import { z } from 'zod';

type Shape = z.core.JSONSchema.BaseSchema;

const isShape = (shape: unknown): shape is Shape => typeof shape === 'object' && shape !== null;

/** A shape and all it may stand for. */
function choices(shape: Shape): Shape[] {
  const inner = [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? [])];
  return [shape, ...inner.filter(isShape).flatMap(choices)];
}

/** The keys that `schema` knows in the map at `path`. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const root: Shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const at = path.reduce(
    (shapes, step) =>
      shapes
        .flatMap(({ properties, items }) => [typeof step === 'number' ? items : properties?.[String(step)]])
        .filter(isShape)
        .flatMap(choices),
    choices(root),
  );
  return [...new Set(at.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

/** Letters to insert, delete, change or swap with the next until `a` is `b`. */
function distance(a: string, b: string): number {
  const table: number[][] = [];
  const at = (i: number, j: number) => table[i]?.[j] ?? Math.max(i, j);
  for (let i = 0; i <= a.length; i += 1) {
    table.push([i]);
    for (let j = 1; j <= b.length; j += 1) {
      const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      table[i]?.push(i === 0 ? j : Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, change, swap));
    }
  }
  return at(a.length, b.length);
}

/** The one of `known` that `written` was most likely meant to be; undefined where none is near. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  if (written.length > 40) return undefined;
  const near = known
    .map((key) => ({ key, far: distance(written.toLowerCase(), key.toLowerCase()) }))
    .filter(({ key, far }) => key !== written && far <= Math.max(1, Math.floor(key.length / 3)))
    .sort((a, b) => a.far - b.far);
  return near[0]?.key;
}
