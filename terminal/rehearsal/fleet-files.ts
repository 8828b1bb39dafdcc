import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { fromBase64url, toBase64url } from '../../shared/protocol/bytes.ts';
import { Id, PublicKey, type RandomBytes } from '../../shared/protocol/ids.ts';
import { type KeyPair, thumbprint } from '../../shared/protocol/keys.ts';
import { faultLine } from '../machine/last-resort.ts';

/** A file that simulated seats need is missing or wrong; the message says which, where and what to do. */
export class FleetFileError extends Error {}

/** Runs `work` on the file at `path`; what the system or the format says against it names the file. */
function onFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof FleetFileError) throw error;
    throw new FleetFileError(`${path}: ${faultLine(error)}`);
  }
}

/** A line of terminals.csv. */
const TerminalLine = z.object({ terminal: Id, seat: z.string().min(1), key: PublicKey });
type TerminalLine = z.infer<typeof TerminalLine>;

const HEADERS: Readonly<Record<string, string>> = {
  编号: 'id',
  姓名: 'name',
  代表团: 'delegation',
  席位: 'seat',
  卡号: 'card',
  职务: 'title',
  终端: 'terminal',
  密钥: 'key',
  公钥: 'key',
};

const Line = z.record(z.string(), z.string());

/** The lines of a CSV file in UTF-8 or, as older Excel writes it, GBK. */
function readCsv(path: string): Record<string, string>[] {
  if (!existsSync(path)) throw new FleetFileError(`${path}: there is no such file`);
  const read = () =>
    parse(decode(readFileSync(path)), {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      columns: (names: string[]) => names.map((name) => HEADERS[name.trim()] ?? name.trim()),
    });
  return z.array(Line).parse(onFile(path, read));
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Reads terminals.csv: `terminal,seat,key`. */
function readTerminals(path: string): TerminalLine[] {
  return readCsv(path).map((row, index) => {
    const line = TerminalLine.safeParse(row);
    if (line.success) return line.data;
    const [issue] = line.error.issues;
    throw new FleetFileError(`${path}:${index + 2}: ${issue?.path.join('.')}: ${issue?.message}`);
  });
}

/** The card of each seat, from roll.csv; the first line of a seat counts. */
function readCards(path: string): Map<string, string> {
  const cards = new Map<string, string>();
  for (const { seat, card } of readCsv(path)) {
    if (seat && card && !cards.has(seat)) cards.set(seat, card.toUpperCase());
  }
  return cards;
}

/** One simulated seat. */
export interface FleetSeat {
  readonly terminal: string;
  readonly key: KeyPair;
  /** The card of the seat's deputy. */
  readonly card: string | null;
}

/** The seats that terminals.csv lists, each with its key and, where the roll is given, its deputy's card. */
export function fleetSeats(files: {
  readonly terminals: string;
  readonly keys: string;
  readonly roll?: string | undefined;
}): FleetSeat[] {
  const cards = files.roll === undefined ? new Map<string, string>() : readCards(files.roll);
  return readTerminals(files.terminals).map((line) => ({
    terminal: line.terminal,
    key: readKey(files.keys, line),
    card: cards.get(line.seat) ?? null,
  }));
}

/** The seats of roll.csv in its order. */
export function readSeats(path: string): string[] {
  return readCsv(path).flatMap(({ seat }) => (seat ? [seat] : []));
}

/** PKCS #8 of an Ed25519 seed (RFC 8410 §7) up to the seed itself. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** As `keyPairFromSeed`, on node:crypto: thousands of keys in a second. */
function keyPair(seed: Uint8Array): KeyPair {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const { x } = z.object({ x: z.string() }).parse(key.export({ format: 'jwk' }));
  return { seed, x, kid: thumbprint(x) };
}

const seedPath = (folder: string, terminal: string) => join(folder, `${terminal}.seed`);

const readSeed = (path: string) => onFile(path, () => fromBase64url(readFileSync(path, 'utf8').trim()));

/** Writes a file for this user alone; @throws {FleetFileError} */
export function writeFile(path: string, text: string): void {
  onFile(path, () => writeFileSync(path, text, { mode: 0o600 }));
}

/** The key of a simulated terminal, from its seed in `folder`. */
function readKey(folder: string, line: TerminalLine): KeyPair {
  const path = seedPath(folder, line.terminal);
  if (!existsSync(path)) {
    throw new FleetFileError(`${path}: there is no seed for ${line.terminal}; make keys with --make-keys`);
  }
  const seed = readSeed(path);
  const key = seed?.length === 32 ? keyPair(seed) : null;
  if (key?.x === line.key) return key;
  throw new FleetFileError(`${path}: the seed does not belong to the key listed for ${line.terminal}`);
}

/**
 * Makes the keys of `count` terminals (T001 …) that `folder` does not hold yet, and gives their lines for
 * terminals.csv; seats come from `seats`, then from the number.
 */
export function makeKeys(
  folder: string,
  count: number,
  seats: readonly string[],
  random: RandomBytes,
): TerminalLine[] {
  onFile(folder, () => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  const digits = Math.max(3, String(count).length);
  return Array.from({ length: count }, (_, index) => {
    const terminal = `T${String(index + 1).padStart(digits, '0')}`;
    const path = seedPath(folder, terminal);
    if (!existsSync(path)) writeFile(path, `${toBase64url(random(32))}\n`);
    const seed = readSeed(path);
    if (seed?.length !== 32) throw new FleetFileError(`${path}: is no 32-byte seed; remove it`);
    return { terminal, seat: seats[index] ?? String(index + 1), key: keyPair(seed).x };
  });
}

/** terminals.csv. */
export function terminalsCsv(lines: readonly TerminalLine[]): string {
  return [
    'terminal,seat,key',
    ...lines.map(({ terminal, seat, key }) => `${terminal},${seat},${key}`),
    '',
  ].join('\n');
}
