import { z } from 'zod';
import type { RegisterRight } from '../register/model/rights.ts';
import type { ActName } from './rights.ts';

/**
 * Who may call a route. `sign-in`: whoever may know a secret that makes them more than anybody. `person`: whoever has signed in.
 * A list: whoever may do one of these acts, by the table of rights; where that is an act of its own, it is looked at again.
 */
export type Needs = 'anybody' | 'sign-in' | 'person' | readonly (ActName | RegisterRight)[];

const KB = 1024;

/** The largest body in bytes where nothing else is said: of strangers a name and a secret. */
const bodyOf = (needs: Needs): number => (needs === 'anybody' || needs === 'sign-in' ? 4 * KB : 64 * KB);

/** What stands in a path for its `:name` and `*`. */
export type Params = z.ZodType<unknown, Readonly<Record<string, string>>>;

/** A way into the coordinator's HTTP side. */
export interface Route<
  P extends Params = Params,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly needs: Needs;
  readonly params: P;
  readonly body: B;
  /** Nobody sends more than so many bytes. */
  readonly mostBody: number;
  /** What is said to whoever sends another body; null: what is wrong with it. */
  readonly wants: string | null;
  /** How the answer comes; a page is for browsers, and a WebSocket is an answer of its own. */
  readonly as: 'json' | 'bytes' | 'page' | 'socket';
  readonly answer: A;
  /** Whether an answer of that shape comes with status 409 too, and then says no. */
  readonly saysNo: boolean;
  /** Whether asking is a use of the session, or only shows that a page is open. */
  readonly isUse: boolean;
  /** Whoever asks reads no more of an answer than so many bytes, and takes it for lost after so long. */
  readonly most: number;
  readonly patienceMs: number;
}

const NO_PARAMS = z.object({});
const NO_BODY = z.unknown();
export const Bytes = z.instanceof(Uint8Array);

/** A route that is asked for JSON without more ado. */
export const get = <A extends z.ZodType>(path: string, needs: Needs, answer: A) => ({
  method: 'GET' as const,
  path,
  needs,
  params: NO_PARAMS,
  body: NO_BODY,
  mostBody: bodyOf(needs),
  wants: null,
  as: 'json' as const,
  answer,
  saysNo: false,
  isUse: true,
  most: 64 * 1024,
  patienceMs: 30_000,
});

/** A page, for browsers. */
export const page = (path: string) => ({ ...get(path, 'anybody', z.string()), as: 'page' as const });

/** The same, sent a body of this shape. */
export const post = <B extends z.ZodType, A extends z.ZodType>(
  path: string,
  needs: Needs,
  body: B,
  answer: A,
) => ({ ...get(path, needs, answer), method: 'POST' as const, body });

/** A route that is asked for bytes, by what stands in its path. */
export const download = <P extends Params>(path: string, needs: Needs, params: P) => ({
  ...get(path, needs, Bytes),
  as: 'bytes' as const,
  params,
});

/** The path of a route with `params` in it; what `*` stands for may go on in other folders, so it stands as it is written. */
export function pathOf(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)|\*/g, (sign, name: string | undefined) =>
    name === undefined ? (params[sign] ?? '') : encodeURIComponent(params[name] ?? ''),
  );
}
