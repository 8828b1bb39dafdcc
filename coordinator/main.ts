import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { packageRoot, packageVersion } from '../shared/package-root.ts';
import { nodeSigner } from '../shared/protocol/ed25519-node.ts';
import { guarded, type Report } from '../shared/protocol/guarded.ts';
import { shortFingerprint } from '../shared/protocol/keys.ts';
import { bundleOf } from './bundle/export/export-process.ts';
import { Ledger } from './chronicle/ledger.ts';
import { begunOf, type HallConfig, loadHall, wireOf } from './config/hall-file.ts';
import { OPEN_WIRE } from './contract/wire.ts';
import { Door } from './door/door.ts';
import { descriptorLimit, unprovedLimits } from './door/limits.ts';
import { Hall } from './hall/hall.ts';
import { hallStaff } from './hall/hall-staff.ts';
import { ownElectionKey } from './hall/secret/own-key.ts';
import { signInDraft } from './hall/sign-in-draft.ts';
import { guardedTimer, machineClock, machineTimer } from './process/clock.ts';
import { Opened } from './process/closers.ts';
import { LoopDelay } from './process/loop-delay.ts';
import { programKey } from './process/program-key.ts';
import { QuietLog } from './process/quiet-log.ts';
import { ProofPool } from './proofs/proof-pool.ts';
import { asRefusal, describeMisfit, orRefuse, readFiles, StartError } from './refused-start.ts';
import type { RunningHall, RunOptions } from './running.ts';
import { Chronicle, SITTING_LEDGER } from './sitting/chronicle.ts';
import { Persons } from './staff/persons.ts';
import { visitorOf } from './staff/visitor.ts';
import { releaseKeyFile, storeIn, UpdateStore } from './update/store.ts';
import { Updates } from './update/updates.ts';
import { namesOf } from './web/hosts.ts';
import { PublicElections } from './web/public-elections.ts';
import { missingPage } from './web/routes/pages.ts';
import { webServer } from './web/server.ts';
import { openCertificates } from './wire/hall-certificates.ts';
import { certificateNames } from './wire/names.ts';
import { openPorts, pageEntrance, type Secure } from './wire/ports.ts';
import { SeatCertificates } from './wire/seat-certificates.ts';

/** Opens the hall that `configFile` describes. @throws {StartError} {@link LedgerError} what to put right; nothing is left open. */
export async function runCoordinator(
  configFile: string,
  options: RunOptions = {},
  log: Logger = pino(pino.destination(2)),
): Promise<RunningHall> {
  const config = orRefuse(loadHall(configFile));
  const opened = new Opened();
  try {
    return await open(configFile, config, options, log, opened);
  } catch (error) {
    await opened.close().catch((another) => log.error({ error: String(another) }, 'could not be closed'));
    throw asRefusal(config.data, error);
  }
}

async function open(
  configFile: string,
  config: HallConfig,
  options: RunOptions,
  log: Logger,
  opened: Opened,
): Promise<RunningHall> {
  const { data, sitting, address } = config;
  const pages = options.pages ?? join(packageRoot(), 'dist/pages');
  const missing = missingPage(pages);
  if (missing !== null) throw new StartError(missing);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const key = orRefuse(programKey(data, 'coordinator.key', randomBytes));
  const signer = nodeSigner(key);
  const machine = machineClock();
  const certificates = await certificatesOf(config, machine.wall());
  for (const note of certificates?.notes ?? []) log.warn(note);
  const wire = wireOf(config);
  if (wire === 'open') log.warn(`${OPEN_WIRE.zh} · ${OPEN_WIRE.en}`);
  const ledgerFile = join(data, `${sitting.id}.ledger`);
  const ledger = opened.keep(
    Ledger.open(ledgerFile, SITTING_LEDGER, { accept: options.acceptLedger === true }),
    (each) => each.close(),
  );
  const loop = opened.keep(new LoopDelay(), (each) => each.stop());
  const proofs = opened.keep(new ProofPool(), (each) => each.close());
  const report: Report = new QuietLog(log, machine.mono).error;
  const chronicle = new Chronicle(ledger, signer, machine, report);
  const begun = chronicle.state.begun ?? begunOf(config, key.x);
  if (begun.key !== key.x)
    throw new StartError(
      `${ledgerFile} was begun with another key than coordinator.key → put that key back from the copy`,
    );
  const isVoting = () => chronicle.state.current?.phase === 'open';
  const staff = hallStaff(
    () => chronicle.state,
    () => hall.idleMs,
  );
  const persons = new Persons({
    folder: data,
    hall: begun.hall,
    ...staff,
    note: (note) => hall.note(signInDraft(note)),
    random: randomBytes,
    machine,
    after: machineTimer,
    report,
  });
  const descriptors = descriptorLimit();
  const door = new Door({
    limits: () => unprovedLimits(descriptors, chronicle.state.terminals.size),
    now: machine.mono,
    report,
  });
  const store = new UpdateStore(storeIn(data), releaseKeyFile(configFile));
  let pagesPort = 0;
  const updates = new Updates({
    store,
    folder: data,
    isVoting,
    enrolled: () => chronicle.state.terminals.keys(),
    live: () => hall.broker.live.all,
    tell: (terminal, message) => hall.broker.tell(terminal, message),
    port: () => pagesPort,
    onChange: () => hall.updateChanged(),
    now: machine.mono,
    random: randomBytes,
    after: guardedTimer(machineTimer, report),
    log,
  });
  const secure: Secure | null = certificates && {
    certificates,
    seats: new SeatCertificates({ ...certificates, hall: begun.hall, chronicle, random: randomBytes }),
  };
  const hall: Hall = new Hall({
    begun,
    version: packageVersion(),
    wire,
    chronicle,
    signer,
    loadFiles: () => readFiles(configFile),
    isReader: (request) => {
      const person = visitorOf(persons, request)?.person;
      return person !== undefined && staff.may(person, 'read');
    },
    proofs,
    electionKey: () => {
      const known = chronicle.state.electionKey?.trustees.publicKey ?? null;
      return ownElectionKey(join(data, 'election.key'), randomBytes, known);
    },
    updates,
    random: randomBytes,
    after: machineTimer,
    log,
    door,
    certificates: secure?.seats ?? null,
  });
  const making = webServer({
    hall: begun.hall,
    address,
    names: namesOf(config, hostname()),
    tls: certificates?.server ?? null,
    pages,
    elections: new PublicElections(() => chronicle.state, machine.mono),
    persons,
    may: staff.may,
    settings: staff.settings,
    wire,
    act: (act, by) => hall.ask(act, by),
    seconds: hall.seconds,
    exported: (who) => hall.exported(who),
    updates: {
      manifest: (hash) => store.manifest(hash),
      content: (sha256) => store.content(sha256),
      isVoting,
    },
    onSignedIn: (socket) => door.provedStaff(socket),
    mqtt: pageEntrance(hall.broker, secure),
    report,
    stats: () => ({
      ...hall.broker.intake.stats,
      ...door.stats,
      rss: process.memoryUsage().rss,
      heap: process.memoryUsage().heapUsed,
      loop: loop.read(),
      cpu: (process.cpuUsage().user + process.cpuUsage().system) / 1000,
      connected: [...hall.broker.connectedTerminals].length,
    }),
    bundle: () => bundleOf(ledgerFile, begun.sitting, isVoting),
  });
  const web = opened.keep(await making, (each) => each.close());
  opened.add(() => hall.stop());
  // What it tells last still stands in the ledger.
  opened.add(async () => persons.stop());
  opened.add(() => updates.stop());
  updates.start();
  const started = await hall.start();
  if (!started.ok) throw new StartError(describeMisfit(started));
  const firstCode = await persons.administration.firstCode();
  persons.holdChanged();
  chronicle.on(['opened', 'closed', 'voided'], () => persons.holdChanged());
  const settle = guarded('settling the ledger', report, () => {
    if (!isVoting()) ledger.settle();
  });
  settle();
  // At the end of a vote, once whoever waits for its result has been told.
  chronicle.on(['closed', 'result', 'voided'], () => setImmediate(settle));
  const { port, ...reach } = await openPorts({
    config,
    options,
    door,
    broker: hall.broker,
    pages: web.server,
    secure,
    opened,
    report,
  });
  pagesPort = port.http;
  const { seq } = chronicle.state.head;
  log.info(
    { sitting: begun.sitting, entries: seq, ...port, key: shortFingerprint(key.kid) },
    'the hall is open',
  );
  return {
    ...reach,
    wire,
    key,
    firstCode: firstCode && {
      person: firstCode.person.id,
      name: firstCode.person.name,
      code: firstCode.code,
    },
    isSound: async () => {
      await hall.broker.intake.drain();
      return ledger.head.hash === chronicle.state.head.hash;
    },
    abandon: () => ledger.close(),
    stop: () => opened.close(),
  };
}

/** What the hall shows and believes on its network; null where it speaks without TLS. */
async function certificatesOf(config: HallConfig, now: number) {
  if (config.tls === 'off') return null;
  return orRefuse(
    await openCertificates({
      data: config.data,
      hall: config.hall.id,
      names: certificateNames(config, hostname(), [config.listen.http.host, config.listen.mqtt.host]),
      own: typeof config.tls === 'object' ? config.tls : null,
      making: { random: randomBytes, now },
    }),
  );
}
