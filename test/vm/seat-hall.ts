import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import type { StaffClient } from '../../coordinator/cli/staff-client.ts';
import { RIGHTS } from '../../coordinator/contract/rights.ts';
import { replay, SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { HallProcess } from '../crash/hall-process.ts';
import { testSeat } from '../support/open-hall.ts';
import { until } from '../support/until.ts';
import { StaffDesk } from './staff-desk.ts';

/** The card of the only deputy: ten digits, as a reader that types them does. */
export const CARD = '0001234567';
export const TERMINAL = 'T-001';
const MOTIONS = 12;

/** A hall of one deputy on this machine, whose seat is yet to come. The emulated machine sees it at 10.0.2.2. */
export class SeatHall {
  readonly #process: HallProcess;
  #chair: StaffClient | null = null;
  #operator: StaffClient | null = null;
  #desk: StaffDesk | null = null;
  #motion = 0;

  private constructor(process: HallProcess) {
    this.#process = process;
  }

  /** @param kept the hall that `keepIn` put there, as it was then. */
  static async open(kept?: string): Promise<SeatHall> {
    const seat = testSeat(1);
    const process = HallProcess.of([{ ...seat, card: CARD }]);
    const more: string[] = [];
    if (kept) {
      cpSync(kept, process.folder, { recursive: true });
      more.push('--mqtt', readFileSync(join(kept, 'port'), 'utf8'));
    }
    const write = (name: string, text: string) => writeFileSync(join(process.folder, name), text);
    write('terminals.csv', 'terminal,seat,key\n');
    const motion = (n: number) => `  - { id: m${n}, kind: decision, title: 表决${n}, press: first }\n`;
    write('agenda.yaml', `motions:\n${Array.from({ length: MOTIONS }, (_, n) => motion(n + 1)).join('')}`);
    await process.start(...more);
    const hall = new SeatHall(process);
    hall.#chair = await process.staff('chair');
    hall.#operator = await process.staff('operator');
    hall.#desk = await StaffDesk.open(process.ready.http, hall.#operator, 'sample-hall');
    return hall;
  }

  /** Copies all that makes it the hall that an installed seat knows. */
  keepIn(folder: string): void {
    cpSync(this.#process.folder, folder, { recursive: true });
    writeFileSync(join(folder, 'port'), String(this.#process.ready.mqtt.split(':').at(-1)));
  }

  /** What a seat's installer is told of this hall. */
  get options(): readonly string[] {
    const { mqtt, key } = this.#process.ready;
    const port = mqtt.split(':').at(-1);
    return ['--hall', 'sample-hall', '--coordinator', `mqtt://10.0.2.2:${port}`, '--key', key];
  }

  /** The seat as the operator's page shows it. */
  get seen() {
    return this.#desk?.terminal;
  }

  /** Waits until the operator's page shows the seat so. */
  untilSeen(what: string, holds: (seen: NonNullable<StaffDesk['terminal']>) => boolean, seconds: number) {
    return until(
      () => `the operator sees ${what} in ${JSON.stringify(this.seen)}`,
      seconds,
      () => this.seen !== undefined && holds(this.seen),
    );
  }

  /** Waits until the seat's own page says that the screen has drawn it. */
  untilDrawn(seconds: number) {
    return until(
      () => `the operator sees the page drawn: ${JSON.stringify(this.#desk?.screen)}`,
      seconds,
      () => this.#desk?.screen?.is === 'drawn',
    );
  }

  /** Approves the terminal that waits, as an operator does who has compared its fingerprint; fine where it is enrolled. */
  async enrol(): Promise<void> {
    await this.untilSeen('the terminal', ({ state }) => state === 'pending' || state === 'enrolled', 120);
    if (this.seen?.state === 'enrolled') return;
    await this.act({ act: 'enrol', terminal: TERMINAL, key: this.seen?.key ?? '', seat: 'S1' });
  }

  async act(act: Parameters<StaffClient['act']>[0]): Promise<void> {
    const person = RIGHTS[act.act].roles[0] === 'chair' ? this.#chair : this.#operator;
    expect(await person?.act(act)).toEqual({ ok: true });
  }

  /** Opens the next vote; gives its round. */
  async openVote(): Promise<string> {
    this.#motion += 1;
    await this.act({ act: 'open', motion: `m${this.#motion}`, rehearsal: false });
    return `m${this.#motion}/1`;
  }

  /** Closes and announces; gives what was counted. */
  async closeVote(round: string) {
    await this.act({ act: 'close', round });
    await this.act({ act: 'announce', round });
    return this.sitting().rounds.get(round)?.result;
  }

  /** What the ledger says. */
  sitting() {
    const ledger = Ledger.read(this.#process.ledgerFile, SITTING_LEDGER);
    try {
      return replay(ledger.rows());
    } finally {
      ledger.close();
    }
  }

  /** How many ballots the ledger holds for this round, valid or not: at most one for each that was cast. */
  entered(round: string): number {
    const ledger = Ledger.read(this.#process.ledgerFile, SITTING_LEDGER);
    try {
      return [...ledger.rows()].filter(
        ({ type, body }) => type === 'ballot' && payloadOf(body).includes(`"round":"${round}"`),
      ).length;
    } finally {
      ledger.close();
    }
  }

  async close(): Promise<void> {
    await this.#desk?.close();
    await this.#process.kill();
    this.#process.remove();
  }
}

/** The signed text in a ledger's entry. */
const payloadOf = (body: string): string =>
  Buffer.from(body.split('.')[1] ?? '', 'base64url').toString('utf8');
