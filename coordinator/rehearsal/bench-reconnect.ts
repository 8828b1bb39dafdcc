import type { Programs } from '../cli/programs.ts';
import { ROUTES } from '../contract/routes.ts';
import { benchmark } from './benchmark.ts';
import { startGenerator } from './load-generator.ts';
import { openSampleHall } from './running-sample.ts';

interface ReconnectFigures {
  seats: number;
  lastMs: number;
  p50Ms: number;
  /** Processor time that the coordinator took meanwhile, for every seat. */
  coordinatorMsPerSeat: number;
  /** Memory that every seat takes when it has connected, and after all have come back. */
  kilobytesPerSeat: number;
  kilobytesPerSeatAfter: number;
}

/** Lets all seats of a hall of its own lose their lines at once, and measures until all are back and know who sits there. */
async function reconnect(programs: Programs, seats: number, tls: boolean): Promise<ReconnectFigures> {
  const progress = (line: string) =>
    process.stderr.write(`${seats} seats${tls ? ' over TLS' : ''}: ${line}\n`);
  progress('connecting and checking in');
  const hall = await openSampleHall(programs, {
    seats,
    port: 0,
    tls,
    passwordOf: () => 'for benchmarks only',
  });
  const chair = await hall.as('chair');
  const stats = () => chair.ask(ROUTES.stats);
  const empty = await stats();
  const generator = startGenerator(programs, [...hall.seatArgs, '--reconnect']);
  await generator.isSo('present');
  const before = await stats();
  progress('cutting all lines');
  generator.go();
  const { lastMs, p50Ms } = await generator.times('back');
  const after = await stats();
  const perSeat = (bytes: number) => (bytes - empty.rss) / 1024 / seats;
  return {
    seats,
    lastMs,
    p50Ms,
    coordinatorMsPerSeat: (after.cpu - before.cpu) / seats,
    kilobytesPerSeat: perSeat(before.rss),
    kilobytesPerSeatAfter: perSeat(after.rss),
  };
}

function table(plain: ReconnectFigures, tls: ReconnectFigures): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const rows: [string, (figures: ReconnectFigures) => string][] = [
    ['席位 seats', ({ seats }) => String(seats)],
    ['半数重连 half are back after', ({ p50Ms }) => seconds(p50Ms)],
    ['全部重连 all are back after', ({ lastMs }) => seconds(lastMs)],
    ['主机每席 coordinator, per seat', (each) => `${each.coordinatorMsPerSeat.toFixed(2)} ms`],
    ['每席内存 memory per seat', ({ kilobytesPerSeat }) => `${kilobytesPerSeat.toFixed(1)} kB`],
    ['重连之后 after coming back', (each) => `${each.kilobytesPerSeatAfter.toFixed(1)} kB`],
  ];
  const line = (name: string, values: readonly string[]) =>
    `  ${name.padEnd(36)}${values.map((value) => value.padStart(12)).join('')}`;
  return [line('', ['', 'TLS']), ...rows.map(([name, of]) => line(name, [of(plain), of(tls)]))].join('\n');
}

/** `hallvote bench reconnect`: all lines are cut at once, as by a switch that starts anew; in the clear, then over TLS. */
export function benchReconnect(seats: number, isJson: boolean): Promise<void> {
  return benchmark(async (programs) => {
    const plain = await reconnect(programs, seats, false);
    const tls = await reconnect(programs, seats, true);
    process.stdout.write(`${isJson ? JSON.stringify({ plain, tls }) : table(plain, tls)}\n`);
  });
}
