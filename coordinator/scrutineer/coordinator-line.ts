import { randomBytes } from 'node:crypto';
import { MqttClient } from 'mqtt';
import { z } from 'zod';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import { Id } from '../../shared/protocol/ids.ts';
import { topics } from '../../shared/protocol/topics.ts';
import { ActAnswer, type ScrutineerAct } from '../contract/acts.ts';
import { DecryptionDocument, HallDocument, SecrecyDocument } from '../contract/documents.ts';
import { bodyWithin, jsonWithin, packetsWithin } from './bounded.ts';

/** The entry code is none, the coordinator cannot be reached, or something of the scrutineer's own is not in order. */
export class ScrutineerError extends Error {}

export interface LineOptions {
  /** The coordinator's address, `http://host:port`. */
  readonly http: string;
  readonly code: string;
  /** How long an answer may take, in milliseconds. */
  readonly patienceMs: number;
  readonly onChange: () => void;
  /** Hears what went wrong with what the coordinator sent; must not throw. */
  readonly report: Report;
}

/** What the answers of a coordinator, its documents and its archives take at the most, in bytes. */
const MOST_ANSWER = 64 * 1024;
const MOST_DOCUMENT = 32 * 1024 * 1024;
const MOST_ARCHIVE = 256 * 1024 * 1024;

/** What the coordinator shows; `text`: the bytes it was read from, by which two states are told apart. */
interface Told<T> {
  readonly is: T;
  readonly text: string;
}

const SignedIn = z.object({ owner: z.number(), name: z.string() });
const HallName = z.object({ hall: Id });

const no = (reason: string, zh: string, en: string): ActAnswer => ({ ok: false, reason, text: { zh, en } });

/** A scrutineer's line to the coordinator without a browser: signing in, public documents, acts, archives. */
export class CoordinatorLine {
  owner = 0;
  hall: Told<HallDocument> | null = null;
  secrecy: Told<SecrecyDocument> | null = null;
  decryption: Told<DecryptionDocument> | null = null;
  readonly #options: LineOptions;
  #cookie = '';
  #client: MqttClient | null = null;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** Signs in and follows the sitting. @returns the scrutineer's name. @throws {ScrutineerError} */
  async start(): Promise<string> {
    const { http, onChange, report } = this.#options;
    const unusable = (error: unknown) => {
      const why = error instanceof Error ? error.message.split('\n')[0] : error;
      throw new ScrutineerError(`连不上主机 · ${http} cannot be reached (${why})`);
    };
    const name = await this.#signIn().catch(unusable);
    if (name === null) throw new ScrutineerError('入场码不对 · wrong entry code');
    const { hall } = await this.#hallName().catch(unusable);
    const at = topics(hall).public;
    const url = `${http.replace(/^http/, 'ws')}/mqtt`;
    const client = new MqttClient(() => packetsWithin(url, MOST_DOCUMENT), {
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
    try {
      let response = await this.#post('/api/scrutineer/act', act);
      // A session ends with its day, or with a new code.
      if (response.status === 401) {
        if ((await this.#signIn()) === null)
          return no('signed-out', '入场码已失效', 'the entry code is no longer good');
        response = await this.#post('/api/scrutineer/act', act);
      }
      const answer = ActAnswer.safeParse(await jsonWithin(response, MOST_ANSWER).catch(() => null));
      if (answer.success) return answer.data;
      const what = `HTTP ${response.status}`;
      return no(response.status === 400 ? 'malformed' : 'offline', `主机出错：${what}`, what);
    } catch {
      return no('offline', '连不上主机', 'the coordinator cannot be reached');
    }
  }

  /** The archive of an election that was added up; null where it cannot be had now. */
  async archive(uuid: string): Promise<Uint8Array | null> {
    try {
      const response = await this.#get(`/api/elections/${encodeURIComponent(uuid)}.bel`);
      return response.ok ? await bodyWithin(response, MOST_ARCHIVE) : null;
    } catch {
      return null;
    }
  }

  /** The scrutineer's name; null where the code is wrong. @throws where there is no answer. */
  async #signIn(): Promise<string | null> {
    const response = await this.#post('/api/scrutineer/sign-in', { code: this.#options.code });
    if (response.status === 401) return null;
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    this.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { owner, name } = SignedIn.parse(await jsonWithin(response, MOST_ANSWER));
    this.owner = owner;
    return name;
  }

  async #hallName(): Promise<z.infer<typeof HallName>> {
    return HallName.parse(await jsonWithin(await this.#get('/api/hall'), MOST_ANSWER));
  }

  get #signal(): AbortSignal {
    return AbortSignal.timeout(this.#options.patienceMs);
  }

  #get(path: string): Promise<Response> {
    return fetch(this.#options.http + path, { signal: this.#signal, redirect: 'error' });
  }

  #post(path: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json', cookie: this.#cookie };
    const text = JSON.stringify(body);
    const init = { method: 'POST', headers, body: text, signal: this.#signal, redirect: 'error' } as const;
    return fetch(this.#options.http + path, init);
  }
}

/** A document as it was told; null where it is none: the last good one stands. */
function told<T>(schema: z.ZodType<T>, text: string): Told<T> | null {
  try {
    return { is: schema.parse(JSON.parse(text)), text };
  } catch {
    return null;
  }
}
