import { randomBytes } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import type { Act } from '../../coordinator/contract/acts.ts';
import type { Who } from '../../coordinator/contract/person.ts';
import { secretDocuments } from '../../coordinator/contract/secret-documents.ts';
import { hallStaff } from '../../coordinator/hall/hall-staff.ts';
import { signInDraft } from '../../coordinator/hall/sign-in-draft.ts';
import type { Done } from '../../coordinator/hall/staff-acts.ts';
import { machineClock, machineTimer } from '../../coordinator/process/clock.ts';
import type { SecretAct } from '../../coordinator/sitting/decide-secret.ts';
import { Persons } from '../../coordinator/staff/persons.ts';
import { visitorOf } from '../../coordinator/staff/visitor.ts';
import { PublicElections } from '../../coordinator/web/public-elections.ts';
import { webServer } from '../../coordinator/web/server.ts';
import { topics } from '../../shared/protocol/topics.ts';
import { HALL, type OpenHall } from './open-hall.ts';
import { giveQuickPasswords, QUICK_HASHES } from './signed-in.ts';
import { STAFF } from './staff.ts';

/** What a coordinator that fails or lies does in place of what it should. */
export interface Misdeeds {
  act: ((act: Act | SecretAct, who: Who) => Promise<Done>) | null;
  election: PublicElections['archive'] | null;
}

export interface ServedHall {
  readonly http: string;
  readonly port: number;
  readonly misdeeds: Misdeeds;
  /** What was caught where nobody waited for an answer. */
  readonly reported: readonly string[];
  /** Connections on which somebody signed in has asked, once a request. */
  readonly signedIn: readonly Socket[];
  readonly persons: Persons;
  /** The document that whoever follows was shown last, as text. */
  readonly shown: (what: 'secrecy' | 'decryption') => string;
  /** Shows a document that may be false to whoever follows, until the hall shows another. */
  readonly show: (what: 'secrecy' | 'decryption', document: object | null) => void;
  readonly close: () => Promise<void>;
}

/** The HTTP and WebSocket side of an open hall, over TLS where it speaks that, on any port or on that of one that has ended. */
export async function serveHall(open: OpenHall, onPort = 0): Promise<ServedHall> {
  const { hall, chronicle, folder } = open;
  const misdeeds: Misdeeds = { act: null, election: null };
  const reported: string[] = [];
  const signedIn: Socket[] = [];
  const report = (what: string, error: unknown) => reported.push(`${what}: ${error}`);
  const machine = machineClock();
  await giveQuickPasswords(folder, STAFF);
  const staff = hallStaff(
    () => chronicle.state,
    () => open.hall.idleMs,
  );
  const persons = new Persons({
    folder,
    hall: HALL,
    ...staff,
    note: (note) => hall.note(signInDraft(note)),
    random: randomBytes,
    machine,
    after: machineTimer,
    report,
    hashes: QUICK_HASHES,
  });
  open.readers.is = (request) => {
    const person = visitorOf(persons, request)?.person;
    return person !== undefined && staff.may(person, 'read');
  };
  const elections = new PublicElections(() => chronicle.state, machine.mono);
  const web = await webServer({
    hall: HALL,
    address: null,
    names: [],
    tls: open.tls?.server ?? null,
    pages: folder,
    elections: {
      receipts: () => elections.receipts(),
      archive: (uuid) => (misdeeds.election ?? ((each) => elections.archive(each)))(uuid),
    },
    persons,
    may: staff.may,
    settings: staff.settings,
    wire: 'local',
    act: (act, by) => misdeeds.act?.(act, { by }) ?? hall.ask(act, by),
    seconds: hall.seconds,
    mqtt: (stream, request) => hall.broker.handle(stream, request),
    stats: () => ({
      ...hall.broker.intake.stats,
      ...open.door.stats,
      connected: [...hall.broker.connectedTerminals].length,
      rss: 0,
      heap: 0,
      loop: { p99: 0, max: 0 },
      cpu: 0,
    }),
    exported: (who) => open.hall.exported(who),
    bundle: async () => null,
    updates: { manifest: () => null, content: () => null, isVoting: () => false },
    onSignedIn: (socket) => {
      signedIn.push(socket);
      open.door.provedStaff(socket);
    },
    report,
  });
  web.server.on('connection', (socket) => open.door.enter(socket));
  const shown = new Map<string, string>();
  const retain = hall.broker.retain.bind(hall.broker);
  hall.broker.retain = (topic, payload) => {
    shown.set(topic, payload);
    retain(topic, payload);
  };
  await web.listen({ port: onPort, host: '127.0.0.1' });
  const address: AddressInfo | string | null = web.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    http: `${open.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    misdeeds,
    reported,
    signedIn,
    persons,
    shown: (what) => shown.get(topics(HALL).public(what)) ?? '',
    show: (what, document) =>
      hall.broker.retain(
        topics(HALL).public(what),
        JSON.stringify(document ?? secretDocuments[what](chronicle.state)),
      ),
    close: async () => {
      await web.close();
      persons.stop();
    },
  };
}
