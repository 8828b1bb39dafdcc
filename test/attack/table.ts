import type { Latency, Phase, Row } from './figures.ts';

const mb = (bytes: number) => (bytes / 1e6).toFixed(0);
const ms = (value: number) => value.toFixed(value < 10 ? 1 : 0);
const waits = ({ median, p99, max }: Latency) => `${ms(median)}/${ms(p99)}/${ms(max)}`;
const loop = ({ loopP99, loopMax }: Phase) => `${ms(loopP99)}/${ms(loopMax)}`;

const COLUMNS: readonly (readonly [title: string, cell: (row: Row) => string])[] = [
  ['attack', ({ attack }) => attack],
  ['seed', ({ seed }) => String(seed)],
  ['s', ({ seconds }) => seconds.toFixed(0)],
  ['conns', ({ connections }) => String(connections)],
  ['packets', ({ packets }) => String(packets)],
  ['/s', ({ packets, seconds }) => (packets / Math.max(1, seconds)).toFixed(0)],
  ['kB sent', ({ bytes }) => (bytes / 1e3).toFixed(0)],
  ['ledger: strangers', ({ strangers }) => `${strangers.entries} (${(strangers.bytes / 1e3).toFixed(0)} kB)`],
  ['rogue seats', ({ rogues }) => `${rogues.entries} (${(rogues.bytes / 1e3).toFixed(0)} kB)`],
  [
    'MB before/during/after',
    (row) => [row.before, row.during, row.after].map(({ rss }) => mb(rss)).join('/'),
  ],
  ['loop ms p99/max before', ({ before }) => loop(before)],
  ['during', ({ during }) => loop(during)],
  ['after', ({ after }) => loop(after)],
  ['quiet: ballots', ({ quiet }) => String(quiet.ballots)],
  ['p50/p99/max ms', ({ quiet }) => waits(quiet)],
  ['attacked: ballots', ({ attacked }) => String(attacked.ballots)],
  ['p50/p99/max ms', ({ attacked }) => waits(attacked)],
  ['ends', ({ deaths }) => String(deaths.length)],
];

/** The rows as a table of plain text. */
export function table(rows: readonly Row[]): string {
  const cells = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))];
  const widths = COLUMNS.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)));
  const lines = cells.map((line) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
  return lines.join('\n');
}
