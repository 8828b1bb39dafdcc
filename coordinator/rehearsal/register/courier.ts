import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MqttClient } from 'mqtt';
import { guarded } from '../../../shared/protocol/guarded.ts';
import { topics } from '../../../shared/protocol/topics.ts';
import { packetsWithin } from '../../scrutineer/bounded-packets.ts';
import type { SampleHall } from '../running-sample.ts';

/** How often it looks whether the register has left something. */
const LOOK_MS = 1_000;
const MOST_DOCUMENT = 32 * 1024 * 1024;

/**
 * The sample hall's operator, as far as the register is concerned: has the hall read its files again when the register has
 * left a list there, and leaves the bundle for the register whenever a result was announced.
 */
export class Courier {
  readonly #hall: SampleHall;
  readonly #say: (line: string) => void;
  readonly #client: MqttClient;
  readonly #timer: NodeJS.Timeout;
  #seen: number;
  #work: Promise<void> = Promise.resolve();

  constructor(hall: SampleHall, say: (line: string) => void) {
    this.#hall = hall;
    this.#say = say;
    this.#seen = this.#changedAt();
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    const result = topics(hall.hall).public('result');
    const report = (what: string, error: unknown) => say(`${what}: ${error}`);
    const url = `${hall.http.replace(/^http/, 'ws')}/mqtt`;
    this.#client = new MqttClient(() => packetsWithin(url, MOST_DOCUMENT, hall.ca), {
      clientId: 'web-00000000c0de',
      protocolVersion: 4,
      clean: true,
    });
    this.#client.on(
      'connect',
      guarded('following the hall', report, () => this.#client.subscribe(result, { qos: 1 })),
    );
    this.#client.on('error', (error) => report('the line to the hall', error));
    this.#client.on(
      'message',
      guarded('an announced result', report, (_topic: string, payload: Buffer) => {
        if (payload.toString() !== 'null') this.#then('the bundle', () => this.#leaveBundle());
      }),
    );
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#client.endAsync(true);
    await this.#work;
  }

  #changedAt(): number {
    const file = join(this.#hall.folder, 'agenda.yaml');
    return existsSync(file) ? statSync(file).mtimeMs : 0;
  }

  #look(): void {
    const at = this.#changedAt();
    if (at === this.#seen) return;
    this.#seen = at;
    this.#then('reading the agenda', async () => {
      const operator = await this.#hall.as('operator');
      const answer = await operator.act({ act: 'reload' });
      this.#say(
        answer.ok ? '清单已进入会场议程 the list is on the agenda' : `${answer.text.zh} ${answer.text.en}`,
      );
    });
  }

  async #leaveBundle(): Promise<void> {
    const auditor = await this.#hall.as('auditor');
    writeFileSync(join(this.#hall.folder, 'sitting.zip'), await auditor.bundle());
    this.#say('存证包已放入共用文件夹 the bundle lies where the register finds it');
  }

  /** One thing after the other; what fails is said and stops nothing. */
  #then(what: string, work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error) => this.#say(`${what}: ${error}`));
  }
}
