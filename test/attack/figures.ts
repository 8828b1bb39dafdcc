/** Figures of a row of the table, and the bounds they are held against. */

export interface Latency {
  readonly ballots: number;
  readonly median: number;
  readonly p99: number;
  readonly max: number;
}

/** The value below which the share `p` of `sorted` lies (nearest rank); 0 of nothing. */
export function percentile(sorted: readonly number[], p: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * p) - 1)] ?? 0;
}

export function latency(ms: readonly number[]): Latency {
  const sorted = [...ms].sort((a, b) => a - b);
  const [median, p99, max] = [0.5, 0.99, 1].map((p) => percentile(sorted, p));
  return { ballots: ms.length, median: median ?? 0, p99: p99 ?? 0, max: max ?? 0 };
}

export interface Written {
  readonly entries: number;
  readonly bytes: number;
}

export interface Phase {
  /** Of the coordinator's process: bytes. */
  readonly rss: number;
  /** Delay of its event loop, ms: the worst 99th percentile and maximum of the seconds of this phase. */
  readonly loopP99: number;
  readonly loopMax: number;
}

/** One attack, measured. */
export interface Row {
  readonly attack: string;
  readonly seed: number;
  readonly seconds: number;
  readonly connections: number;
  readonly packets: number;
  readonly bytes: number;
  readonly seen: Readonly<Record<string, number>>;
  /** Written into the ledger by whoever proved nothing, and by the attacker's own enrolled terminals. */
  readonly strangers: Written;
  readonly rogues: Written;
  readonly before: Phase;
  readonly during: Phase;
  readonly after: Phase;
  readonly quiet: Latency;
  readonly attacked: Latency;
  readonly deaths: readonly string[];
  /** Whether the coordinator had just started: such a one still grows by itself. */
  readonly isYoung: boolean;
  /** Whether the attack itself ends the coordinator: then neither memory nor waiting is comparable. */
  readonly endsTheProcess: boolean;
  /** What the attack itself found broken. */
  readonly findings: readonly string[];
}

export const BOUNDS = {
  /** Honest p99 beside that of the quiet run. */
  slower: 5,
  /** A p99 below this is fast whatever the quiet run was, ms: a person takes it for at once. */
  atOnceMs: 100,
  /** Fewer ballots than this have no 99th percentile but their worst. */
  ballots: 100,
  /** After fewer in the quiet while, none under attack may be the pause between two votes. */
  toCompare: 50,
  /** Bytes all strangers may write into a sitting's ledger. */
  strangerBytes: 1_000_000,
  /** Memory after beside before; of a coordinator that has just started also so many bytes. */
  memory: 1.2,
  youngBytes: 64e6,
} as const;

const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const ms = (value: number) => `${value.toFixed(0)} ms`;

/** What a coordinator's memory may be after an attack: bytes. */
export function mostMemory({ before, isYoung }: Pick<Row, 'before' | 'isYoung'>): number {
  return before.rss * BOUNDS.memory + (isYoung ? BOUNDS.youngBytes : 0);
}

/** Which bounds a row breaks, a line each. */
export function breaches(row: Row): string[] {
  const { attack, quiet, attacked, before, after } = row;
  const found = [...row.findings, ...row.deaths.map((death) => `the coordinator ended: ${death}`)];
  if (row.endsTheProcess) return found.map((line) => `${attack}: ${line}`);
  const isMeasured = Math.min(quiet.ballots, attacked.ballots) >= BOUNDS.ballots;
  if (isMeasured && attacked.p99 > Math.max(BOUNDS.atOnceMs, BOUNDS.slower * quiet.p99))
    found.push(`honest p99 ${ms(attacked.p99)} beside ${ms(quiet.p99)} in the quiet run`);
  const mayCompare = quiet.ballots >= BOUNDS.toCompare;
  if (!isMeasured && mayCompare && attacked.ballots < quiet.ballots / BOUNDS.slower)
    found.push(`only ${attacked.ballots} honest ballots beside ${quiet.ballots} in the quiet run`);
  if (after.rss > mostMemory(row)) found.push(`memory ${mb(after.rss)} after, ${mb(before.rss)} before`);
  return found.map((line) => `${attack}: ${line}`);
}

/** Which bounds the rows break together. */
export function breachesOfAll(rows: readonly Row[]): string[] {
  const bytes = rows.reduce((sum, { strangers }) => sum + strangers.bytes, 0);
  const all = rows.flatMap(breaches);
  return bytes > BOUNDS.strangerBytes
    ? [...all, `strangers wrote ${(bytes / 1e6).toFixed(2)} MB into the ledger; at most 1 MB may be`]
    : all;
}
