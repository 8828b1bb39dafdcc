import { randomBytes } from 'node:crypto';
import mqtt from 'mqtt';
import { z } from 'zod';
import { inLanguage } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { topics } from '../../shared/topics.ts';
import { ActAnswer, type ScrutineerAct } from '../views/acts.ts';
import { DecryptionDocument, HallDocument, SecrecyDocument } from '../views/documents.ts';
import { checkSum, keyDuty, makeShare, type SumProblem, signResult } from './desk.ts';

/** What a scrutineer is asked on the way; each resolves to yes or no. */
export interface Consent {
  /** Do all scrutineers read out this code? */
  readonly compare: (code: string) => Promise<boolean>;
  readonly decrypt: (title: string, ballots: number) => Promise<boolean>;
  readonly sign: (title: string, result: Result) => Promise<boolean>;
}

export interface RemoteParts {
  /** The coordinator's address, `http://host:port`. */
  readonly http: string;
  readonly code: string;
  readonly seed: string;
  readonly consent: Consent;
  readonly say: (line: string) => void;
}

/** The entry code is none, or the coordinator cannot be reached. */
export class ScrutineerError extends Error {}

const SignedIn = z.object({ owner: z.number(), id: z.string(), name: z.string() });
const HallName = z.object({ hall: z.string() });

const SUM_PROBLEMS: Record<SumProblem, string> = {
  archive: '密封票无法核对 · the ballots cannot be checked',
  sum: '总和与密封票不符，不解密 · this is not the sum of the ballots; not decrypted',
  key: '所用密钥不是监票人的，不解密 · sealed with another key; not decrypted',
  'second-sum': '同一表决的另一个总和，不解密 · another sum of the same vote; not decrypted',
};

/** A scrutineer without a browser: takes part in the making of the key, decrypts and signs, each after consent. */
export class RemoteScrutineer {
  readonly #parts: RemoteParts;
  #cookie = '';
  #owner = 0;
  #client: mqtt.MqttClient | null = null;
  #hall: HallDocument | null = null;
  #secrecy: SecrecyDocument | null = null;
  #decryption: DecryptionDocument = null;
  #isBusy = false;
  #isDue = false;
  /** Steps already offered, so that a refused one is not offered for ever. */
  readonly #done = new Set<string>();
  /** Election → the sum decrypted. */
  readonly #decrypted = new Map<string, string>();

  constructor(parts: RemoteParts) {
    this.#parts = parts;
  }

  /** Signs in and follows the sitting. @throws {ScrutineerError} */
  async start(): Promise<string> {
    const { http, code } = this.#parts;
    const response = await this.#post('/api/scrutineer/sign-in', { code });
    if (!response.ok) throw new ScrutineerError('入场码不对 · wrong entry code');
    this.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { owner, name } = SignedIn.parse(await response.json());
    this.#owner = owner;
    const { hall } = HallName.parse(await (await fetch(`${http}/api/hall`)).json());
    const at = topics(hall).public;
    const client = mqtt.connect(`${http.replace(/^http/, 'ws')}/mqtt`, {
      clientId: `web-${randomBytes(6).toString('hex')}`,
      protocolVersion: 4,
      clean: true,
    });
    this.#client = client;
    client.on('connect', () => client.subscribe([at('hall'), at('secrecy'), at('decryption')], { qos: 1 }));
    client.on('message', (topic, payload) => {
      const document: unknown = JSON.parse(payload.toString());
      if (topic === at('hall')) this.#hall = HallDocument.nullable().parse(document);
      else if (topic === at('secrecy')) this.#secrecy = SecrecyDocument.parse(document);
      else this.#decryption = DecryptionDocument.parse(document);
      this.#look();
    });
    return name;
  }

  async stop(): Promise<void> {
    await this.#client?.endAsync(true);
  }

  /** Does what is due, one thing after the other. */
  #look(): void {
    this.#isDue = true;
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#work()
      .catch((error) => this.#parts.say(String(error)))
      .finally(() => {
        this.#isBusy = false;
        if (this.#isDue) this.#look();
      });
  }

  async #work(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false;
      if (!this.#secrecy) continue;
      await this.#makeKey(this.#secrecy);
      await this.#decrypt(this.#secrecy);
      await this.#sign();
    }
  }

  get #self() {
    return { owner: this.#owner, seed: this.#parts.seed };
  }

  async #makeKey(secrecy: SecrecyDocument): Promise<void> {
    const { consent, say } = this.#parts;
    const duty = keyDuty(secrecy, this.#self, randomBytes);
    if (duty.is === 'lie')
      this.#once(`lie ${secrecy.ceremony}`, () => say(`⚠ ${duty.lie.owner}: ${duty.lie.what}`));
    if (duty.is === 'not-mine')
      this.#once(`not-mine ${secrecy.ceremony}`, () =>
        say('⚠ 密钥不是用这里的种子生成的 · the key was made with another seed'),
      );
    if (duty.is !== 'contribute' && duty.is !== 'compare') return;
    if (!this.#isNew(`${secrecy.ceremony} ${duty.act.step}`)) return;
    if (duty.is === 'compare' && !(await consent.compare(duty.code))) return;
    await this.#act(duty.act);
  }

  async #decrypt(secrecy: SecrecyDocument): Promise<void> {
    const { http, consent, say } = this.#parts;
    const due = this.#decryption;
    if (!due?.tally || due.result || due.phase !== 'closed' || due.shares.includes(this.#owner)) return;
    if (!this.#isNew(`share ${due.opening}`)) return;
    const { uuid } = z.object({ uuid: z.string() }).parse(JSON.parse(due.election));
    const archive = await (await fetch(`${http}/api/elections/${uuid}.bel`)).arrayBuffer();
    const sum = checkSum(due, secrecy, new Uint8Array(archive), this.#decrypted.get(uuid) ?? null);
    if (typeof sum === 'string') return say(`⚠ ${SUM_PROBLEMS[sum]}`);
    if (!(await consent.decrypt(inLanguage(due.title, 'zh'), sum.ballots))) return;
    this.#decrypted.set(uuid, sum.tally);
    const share = makeShare(sum, secrecy, this.#self, randomBytes);
    if (share) await this.#act({ act: 'share', round: due.round, share });
  }

  async #sign(): Promise<void> {
    const due = this.#decryption;
    if (!due?.result || due.phase === 'voided' || due.signed.includes(this.#owner) || !this.#hall) return;
    if (!this.#isNew(`sign ${due.opening}`)) return;
    if (!(await this.#parts.consent.sign(inLanguage(due.title, 'zh'), due.result))) return;
    const act = signResult(due, this.#hall.sitting, this.#self, randomBytes);
    if (act) await this.#act(act);
  }

  #isNew(what: string): boolean {
    if (this.#done.has(what)) return false;
    this.#done.add(what);
    return true;
  }

  #once(what: string, then: () => void): void {
    if (this.#isNew(what)) then();
  }

  async #act(act: ScrutineerAct): Promise<void> {
    const response = await this.#post('/api/scrutineer/act', act);
    const answer = ActAnswer.safeParse(await response.json().catch(() => null));
    // Two shares can be on their way when one is enough.
    const isLate = answer.success && !answer.data.ok && answer.data.reason === 'share-not-needed';
    if (answer.success && (answer.data.ok || isLate)) return;
    this.#parts.say(
      `${act.act}: ${answer.success && !answer.data.ok ? answer.data.text.zh : response.status}`,
    );
  }

  #post(path: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json', cookie: this.#cookie };
    return fetch(this.#parts.http + path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(
      () => {
        throw new ScrutineerError(`连不上主机 · ${this.#parts.http} cannot be reached`);
      },
    );
  }
}
