import { MqttClient } from 'mqtt';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import { topics } from '../../shared/protocol/topics.ts';
import type { Act } from '../contract/acts.ts';
import {
  AttendanceDocument,
  DecryptionDocument,
  SecrecyDocument,
  TurnoutDocument,
} from '../contract/documents.ts';
import { packetsWithin } from '../scrutineer/bounded-packets.ts';
import type { SampleHall } from './running-sample.ts';

/** A vote in which nothing has moved for this long is over for a chair who sees only the turnout. */
const QUIET_MS = 4_000;
/** What a document takes at the most, in bytes. */
const MOST_DOCUMENT = 32 * 1024 * 1024;

/** What the hall shows, as its display gets it. */
class Watcher {
  readonly #client: MqttClient;
  attendance: AttendanceDocument | null = null;
  turnout: TurnoutDocument = null;
  secrecy: SecrecyDocument | null = null;
  decryption: DecryptionDocument = null;
  /** When a figure last changed. */
  changedAt = performance.now();
  #last = '';

  constructor({ http, ca, hall }: SampleHall, report: Report) {
    const url = `${http.replace(/^http/, 'ws')}/mqtt`;
    const { public: at } = topics(hall);
    this.#client = new MqttClient(() => packetsWithin(url, MOST_DOCUMENT, ca), {
      clientId: 'web-00000000c4a1',
      protocolVersion: 4,
      clean: true,
    });
    const wanted = [at('attendance'), at('turnout'), at('secrecy'), at('decryption')];
    this.#client.on(
      'connect',
      guarded('following the hall', report, () => this.#client.subscribe(wanted, { qos: 1 })),
    );
    // It connects again by itself.
    this.#client.on('error', (error) => report('the line to the hall', error));
    const heard = (topic: string, payload: Buffer) => {
      const document: unknown = JSON.parse(payload.toString());
      if (topic === at('attendance')) this.attendance = AttendanceDocument.parse(document);
      else if (topic === at('secrecy')) this.secrecy = SecrecyDocument.parse(document);
      else if (topic === at('decryption')) this.decryption = DecryptionDocument.parse(document);
      else this.turnout = TurnoutDocument.parse(document);
      const figures = `${this.attendance?.present} ${this.turnout?.round} ${this.turnout?.cast}`;
      if (figures !== this.#last) this.changedAt = performance.now();
      this.#last = figures;
    };
    this.#client.on('message', guarded('what the hall shows', report, heard));
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Nothing more is coming: all of `expected`, or silence after at least `least`. */
  async settled(count: () => number, expected: () => number, least: () => number): Promise<void> {
    const start = performance.now();
    await this.until(() => {
      const quiet = performance.now() - Math.max(start, this.changedAt) > QUIET_MS;
      return count() >= expected() || (quiet && count() >= least());
    });
  }

  async end(): Promise<void> {
    await this.#client.endAsync();
  }
}

/** Runs the whole agenda of a sample hall as a chair would, seeing only what the hall sees. */
export async function runSitting(
  hall: SampleHall,
  agenda: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const watcher = new Watcher(hall, (what, error) => say(`${what}: ${error}`));
  const chair = await hall.as('chair');
  const act = async (what: Act) => {
    const answer = await chair.act(what);
    if (!answer.ok && what.act !== 'follow-up')
      throw new Error(`${what.act}: ${answer.text.zh} ${answer.detail ?? ''}`);
    return answer.ok;
  };
  await watcher.until(() => watcher.attendance !== null);
  const present = () => watcher.attendance?.present ?? 0;
  const roll = watcher.attendance?.roll ?? 0;
  await watcher.settled(
    present,
    () => roll,
    () => Math.ceil((roll * 2) / 3),
  );
  say(`签到 present ${present()}/${roll}`);

  const hold = async (motion: string): Promise<string> => {
    const round = `${motion}/1`;
    await watcher.until(() => watcher.turnout?.round === round);
    const cast = () => watcher.turnout?.cast ?? 0;
    await watcher.settled(
      cast,
      () => watcher.turnout?.present ?? 0,
      () => 1,
    );
    await act({ act: 'close', round });
    // A secret vote has its result when the scrutineers have decrypted it.
    const isSealed = watcher.decryption?.round === round;
    if (isSealed) await watcher.until(() => watcher.decryption?.result !== null);
    await act({ act: 'announce', round });
    const { secrecy } = watcher.secrecy ?? {};
    const signers = secrecy?.holder === 'scrutineers' ? secrecy.scrutineers.length : 0;
    if (isSealed) await watcher.until(() => (watcher.decryption?.signed.length ?? signers) >= signers);
    say(`${motion} 已表决 cast ${cast()}/${present()}`);
    return round;
  };
  await watcher.until(
    () => watcher.secrecy?.secrecy?.holder !== 'scrutineers' || watcher.secrecy.publicKey !== null,
  );
  for (const motion of agenda) {
    await act({ act: 'open', motion, rehearsal: false });
    const round = await hold(motion);
    // A tie or open places are voted on once more; what stays open then stays open.
    if (!(await act({ act: 'follow-up', round }))) continue;
    for (const next of [`${motion}-r1`, `${motion}-s1`]) {
      const opened = await chair.act({ act: 'open', motion: next, rehearsal: false });
      if (opened.ok) await hold(next);
    }
  }
  await watcher.end();
}
