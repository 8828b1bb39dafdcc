import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { ROUTES } from '../../coordinator/contract/routes.ts';
import { parseJwsOfAnyLength } from '../../shared/protocol/jws.ts';
import type { Chair } from './chair.ts';
import type { Phase, Written } from './figures.ts';
import type { HallUnderAttack } from './hall.ts';

const EVERY_MS = 1_000;

/** Resident memory of a process in bytes; 0 where it has ended. */
export function rssOf(pid: number): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Looks at the coordinator once a second, from outside and by what it tells its staff. */
export class Watch {
  readonly #hall: HallUnderAttack;
  readonly #timer: NodeJS.Timeout;
  #isAsking = false;
  #phase = { rss: 0, loopP99: 0, loopMax: 0 };

  constructor(hall: HallUnderAttack, chair: Chair) {
    this.#hall = hall;
    const look = async () => {
      this.#note({ rss: rssOf(hall.pid), loopP99: 0, loopMax: 0 });
      const { loop } = await (await chair.staff()).ask(ROUTES.stats);
      this.#note({ rss: 0, loopP99: loop.p99, loopMax: loop.max });
    };
    this.#timer = setInterval(() => {
      // A coordinator that is away has no figures.
      if (this.#isAsking) return;
      this.#isAsking = true;
      look()
        .catch(() => {})
        .finally(() => {
          this.#isAsking = false;
        });
    }, EVERY_MS);
  }

  #note({ rss, loopP99, loopMax }: Phase): void {
    const phase = this.#phase;
    phase.rss = Math.max(phase.rss, rss);
    phase.loopP99 = Math.max(phase.loopP99, loopP99);
    phase.loopMax = Math.max(phase.loopMax, loopMax);
  }

  /** The worst since the last call. `now`: memory as it is, in place of the most it was. */
  phase(memory: 'most' | 'now'): Phase {
    const { rss, ...loop } = this.#phase;
    this.#phase = { rss: 0, loopP99: 0, loopMax: 0 };
    const now = rssOf(this.#hall.pid);
    return { ...loop, rss: memory === 'now' ? now : Math.max(rss, now) };
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

const Entry = z.object({ seq: z.number(), type: z.string(), body: z.string() });
/** What a row takes beside its body: sequence, two hashes twice (they are indexed), time, type. */
const ROW_BYTES = 300;
const STRANGERS_TYPES =
  "('refused', 'refusals-counted', 'connect', 'check-in', 'credential', 'ballot', 'audit')";

/** Reads in the ledger, beside the coordinator that writes it, what others than honest seats have written since last asked. */
export class LedgerWatch {
  readonly #file: string;
  readonly #rogues: ReadonlySet<string>;
  readonly #honest: ReadonlySet<string>;
  #seq = 0;

  constructor(hall: HallUnderAttack) {
    this.#file = hall.ledgerFile;
    this.#rogues = new Set(hall.rogues.map(({ terminal }) => terminal));
    this.#honest = new Set(hall.honest);
  }

  written(): { readonly strangers: Written; readonly rogues: Written } {
    const strangers = { entries: 0, bytes: 0 };
    const rogues = { entries: 0, bytes: 0 };
    const db = new Database(this.#file, { readonly: true });
    try {
      const rows = db.prepare(
        `SELECT seq, type, body FROM entries WHERE seq > ? AND type IN ${STRANGERS_TYPES} ORDER BY seq`,
      );
      for (const row of rows.iterate(this.#seq)) {
        const { seq, type, body } = Entry.parse(row);
        this.#seq = seq;
        const whose = this.#whose(type, body);
        if (whose === 'honest') continue;
        const to = whose === 'rogue' ? rogues : strangers;
        to.entries += 1;
        to.bytes += body.length + ROW_BYTES;
      }
    } finally {
      db.close();
    }
    return { strangers, rogues };
  }

  #whose(type: string, body: string): 'honest' | 'rogue' | 'stranger' {
    const payload = z
      .object({ terminal: z.string().nullable().optional() })
      .safeParse(parseJwsOfAnyLength(body)?.payload);
    const terminal = payload.success ? (payload.data.terminal ?? '') : '';
    if (this.#rogues.has(terminal)) return 'rogue';
    return type !== 'refused' && this.#honest.has(terminal) ? 'honest' : 'stranger';
  }
}
