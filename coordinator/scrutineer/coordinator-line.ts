import { randomBytes } from 'node:crypto';
import { MqttClient } from 'mqtt';
import type { z } from 'zod';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import { topics } from '../../shared/protocol/topics.ts';
import type { ActAnswer, ScrutineerAct } from '../contract/acts.ts';
import { Client, type Outcome } from '../contract/client.ts';
import { DecryptionDocument, HallDocument, SecrecyDocument } from '../contract/documents.ts';
import { ROUTES } from '../contract/routes.ts';
import { SessionFetch } from '../contract/session-fetch.ts';
import { trustingFetch } from '../process/trusting-fetch.ts';
import { packetsWithin } from './bounded-packets.ts';

/** The person is no scrutineer or does not come in, the coordinator cannot be reached, or something of the scrutineer's own is not in order. */
export class ScrutineerError extends Error {}

/** Who signs in, and how they come by what is asked beside their password. */
export interface Identity {
  /** The person's id on the hall's staff. */
  readonly person: string;
  /** A password, or a one-time code. */
  readonly secret: string;
  /** The person came with a one-time code and chooses a password. */
  readonly choosePassword?: () => Promise<string>;
  /** The authenticator's code, or a recovery code. */
  readonly code?: () => Promise<string>;
}

export interface LineOptions {
  /** The coordinator's address, `http://host:port`. */
  readonly http: string;
  /** The file of the CA to believe, over TLS; null: those the system knows. */
  readonly ca?: string | null;
  readonly identity: Identity;
  /** How long an answer may take, in milliseconds. */
  readonly patienceMs: number;
  readonly onChange: () => void;
  /** Hears what went wrong with what the coordinator sent; must not throw. */
  readonly report: Report;
}

/** What a document of a coordinator takes at the most, in bytes. */
const MOST_DOCUMENT = 32 * 1024 * 1024;

/** What the coordinator shows; `text`: the bytes it was read from, by which two states are told apart. */
interface Told<T> {
  readonly is: T;
  readonly text: string;
}

const no = (reason: string, zh: string, en: string): ActAnswer => ({ ok: false, reason, text: { zh, en } });

/** A scrutineer's line to the coordinator without a browser: signing in, public documents, acts, archives. */
export class CoordinatorLine {
  hall: Told<HallDocument> | null = null;
  secrecy: Told<SecrecyDocument> | null = null;
  decryption: Told<DecryptionDocument> | null = null;
  readonly #options: LineOptions;
  readonly #coordinator: Client;
  readonly #ca: string | null;
  #person = '';
  #secret: string;
  #client: MqttClient | null = null;

  constructor(options: LineOptions) {
    this.#options = options;
    const { http: base, ca = null, patienceMs, identity } = options;
    this.#ca = ca;
    this.#secret = identity.secret;
    const session = new SessionFetch(trustingFetch(ca));
    this.#coordinator = new Client({ base, patienceMs, fetch: session.fetch });
  }

  /** The scrutineer's number, from 1, among those who hold the key; 0 where they are none of them, or that is not known yet. */
  get owner(): number {
    const secrecy = this.secrecy?.is.secrecy;
    if (secrecy?.holder !== 'scrutineers') return 0;
    return secrecy.scrutineers.findIndex(({ id }) => id === this.#person) + 1;
  }

  /** Signs in and follows the sitting. @returns the scrutineer's name. @throws {ScrutineerError} */
  async start(): Promise<string> {
    const { http, onChange, report } = this.#options;
    const answered = <T>(outcome: Outcome<T>): T => {
      if (outcome.is === 'answered') return outcome.value;
      throw new ScrutineerError(`连不上主机 · ${http} cannot be reached (${describe(outcome)})`);
    };
    const signedIn = await this.#signIn();
    if (isSignedOut(signedIn))
      throw new ScrutineerError('编号、密码或验证码不对 · wrong person, password or code');
    if (signedIn.is === 'refused' && signedIn.text)
      throw new ScrutineerError(`${signedIn.text.zh} · ${signedIn.text.en}`);
    const entered = answered(signedIn);
    if (entered.is !== 'in')
      throw new ScrutineerError(
        entered.is === 'choose'
          ? '这是一次性码，请先设定密码 · this is a one-time code: choose a password first'
          : '还需要验证码 · the authenticator’s code is asked for',
      );
    const { name, roles } = entered.person;
    if (!roles.includes('scrutineer'))
      throw new ScrutineerError(`${name} 不是监票人 · is no scrutineer in this hall`);
    const { hall } = answered(await this.#coordinator.ask(ROUTES.hall));
    const at = topics(hall).public;
    const url = `${http.replace(/^http/, 'ws')}/mqtt`;
    const client = new MqttClient(() => packetsWithin(url, MOST_DOCUMENT, this.#ca), {
      clientId: `web-${randomBytes(6).toString('hex')}`,
      protocolVersion: 4,
      clean: true,
    });
    this.#client = client;
    const heard = (topic: string, payload: Buffer) => {
      const text = payload.toString();
      if (topic === at('hall')) this.hall = told(HallDocument, text) ?? this.hall;
      else if (topic === at('secrecy')) this.secrecy = told(SecrecyDocument, text) ?? this.secrecy;
      else if (topic === at('decryption'))
        this.decryption = told(DecryptionDocument, text) ?? this.decryption;
      onChange();
    };
    const wanted = [at('hall'), at('secrecy'), at('decryption')];
    client.on(
      'connect',
      guarded('following the sitting', report, () => client.subscribe(wanted, { qos: 1 })),
    );
    // It connects again by itself.
    client.on('error', () => {});
    client.on('message', guarded('what the hall shows', report, heard));
    return name;
  }

  async stop(): Promise<void> {
    await this.#client?.endAsync(true);
  }

  /** The coordinator's answer to an act; `offline` where there was none to be had. Never throws. */
  async act(act: ScrutineerAct): Promise<ActAnswer> {
    const ask = () => this.#coordinator.ask(ROUTES.scrutineerAct, { body: act });
    let outcome = await ask();
    // A session ends with its day, or by an administrator.
    if (isSignedOut(outcome)) {
      const again = await this.#signIn();
      if (isSignedOut(again))
        return no('signed-out', '登录已失效', 'the session has ended, and the password is no longer good');
      outcome = again.is === 'answered' ? await ask() : again;
    }
    if (outcome.is === 'answered') return outcome.value;
    if (outcome.is === 'unreachable') return no('offline', '连不上主机', 'the coordinator cannot be reached');
    const what = describe(outcome);
    const isMalformed = outcome.is === 'refused' && outcome.status === 400;
    return no(isMalformed ? 'malformed' : 'offline', `主机出错：${what}`, what);
  }

  /** The archive of an election that was added up; null where it cannot be had now. */
  async archive(uuid: string): Promise<Uint8Array | null> {
    const outcome = await this.#coordinator.ask(ROUTES.election, { params: { file: `${uuid}.bel` } });
    return outcome.is === 'answered' ? outcome.value : null;
  }

  /** Signs in, asking the person for what is wanted beside the password. */
  async #signIn() {
    const { person, choosePassword, code } = this.#options.identity;
    const ask = (typed: string | null) =>
      this.#coordinator.ask(ROUTES.signIn, { body: { person, secret: this.#secret, code: typed } });
    let outcome = await ask(null);
    if (outcome.is === 'answered' && outcome.value.is === 'choose' && choosePassword) {
      const [oneTime, password] = [this.#secret, await choosePassword()];
      this.#secret = password;
      const body = { person, code: oneTime, password };
      outcome = await this.#coordinator.ask(ROUTES.choosePassword, { body });
    }
    if (outcome.is === 'answered' && outcome.value.is === 'code-wanted' && code)
      outcome = await ask(await code());
    if (outcome.is === 'answered' && outcome.value.is === 'in') this.#person = outcome.value.person.id;
    return outcome;
  }
}

const isSignedOut = (outcome: Outcome<unknown>) => outcome.is === 'refused' && outcome.status === 401;

/** Why there is no answer, in one line; a coordinator's own words are not repeated. */
function describe(outcome: Exclude<Outcome<unknown>, { is: 'answered' }>): string {
  return outcome.is === 'refused' ? `HTTP ${outcome.status}` : outcome.why;
}

/** A document as it was told; null where it is none: the last good one stands. */
function told<T>(schema: z.ZodType<T>, text: string): Told<T> | null {
  try {
    return { is: schema.parse(JSON.parse(text)), text };
  } catch {
    return null;
  }
}
