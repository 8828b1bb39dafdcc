import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { Program, Programs } from '../cli/programs.ts';
import type { StaffClient } from '../cli/staff-client.ts';
import { loadHall } from '../config/hall-file.ts';
import { describeProblem } from '../config/problem.ts';
import { readRoll } from '../config/roll-file.ts';
import type { Person, Role } from '../contract/person.ts';
import { ALLOCATION } from '../process/allocation.ts';
import { trustingFetch } from '../process/trusting-fetch.ts';
import { givePasswords, RehearsalStaff } from './staff-passwords.ts';

const Ready = z.object({
  http: z.string(),
  mqtt: z.string(),
  key: z.string(),
  trust: z.object({ ca: z.string(), fingerprint: z.string(), page: z.string() }).nullable(),
});

export interface SampleHall {
  readonly folder: string;
  readonly hall: string;
  readonly http: string;
  readonly mqtt: string;
  readonly key: string;
  /** The file of its CA; null where it speaks without TLS. */
  readonly ca: string | null;
  readonly trust: z.infer<typeof Ready>['trust'];
  readonly coordinator: Program;
  readonly staff: readonly Person[];
  readonly passwordOf: (person: string) => string;
  /** The first person of a role, signed in. */
  readonly as: (role: Role) => Promise<StaffClient>;
  /** Arguments by which simulated seats find the hall. */
  readonly seatArgs: readonly string[];
}

export interface SampleHallOptions {
  readonly seats: number;
  /** HTTP port; 0: any. */
  readonly port: number;
  readonly passwordOf: (person: string) => string;
  /** Whether everything goes over TLS. */
  readonly tls?: boolean | undefined;
  /** Changes the hall's files before it opens. */
  readonly prepare?: (folder: string) => void;
}

/** A sample hall in a new folder that goes with its programs, its coordinator running, all its terminals enrolled, everybody with a password. */
export async function openSampleHall(programs: Programs, options: SampleHallOptions): Promise<SampleHall> {
  const folder = programs.scratch();
  const files = { config: 'hall.yaml', roll: 'roll.csv', terminals: 'terminals.csv', keys: 'terminal-keys' };
  const at = (file: string) => join(folder, file);
  const tls = options.tls === true;
  await programs.run(['init', folder, '--seats', String(options.seats), '--tls', tls ? 'on' : 'off']);
  options.prepare?.(folder);
  const keyFiles = ['--keys', at(files.keys), '--terminals', at(files.terminals), '--roll', at(files.roll)];
  await programs.run(['simulate', '--make-keys', String(options.seats), ...keyFiles]);
  const pages = tls ? ['--https', String(options.port), '--http', '0'] : ['--http', String(options.port)];
  const config = ['--config', at(files.config), ...pages, '--mqtt', '0'];
  const described = loadHall(at(files.config));
  if (!described.ok) throw new Error(described.problems.map(describeProblem).join('\n'));
  const { staff, hall } = described.value;
  const { passwordOf } = options;
  await givePasswords(described.value, passwordOf);
  const coordinator = programs.start(['coordinator', ...config, '--json'], { env: ALLOCATION });
  const ready = Ready.parse(JSON.parse(await programs.line(coordinator)));
  const { http, mqtt, key } = ready;
  const ca = ready.trust?.ca ?? null;
  const believing = ca === null ? [] : ['--ca', ca];
  const seatArgs = ['--url', mqtt, ...believing, '--hall', hall.id, '--key', key, ...keyFiles];
  const everybody = new RehearsalStaff(http, staff, passwordOf, trustingFetch(ca));
  const as = (role: Role) => everybody.as(role);
  return {
    folder,
    hall: hall.id,
    http,
    mqtt,
    key,
    ca,
    trust: ready.trust,
    coordinator,
    staff,
    passwordOf,
    as,
    seatArgs,
  };
}

/** Runs one real terminal with a simulated board, for a person, at the seat of `terminal`. Returns its page's address. */
export async function openSeat(programs: Programs, hall: SampleHall, terminal: string): Promise<string> {
  const data = join(hall.folder, 'seat');
  mkdirSync(data, { mode: 0o700 });
  copyFileSync(join(hall.folder, 'terminal-keys', `${terminal}.seed`), join(data, 'seed'));
  const roll = readRoll(join(hall.folder, 'roll.csv'), 'roll.csv');
  const deputies = roll.ok ? roll.value : [];
  // The first card is the seat's own deputy's; the neighbour's shows what a wrong seat says.
  const cards = deputies
    .slice(0, 2)
    .flatMap(({ name, cards: [card] }) => (card ? [{ card, label: name }] : []));
  const config = {
    id: terminal,
    hall: hall.hall,
    coordinator: { url: hall.mqtt, key: hall.key, ...(hall.ca !== null && { ca: hall.ca }) },
    data,
    screen: { port: 0 },
    board: { kind: 'simulated', cards },
    spread: 0,
  };
  const file = join(hall.folder, 'terminal.yaml');
  writeFileSync(file, stringify(config));
  const seat = programs.start(['terminal', '--config', file], { quiet: true });
  const line = await programs.line(seat);
  return /board (\S+)/.exec(line)?.[1] ?? line;
}
