import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { packageRoot, packageVersion } from '../shared/package-root.ts';
import { nodeSigner } from '../shared/protocol/ed25519-node.ts';
import { guarded, type Report } from '../shared/protocol/guarded.ts';
import { type KeyPair, shortFingerprint } from '../shared/protocol/keys.ts';
import { exportElsewhere } from './bundle/export/elsewhere.ts';
import { Ledger } from './chronicle/ledger.ts';
import { LedgerError } from './chronicle/row.ts';
import { type HallConfig, loadFiles, loadHall } from './config/hall-file.ts';
import { describeProblem } from './config/problem.ts';
import { ACT_REFUSALS } from './contract/acts.ts';
import { QuietLog } from './hall/broker/quiet-log.ts';
import { Door } from './hall/door/door.ts';
import { descriptorLimit, unprovedLimits } from './hall/door/limits.ts';
import { type Done, Hall } from './hall/hall.ts';
import { ElectionKeyError, ownElectionKey } from './hall/secret/own-key.ts';
import { guardedTimer, machineClock, machineTimer } from './process/clock.ts';
import { DataFileError } from './process/data-file.ts';
import { describeFault } from './process/fault.ts';
import { makeKeyFile, readKeyFile } from './process/key-file.ts';
import { watchLoop } from './process/loop-delay.ts';
import { Opened } from './process/opened.ts';
import { ProofPool } from './proofs/proof-pool.ts';
import { Chronicle, SITTING_LEDGER } from './sitting/chronicle.ts';
import { isPassword } from './staff/password.ts';
import { Scrutineers } from './staff/scrutineers.ts';
import { Sessions } from './staff/sessions.ts';
import { makeSetupCode, Staff } from './staff/staff.ts';
import { isStaffRequest } from './staff/visitor.ts';
import { releaseKeyFile, storeIn, UpdateStore } from './update/store.ts';
import { Updates } from './update/updates.ts';
import { reachableHosts, shownHost, urlOf } from './web/addresses.ts';
import { PublicElections } from './web/public-elections.ts';
import { webServer } from './web/server.ts';

/** Something the operator has to put right before the hall can open; `message` says what and how. */
export class StartError extends Error {}

/** Where a running hall can be reached, from this machine unless said otherwise. */
export interface RunningHall {
  readonly http: string;
  readonly mqtt: string;
  /** The same, for other machines: every address of this one; none where it has no network. */
  readonly elsewhere: { readonly http: readonly string[]; readonly mqtt: readonly string[] };
  readonly key: KeyPair;
  readonly setupCode: string | null;
  /** Whether what arrives is still judged and written, and the sitting is the one on the disk. */
  readonly isSound: () => Promise<boolean>;
  /** Closes the ledger and nothing else, before the process ends. */
  readonly abandon: () => void;
  readonly stop: () => Promise<void>;
}

function loadOrFail(file: string): HallConfig {
  const loaded = loadHall(file);
  if (!loaded.ok) throw new StartError(loaded.problems.map(describeProblem).join('\n'));
  return loaded.value;
}

/** The coordinator's key, made for a hall's first start: never beside a ledger, whose seats know another. */
function loadKey(folder: string): KeyPair {
  const file = join(folder, 'coordinator.key');
  if (!existsSync(file)) {
    const ledger = readdirSync(folder).find((name) => name.endsWith('.ledger'));
    if (ledger === undefined) return makeKeyFile(file, randomBytes);
    throw new StartError(
      `${file} has gone; ${ledger} was written with it → put it back from the copy, or move the ledgers away to begin with a new key`,
    );
  }
  const key = readKeyFile(file);
  if (!key.ok) throw new StartError(key.problem);
  return key.value;
}

/** The line for the operator where `error` is something to put right before a start; itself where it is a bug. */
function asRefusal(folder: string, error: unknown): unknown {
  if (error instanceof StartError || error instanceof LedgerError) return error;
  if (error instanceof ElectionKeyError || error instanceof DataFileError)
    return new StartError(error.message);
  const line = describeFault(folder, error);
  return line === null ? error : new StartError(line);
}

/** Why the hall's files do not fit the sitting that has begun. */
function describeMisfit(refused: Exclude<Done, { ok: true }>): string {
  if (refused.reason === 'unavailable') return 'the ledger cannot be written → check the disk';
  const detail = 'detail' in refused && refused.detail ? refused.detail : '';
  if (refused.reason === 'files-wrong' || refused.reason === 'election-key-unusable') return detail;
  const { zh, en } = ACT_REFUSALS[refused.reason];
  return `hall.yaml and its files do not fit the sitting as it stands: ${zh} · ${en} ${detail && `(${detail}) `}→ put them back as they were, start, and change them when that is over`;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new StartError(
          `cannot listen on ${host}:${port} (${error.message}) → choose another port: --http or --mqtt here, listen in hall.yaml, --port with npm start`,
        ),
      ),
    );
    server.listen(port, host, () => {
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

export interface RunOptions {
  readonly http?: number | undefined;
  readonly mqtt?: number | undefined;
  /** Take the ledger as it lies there, although entries it had are lost. */
  readonly acceptLedger?: boolean | undefined;
}

/** Opens the hall that `configFile` describes. @throws {StartError} {@link LedgerError} what to put right; nothing is left open. */
export async function runCoordinator(
  configFile: string,
  options: RunOptions = {},
  log: Logger = pino(pino.destination(2)),
): Promise<RunningHall> {
  const config = loadOrFail(configFile);
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
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const key = loadKey(config.data);
  const signer = nodeSigner(key);
  const machine = machineClock();
  const ledgerFile = join(config.data, `${config.sitting.id}.ledger`);
  const ledger = Ledger.open(ledgerFile, SITTING_LEDGER, { accept: options.acceptLedger === true });
  opened.add(() => ledger.close());
  const loopDelay = watchLoop();
  const proofs = new ProofPool();
  opened.add(() => proofs.close());
  const quiet = new QuietLog(log, machine.mono);
  const report: Report = quiet.error;
  const chronicle = new Chronicle(ledger, signer, machine, report);
  const begun = {
    hall: config.hall.id,
    name: config.hall.name,
    congress: config.congress.name,
    sitting: config.sitting.id,
    title: config.sitting.title,
    date: config.sitting.date,
    key: key.x,
  };
  if (chronicle.state.begun !== null && chronicle.state.begun.key !== key.x)
    throw new StartError(
      `${ledgerFile} was begun with another key than coordinator.key → put that key back from the copy`,
    );
  const sessions = new Sessions({
    file: join(config.data, 'sessions.json'),
    random: randomBytes,
    machine,
    report,
  });
  const signIn = { random: randomBytes, sessions, now: machine.mono };
  const staff = new Staff({
    ...signIn,
    file: join(config.data, 'password.json'),
    after: machineTimer,
    setupCode: makeSetupCode(),
    isPassword,
  });
  const descriptors = descriptorLimit();
  const door = new Door({
    limits: () => unprovedLimits(descriptors, chronicle.state.terminals.size),
    now: machine.mono,
    report,
  });
  const isVoting = () => chronicle.state.current?.phase === 'open';
  const store = new UpdateStore(storeIn(config.data), releaseKeyFile(configFile));
  const updates = new Updates({
    store,
    folder: config.data,
    isVoting,
    enrolled: () => chronicle.state.terminals.keys(),
    live: () => hall.broker.live.all,
    tell: (terminal, message) => hall.broker.tell(terminal, message),
    port: () => httpPort,
    onChange: () => hall.updateChanged(),
    now: machine.mono,
    random: randomBytes,
    after: guardedTimer(machineTimer, report),
    log,
  });
  let httpPort = config.listen.http.port;
  const hall: Hall = new Hall({
    begun: chronicle.state.begun ?? begun,
    version: packageVersion(),
    chronicle,
    signer,
    loadFiles: () => {
      const again = loadHall(configFile);
      const files = again.ok ? loadFiles(again.value) : again;
      return files.ok ? files : { ok: false, detail: files.problems.map(describeProblem).join('\n') };
    },
    isStaff: (request) => isStaffRequest(staff, request),
    proofs,
    electionKey: () =>
      ownElectionKey(
        join(config.data, 'election.key'),
        randomBytes,
        chronicle.state.electionKey?.trustees.publicKey ?? null,
      ),
    updates,
    random: randomBytes,
    after: machineTimer,
    log,
    door,
  });
  const web = await webServer({
    hall: begun.hall,
    address: config.address,
    names: hostNames(config),
    pages: join(packageRoot(), 'dist/pages'),
    elections: new PublicElections(() => chronicle.state, machine.mono),
    staff,
    scrutineers: new Scrutineers({
      ...signIn,
      file: join(config.data, 'scrutineers.json'),
      secrecy: () => chronicle.state.secrecy,
    }),
    act: (act) => hall.act(act),
    updates: {
      manifest: (hash) => store.manifest(hash),
      content: (sha256) => store.content(sha256),
      isVoting,
    },
    onSignedIn: (socket) => door.provedStaff(socket),
    mqtt: (stream, request) => hall.broker.handle(stream, request),
    report,
    stats: () => ({
      ...hall.broker.intake.stats,
      rss: process.memoryUsage().rss,
      heap: process.memoryUsage().heapUsed,
      loop: loopDelay(),
      connected: [...hall.broker.connectedTerminals].length,
      ...door.stats,
    }),
    bundle: async () => {
      if (isVoting()) return null;
      try {
        return { name: `${begun.sitting}.zip`, bytes: await exportElsewhere(ledgerFile) };
      } catch (error) {
        // A vote may have opened while the other process was starting.
        if (isVoting()) return null;
        throw error;
      }
    },
  });
  opened.add(() => web.close());
  opened.add(() => hall.stop());
  opened.add(() => updates.stop());
  updates.start();
  const started = await hall.start();
  if (!started.ok) throw new StartError(describeMisfit(started));
  const settle = guarded('settling the ledger', report, () => {
    if (chronicle.state.current?.phase !== 'open') ledger.settle();
  });
  settle();
  // At the end of a vote, once whoever waits for its result has been told.
  chronicle.on(['closed', 'result', 'voided'], () => setImmediate(settle));
  const tcp = createServer(
    { noDelay: true },
    guarded(
      'a connection',
      report,
      (socket) => door.enter(socket) && hall.broker.handle(socket),
      (socket) => socket.destroy(),
    ),
  );
  tcp.on('error', (error) => report('the MQTT port', error));
  web.server.on(
    'connection',
    guarded('a connection', report, (socket: Socket) => door.enter(socket)),
  );
  opened.add(() => tcp.close());
  const mqttPort = await listen(tcp, options.mqtt ?? config.listen.mqtt.port, config.listen.mqtt.host);
  await web.ready();
  httpPort = await listen(web.server, options.http ?? config.listen.http.port, config.listen.http.host);
  log.info(
    {
      sitting: begun.sitting,
      entries: chronicle.state.head.seq,
      http: httpPort,
      mqtt: mqttPort,
      key: shortFingerprint(key.kid),
    },
    'the hall is open',
  );
  return {
    http: urlOf('http', shownHost(config.listen.http.host), httpPort),
    mqtt: urlOf('mqtt', shownHost(config.listen.mqtt.host), mqttPort),
    elsewhere: {
      http: reachableHosts(config.listen.http.host).map((host) => urlOf('http', host, httpPort)),
      mqtt: reachableHosts(config.listen.mqtt.host).map((host) => urlOf('mqtt', host, mqttPort)),
    },
    key,
    setupCode: staff.setupCode,
    isSound: async () => {
      await hall.broker.intake.drain();
      return ledger.head.hash === chronicle.state.head.hash;
    },
    abandon: () => ledger.close(),
    stop: () => opened.close(),
  };
}

/** The names that lead to this machine, as far as they are known. */
function hostNames({ listen: { http }, address }: HallConfig): string[] {
  const own = [...http.names, http.host, hostname()];
  return address === null ? own : [...own, new URL(address).hostname];
}
