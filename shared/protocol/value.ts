import type { z } from 'zod';

/** `T` that nobody may change, however deep. */
export type Unchanging<T> = T extends string | number | boolean | null | undefined | Uint8Array
  ? T
  : { readonly [K in keyof T]: Unchanging<T[K]> };

/** What a schema lets through: a value, to be read and never changed. */
export type Value<Schema extends z.ZodType> = Unchanging<z.infer<Schema>>;
