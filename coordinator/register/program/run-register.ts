import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { packageRoot, packageVersion } from '../../../shared/package-root.ts';
import { nodeSigner } from '../../../shared/protocol/ed25519-node.ts';
import { guarded, type Report } from '../../../shared/protocol/guarded.ts';
import { shortFingerprint } from '../../../shared/protocol/keys.ts';
import { Ledger } from '../../chronicle/ledger.ts';
import { wireAt } from '../../config/pages-place.ts';
import { loadRegister, type RegisterConfig } from '../../config/register-file.ts';
import { OPEN_WIRE } from '../../contract/wire.ts';
import { Door } from '../../door/door.ts';
import { descriptorLimit, pagesLimits } from '../../door/limits.ts';
import { type MachineClock, machineClock, machineTimer } from '../../process/clock.ts';
import { Opened } from '../../process/closers.ts';
import { programKey } from '../../process/program-key.ts';
import { QuietLog } from '../../process/quiet-log.ts';
import { keepHeapSmall } from '../../process/thrifty-heap.ts';
import { asRefusal, orRefuse, StartError } from '../../refused-start.ts';
import type { Running, RunOptions } from '../../running.ts';
import type { StaffNote } from '../../staff/notes.ts';
import { Persons, type PersonsParts } from '../../staff/persons.ts';
import { namesOf } from '../../web/hosts.ts';
import { openCertificates } from '../../wire/hall-certificates.ts';
import { certificateNames } from '../../wire/names.ts';
import { openPages } from '../../wire/pages-port.ts';
import { AttachmentStore } from '../attachments/attachment-store.ts';
import { Intake } from '../attachments/intake.ts';
import { Uploads } from '../attachments/uploads.ts';
import { SideStore } from '../beside/side-store.ts';
import { BundleDesk, type BundleVerifier } from '../bridge/bundle-desk.ts';
import { HallFolder } from '../bridge/hall-folder.ts';
import { REGISTER_LEDGER } from '../model/book.ts';
import { dayIn } from '../model/days.ts';
import type { RegisterBegun } from '../model/state.ts';
import { PaperPress } from '../papers/press.ts';
import { PublicView } from '../public/public-register.ts';
import { TableReader } from '../tables/table-reader.ts';
import { missingRegisterPage } from '../web/page-routes.ts';
import { registerServer } from '../web/register-server.ts';
import { attachmentsIn } from './beside-chain.ts';
import { BundleHandout } from './bundle-handout.ts';
import { BundleShelf } from './bundle-shelf.ts';
import { FeedSource } from './feed-source.ts';
import { Notices } from './notices.ts';
import { openChildren } from './open-children.ts';
import { readPlan } from './plan.ts';
import { RegisterActs } from './register-acts.ts';
import { begunBy, RegisterChronicle } from './register-chronicle.ts';
import { registerStaff, signInStep } from './register-staff.ts';
import { Results } from './results.ts';
import { Submissions } from './submissions.ts';
import { WaitingActs } from './waiting-acts.ts';
import { waitingFile } from './waiting-file.ts';

export interface RunningRegister extends Running {
  /** Where other machines reach its pages: every address of this one; none where it has no network. */
  readonly elsewhere: readonly string[];
}

export interface RegisterOptions extends Pick<RunOptions, 'http' | 'https' | 'acceptLedger' | 'pages'> {
  /** How passwords are hashed, where not as slowly as is safe: rehearsals and tests. */
  readonly hashes?: PersonsParts['hashes'];
  /** What verifies halls’ bundles, where not in processes of its own. */
  readonly bundles?: BundleVerifier;
  /** The clock, where it is not the machine’s own: a rehearsal whose year goes by in a moment. */
  readonly machine?: MachineClock;
}

/** Opens the register that `configFile` describes. @throws {StartError} {@link LedgerError} what to put right; nothing is left open. */
export async function runRegister(
  configFile: string,
  options: RegisterOptions = {},
  log: Logger = pino(pino.destination(2)),
): Promise<RunningRegister> {
  const config = orRefuse(loadRegister(configFile));
  const opened = new Opened();
  try {
    return await open(config, options, log, opened);
  } catch (error) {
    await opened.close().catch((another) => log.error({ error: String(another) }, 'could not be closed'));
    throw asRefusal(config.data, error);
  }
}

async function open(
  config: RegisterConfig,
  options: RegisterOptions,
  log: Logger,
  opened: Opened,
): Promise<RunningRegister> {
  const { data, register: about, tls } = config;
  // What is read of eighty registers beneath is folded into little, and the rest is garbage.
  if (config.children.length > 0) keepHeapSmall();
  const pages = options.pages ?? join(packageRoot(), 'dist/pages');
  const missing = missingRegisterPage(pages);
  if (missing !== null) throw new StartError(missing);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const key = orRefuse(programKey(data, 'register.key', randomBytes));
  const machine = options.machine ?? machineClock();
  const certificates = tls === 'off' ? null : await certificatesOf(config, machine.wall());
  for (const note of certificates?.notes ?? []) log.warn(note);
  const wire = wireAt(tls, [config.listen.http.host]);
  if (wire === 'open') log.warn(`${OPEN_WIRE.zh} · ${OPEN_WIRE.en}`);
  const attachments = new AttachmentStore(join(data, 'attachments'));
  const intake = new Intake(attachments);
  // Drawn by another process, while this one reads its ledger; what is wrong with it is told below.
  const drawn = config.plan === null ? null : readPlan(config.plan, intake, attachments);
  drawn?.catch(() => {});
  const ledgerFile = join(data, `${about.id}.ledger`);
  const ledger = opened.keep(
    Ledger.open(ledgerFile, REGISTER_LEDGER, { accept: options.acceptLedger === true }),
    (each) => each.close(),
  );
  const report: Report = new QuietLog(log, machine.mono).error;
  const signer = nodeSigner(key);
  const chronicle = new RegisterChronicle(ledger, signer, machine, report);
  const begun = chronicle.state.begun ?? begunBy(config, key.x);
  refuseAnother(config, begun, key.x, ledgerFile);
  const beside = opened.keep(SideStore.open(join(data, 'beside.db')), (each) => each.close());
  const { lost } = beside.settle(chronicle.state.proposals.values(), chronicle.state.works.voices.values());
  if (lost.length > 0)
    throw new StartError(
      `${join(data, 'beside.db')} lacks the words of ${lost.length} proposals and comments (${lost.slice(0, 3).join(', ')} …) → put back the copy of it that was made with the ledger`,
    );
  const waiting = new WaitingActs(randomBytes, waitingFile(join(data, 'waiting.json')));
  const known = attachmentsIn(chronicle.state, waiting.all(chronicle.now()));
  attachments.sweep((hash) => known.has(hash));

  const plan = await drawn;
  const dayOf = dayIn(config.timezone);
  const acts = new RegisterActs({ chronicle, waiting, dayOf });
  const submissions = new Submissions({ chronicle, acts, beside, attachments, random: randomBytes });
  const { key: hallKey, folder } = config.hall;
  const shelf = new BundleShelf(join(data, 'bundles'));
  const register = () => chronicle.state;
  const staff = registerStaff(register, config.rights.idleMinutes * 60_000);
  const persons = new Persons({
    folder: data,
    hall: about.id,
    program: 'hallvote-register',
    ...staff,
    // What cannot be written is lost, and nobody is kept out for it.
    note: guarded('a note of signing in', report, (note: StaffNote) => {
      const step = signInStep(note);
      chronicle.commit((writer) => writer.own([step], chronicle.now()));
    }),
    random: randomBytes,
    machine,
    after: machineTimer,
    report,
    ...(options.hashes && { hashes: options.hashes }),
  });
  const view = new PublicView(register, () => chronicle.now(), dayOf);
  const beneath = openChildren({ config, chronicle, machine, dayOf, report }, opened);
  const press = opened.keep(new PaperPress(), async (each) => each.close());
  const door = new Door({
    limits: () => pagesLimits(descriptorLimit()),
    now: machine.mono,
    report,
  });
  const web = opened.keep(
    await registerServer({
      names: namesOf(config, hostname()),
      tls: certificates?.server ?? null,
      pages,
      persons,
      may: staff.may,
      onSignedIn: (socket) => door.provedStaff(socket),
      report,
      register,
      now: () => chronicle.now(),
      today: () => dayOf(chronicle.now()),
      wire,
      acts,
      waiting,
      submissions,
      beside,
      attachments,
      hall: { key: hallKey, folder: folder === null ? null : new HallFolder(folder) },
      results: new Results({
        chronicle,
        acts,
        desk: options.bundles ?? new BundleDesk(),
        key: hallKey,
        shelf,
      }),
      shelf,
      feed: new FeedSource({ register, ledger, signer }),
      handout: new BundleHandout({
        folder: join(data, 'handout'),
        ledgerFile,
        head: () => chronicle.state.feed.shown.hash,
        now: machine.mono,
      }),
      view,
      cleared: beside.cleared,
      intake,
      uploads: new Uploads(),
      tables: new TableReader(),
      notices: new Notices({
        chronicle,
        acts,
        attachments,
        drafts: beside.drafts,
        press,
        dayOf,
        timezone: config.timezone,
      }),
      press,
      dayOf,
      random: randomBytes,
      address: config.address,
      plan,
      timezone: config.timezone,
      openData: config.openData,
      ...beneath,
    }),
    (each) => each.close(),
  );
  // What it tells last still stands in the ledger.
  opened.add(async () => persons.stop());
  chronicle.start(begun, packageVersion());
  acts.configure(config);
  // Whoever asks first waits no longer than everybody after.
  view.now();
  const firstCode = await persons.administration.firstCode();
  const { http, elsewhere, trust } = await openPages({
    place: config,
    title: config.register.name,
    options,
    door,
    pages: web.server,
    certificates,
    opened,
    report,
  });
  beneath.children.start();
  log.info(
    { register: about.id, entries: chronicle.state.head.seq, http, key: shortFingerprint(key.kid) },
    'the register is open',
  );
  return {
    http,
    elsewhere,
    trust,
    wire,
    key,
    firstCode: firstCode && {
      person: firstCode.person.id,
      name: firstCode.person.name,
      code: firstCode.code,
    },
    isSound: async () => ledger.head.hash === chronicle.state.head.hash,
    abandon: () => ledger.close(),
    stop: () => opened.close(),
  };
}

/** A ledger belongs to one key and one congress: what it says of them stays. */
function refuseAnother({ register }: RegisterConfig, begun: RegisterBegun, key: string, file: string): void {
  if (begun.key !== key)
    throw new StartError(
      `${file} was begun with another key than register.key → put that key back from the copy`,
    );
  if (begun.register !== register.id)
    throw new StartError(`${file} is the ledger of ${begun.register} → correct register.id in register.yaml`);
}

async function certificatesOf(config: RegisterConfig, now: number) {
  return orRefuse(
    await openCertificates({
      data: config.data,
      hall: config.register.id,
      names: certificateNames(config, hostname()),
      own: typeof config.tls === 'object' ? config.tls : null,
      making: { random: randomBytes, now },
    }),
  );
}
