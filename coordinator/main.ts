import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Logger, pino } from 'pino';
import { nodeSigner } from '../shared/ed25519-node.ts';
import { guarded } from '../shared/guarded.ts';
import { type KeyPair, shortFingerprint } from '../shared/keys.ts';
import { QuietLog } from './broker/quiet-log.ts';
import { machineClock, machineTimer } from './clock.ts';
import { type HallConfig, loadFiles, loadHall } from './config/hall-file.ts';
import { describeProblem } from './config/problem.ts';
import { Door } from './door/door.ts';
import { descriptorLimit, unprovedLimits } from './door/limits.ts';
import { exportElsewhere } from './export/elsewhere.ts';
import { makeKeyFile, readKeyFile } from './export/key-file.ts';
import { Hall } from './hall.ts';
import { Ledger } from './ledger/ledger.ts';
import { ElectionKeyError, ownElectionKey } from './secret/own-key.ts';
import { ProofPool } from './secret/proof-pool.ts';
import { Chronicle } from './sitting/chronicle.ts';
import { PublicElections } from './web/public-elections.ts';
import { Scrutineers } from './web/scrutineers.ts';
import { webServer } from './web/server.ts';
import { makeSetupCode, Staff } from './web/staff.ts';
import { isStaffRequest } from './web/visitor.ts';

export const VERSION = '0.1.0';

const PAGES = fileURLToPath(new URL('../pages', import.meta.url));

/** Something the operator has to put right before the hall can open; `message` says what and how. */
export class StartError extends Error {}

/** Where a running hall can be reached. */
export interface RunningHall {
  readonly http: string;
  readonly mqtt: string;
  readonly key: KeyPair;
  readonly setupCode: string | null;
  readonly stop: () => Promise<void>;
}

function loadOrFail(file: string): HallConfig {
  const loaded = loadHall(file);
  if (!loaded.ok) throw new StartError(loaded.problems.map(describeProblem).join('\n'));
  return loaded.value;
}

function loadKey(file: string): KeyPair {
  if (!existsSync(file)) return makeKeyFile(file, randomBytes);
  const key = readKeyFile(file);
  if (!key.ok) throw new StartError(key.problem);
  return key.value;
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

/** Opens the hall that `configFile` describes. @throws {StartError} {@link LedgerError} what to put right. */
export async function runCoordinator(
  configFile: string,
  ports: { readonly http?: number; readonly mqtt?: number } = {},
  log: Logger = pino(pino.destination(2)),
): Promise<RunningHall> {
  const config = loadOrFail(configFile);
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const key = loadKey(join(config.data, 'coordinator.key'));
  const signer = nodeSigner(key);
  const machine = machineClock();
  const ledgerFile = join(config.data, `${config.sitting.id}.ledger`);
  const ledger = Ledger.open(ledgerFile);
  const proofs = new ProofPool();
  let stopHall = async () => {};
  try {
    const chronicle = new Chronicle(ledger, signer, machine, (what, error) =>
      log.error({ what, error: String(error) }, 'a handler failed'),
    );
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
        `${ledgerFile} was begun with another key than coordinator.key; put that key back`,
      );
    const staff = new Staff(join(config.data, 'password.json'), randomBytes, machine.mono, makeSetupCode());
    const quiet = new QuietLog(log, machine.mono);
    const descriptors = descriptorLimit();
    const door = new Door({
      limits: () => unprovedLimits(descriptors, chronicle.state.terminals.size),
      now: machine.mono,
      report: quiet.error,
    });
    const hall = new Hall({
      begun: chronicle.state.begun ?? begun,
      version: VERSION,
      chronicle,
      signer,
      loadFiles: () => {
        const again = loadHall(configFile);
        const files = again.ok ? loadFiles(again.value) : again;
        return files.ok ? files : { ok: false, detail: files.problems.map(describeProblem).join('\n') };
      },
      isStaff: (request) => isStaffRequest(staff, request),
      proofs,
      electionKey: () => ownElectionKey(join(config.data, 'election.key'), randomBytes),
      random: randomBytes,
      after: machineTimer,
      log,
      door,
    });
    const started = await hall.start();
    if (!started.ok)
      throw new StartError('detail' in started && started.detail ? started.detail : started.reason);
    stopHall = () => hall.stop();
    const tcp = createServer(
      { noDelay: true },
      guarded(
        'a connection',
        quiet.error,
        (socket) => door.enter(socket) && hall.broker.handle(socket),
        (socket) => socket.destroy(),
      ),
    );
    tcp.on('error', (error) => quiet.error('the MQTT port', error));
    const web = await webServer({
      hall: begun.hall,
      address: config.address,
      pages: PAGES,
      elections: new PublicElections(() => chronicle.state),
      staff,
      scrutineers: new Scrutineers(
        join(config.data, 'scrutineers.json'),
        randomBytes,
        machine.mono,
        () => chronicle.state.secrecy,
      ),
      act: (act) => hall.act(act),
      onSignedIn: (socket) => door.provedStaff(socket),
      mqtt: (stream, request) => hall.broker.handle(stream, request),
      report: (what, error) => log.error({ error: String(error) }, what),
      stats: () => ({
        ...hall.broker.intake.stats,
        rss: process.memoryUsage().rss,
        heap: process.memoryUsage().heapUsed,
        connected: [...hall.broker.connectedTerminals].length,
        ...door.stats,
      }),
      bundle: async () => {
        const isOpen = () => chronicle.state.current?.phase === 'open';
        if (isOpen()) return null;
        try {
          return { name: `${begun.sitting}.zip`, bytes: await exportElsewhere(ledgerFile) };
        } catch (error) {
          // A vote may have opened while the other process was starting.
          if (isOpen()) return null;
          throw error;
        }
      },
    });
    web.server.on(
      'connection',
      guarded('a connection', quiet.error, (socket: Socket) => door.enter(socket)),
    );
    const mqttPort = await listen(tcp, ports.mqtt ?? config.listen.mqtt.port, config.listen.mqtt.host);
    await web.ready();
    const httpPort = await listen(web.server, ports.http ?? config.listen.http.port, config.listen.http.host);
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
      http: `http://${shownHost(config.listen.http.host)}:${httpPort}`,
      mqtt: `mqtt://${shownHost(config.listen.mqtt.host)}:${mqttPort}`,
      key,
      setupCode: staff.setupCode,
      stop: async () => {
        tcp.close();
        await hall.stop();
        await web.close();
        await proofs.close();
        ledger.close();
      },
    };
  } catch (error) {
    await stopHall();
    await proofs.close();
    ledger.close();
    if (error instanceof ElectionKeyError) throw new StartError(error.message);
    throw error;
  }
}

/** An address a person can open where the program listens on all of them. */
function shownHost(host: string): string {
  return host === '0.0.0.0' || host === '::' ? 'localhost' : host;
}
