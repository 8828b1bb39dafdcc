import type { Client } from 'aedes';
import { guarded } from '../../../shared/protocol/guarded.ts';
import { MESSAGE_VERSION, type ToTerminal } from '../../../shared/protocol/messages.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import type { QuietLog } from '../../process/quiet-log.ts';
import type { Chronicle } from '../../sitting/chronicle.ts';
import type { SeatCertificates } from '../../wire/seat-certificates.ts';
import type { accessTable } from './access.ts';
import type { Published } from './aedes-hooks.ts';
import type { Connections } from './connections.ts';
import type { Answer, Intake } from './intake.ts';
import type { Pace } from './pace.ts';
import type { Pulses } from './pulses.ts';
import type { Speaker } from './speaker.ts';

export interface PublicationsParts {
  readonly hall: string;
  readonly chronicle: Chronicle;
  /** The topic that a terminal speaks on. */
  readonly up: (terminal: string) => string;
  readonly access: Pick<ReturnType<typeof accessTable>, 'mayWrite'>;
  readonly connections: Pick<Connections, 'of' | 'lineOf'>;
  readonly intake: Pick<Intake, 'submit'>;
  readonly pace: Pick<Pace, 'turn'>;
  readonly pulses: Pick<Pulses, 'judging'>;
  readonly speaker: Pick<Speaker, 'say'>;
  /** Of a hall with TLS: issues what its terminals show; null in one without. */
  readonly certificates: Pick<SeatCertificates, 'issue' | 'isDue'> | null;
  readonly tell: (terminal: string, message: ToTerminal) => void;
  readonly refuse: (client: Client, reason: Reason, message: Uint8Array) => void;
  /** A terminal asks for its seat's state, or its seat changed. */
  readonly onSeatDue: (terminal: string) => void;
  readonly quiet: QuietLog;
}

/** What clients publish: who may, its way to the intake, and the answer to whoever sent it. */
export class Publications {
  readonly #parts: PublicationsParts;

  constructor(parts: PublicationsParts) {
    this.#parts = parts;
  }

  /** Whether a message was taken; where not, the connection is ended. */
  async take(client: Client | null, packet: Published): Promise<boolean> {
    const { connections, up, access, refuse, onSeatDue } = this.#parts;
    const connection = client && connections.of(client);
    if (!client || !connection) return false;
    const { party } = connection;
    const payload = Buffer.from(packet.payload);
    // A terminal that waits to be enrolled asks and says goodbye; it is told that it waits, and nothing is believed.
    if (party.kind === 'pending' && packet.topic === up(party.terminal)) {
      onSeatDue(party.terminal);
      return connection.mayRefuse();
    }
    if (party.kind === 'uncertified' && packet.topic === up(party.terminal)) {
      this.certify(client, party.terminal);
      return connection.mayRefuse();
    }
    const allowed = access.mayWrite(party, packet.topic) && packet.qos < 2 && !packet.retain;
    if (!allowed || party.kind !== 'terminal') {
      refuse(client, 'not-allowed', Buffer.from(`PUBLISH ${packet.topic}`));
      return false;
    }
    const answer = await this.#judged(party.terminal, payload);
    if (answer === false) return false;
    if (!answer) return true;
    this.#answer(party.terminal, answer);
    return answer.kind === 'entered' || connection.mayRefuse();
  }

  /** Tells a terminal the time and, where it has none or its own ends soon, its certificate. */
  readonly certify = guarded(
    'a certificate',
    (what, error) => this.#parts.quiet.error(what, error),
    async (client: Client | undefined, terminal: string) => {
      const { certificates, chronicle, hall, connections, quiet, speaker } = this.#parts;
      const line = client && connections.lineOf(client);
      if (!certificates || !client || line?.entrance.is !== 'terminals' || !line.entrance.shown.ok) return;
      const { peer } = line.entrance.shown;
      const isDue = peer.is === 'own-key' || certificates.isDue(peer.until);
      const certificate = isDue ? await certificates.issue(terminal) : null;
      if (isDue && certificate === null)
        quiet.warn('a terminal’s certificate cannot be issued', `the CA’s key is not here: ${terminal}`);
      const common = { v: MESSAGE_VERSION, hall, terminal, time: chronicle.now() } as const;
      speaker.say(client, terminal, { typ: 'certificate', ...common, certificate });
    },
  );

  /** What became of a message; null where it has no place in the ledger, false where it comes too fast. */
  async #judged(terminal: string, payload: Uint8Array): Promise<Answer | null | false> {
    const { pulses, pace, intake } = this.#parts;
    const done = pulses.judging(terminal);
    try {
      return (await pace.turn(terminal)) && (await intake.submit(terminal, payload));
    } finally {
      done();
    }
  }

  #answer(terminal: string, answer: Answer): void {
    const { chronicle, tell, onSeatDue } = this.#parts;
    const { begun } = chronicle.state;
    if (!begun) return;
    const common = { v: MESSAGE_VERSION, hall: begun.hall, terminal, digest: answer.digest } as const;
    if (answer.kind === 'refused') {
      tell(terminal, { typ: 'refusal', ...common, for: answer.for, reason: answer.reason });
      return;
    }
    if (answer.for === null) return;
    const { seq, hash } = answer;
    tell(terminal, { typ: 'receipt', ...common, sitting: begun.sitting, for: answer.for, seq, hash });
    if (answer.typ === 'check-in' || answer.typ === 'credential') onSeatDue(terminal);
  }
}
