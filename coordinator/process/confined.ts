import { spawn } from 'node:child_process';

/** What a stranger's file may take of this machine. */
export interface Limits {
  readonly seconds: number;
  readonly megabytes: number;
  /** Jobs that may wait at once; one is done at a time. */
  readonly waiting: number;
}

/** What a program said of its input, with what it made of it; or why it said nothing. */
export type Confined =
  | { readonly ok: true; readonly says: unknown; readonly made: readonly Uint8Array[] }
  | { readonly ok: false; readonly reason: 'busy' | 'too-hard' };

/** The most that a program may hand back. */
const MOST_BYTES = 64_000_000;

/**
 * Work on strangers' files, each in a process of its own that ends with it: it has a time and a memory to do it in, knows
 * nothing of this one's secrets, and takes nothing with it when it fails. `program` runs `confinedProgram`.
 */
export class ConfinedWork {
  readonly #program: string;
  readonly #limits: Limits;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(program: string, limits: Limits) {
    this.#program = program;
    this.#limits = limits;
  }

  /** Has `input` worked on when those before it are done. Never rejects. */
  async do(input: Uint8Array): Promise<Confined> {
    if (this.#waiting >= this.#limits.waiting) return { ok: false, reason: 'busy' };
    this.#waiting += 1;
    const mine = this.#last.then(() => this.#run(input));
    this.#last = mine;
    const done = await mine;
    this.#waiting -= 1;
    return done;
  }

  #run(input: Uint8Array): Promise<Confined> {
    const { seconds, megabytes } = this.#limits;
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [this.#program, String(megabytes)], {
        env: {},
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      const end = () => child.kill('SIGKILL');
      const late = setTimeout(end, seconds * 1000);
      const out: Buffer[] = [];
      let size = 0;
      child.stdout.on('data', (bytes: Buffer) => {
        size += bytes.length;
        if (size > MOST_BYTES) end();
        else out.push(bytes);
      });
      // One that ended before it had read everything is told of by its exit.
      child.stdin.on('error', () => {});
      child.once('error', () => {});
      child.once('close', (code) => {
        clearTimeout(late);
        const said = code === 0 ? unframed(Buffer.concat(out)) : null;
        resolve(said ? { ok: true, ...said } : { ok: false, reason: 'too-hard' });
      });
      child.stdin.end(input);
    });
  }
}

/** What a program says: a line of JSON, with how long each thing is that it made, and those behind it. */
export function framed(says: unknown, made: readonly Uint8Array[]): Uint8Array {
  const head = JSON.stringify({ says, sizes: made.map(({ length }) => length) });
  return Buffer.concat([Buffer.from(`${head}\n`), ...made]);
}

/** Null where it is not what {@link framed} makes: a program that a file has taken over may say anything. */
export function unframed(bytes: Buffer): { says: unknown; made: Uint8Array[] } | null {
  const line = bytes.indexOf('\n');
  let head: unknown;
  try {
    head = JSON.parse(bytes.subarray(0, line).toString());
  } catch {
    return null;
  }
  if (typeof head !== 'object' || head === null || !('says' in head) || !('sizes' in head)) return null;
  const { says, sizes } = head;
  if (!Array.isArray(sizes)) return null;
  const made: Uint8Array[] = [];
  let at = line + 1;
  for (const size of sizes) {
    if (typeof size !== 'number' || !Number.isInteger(size) || size < 0) return null;
    made.push(bytes.subarray(at, at + size));
    at += size;
  }
  return at === bytes.length ? { says, made } : null;
}
