import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import type { Who } from '../../coordinator/contract/person.ts';
import type { Wire } from '../../coordinator/contract/wire.ts';
import { Chronicle, SITTING_LEDGER, type Writer } from '../../coordinator/sitting/chronicle.ts';
import { configure } from '../../coordinator/sitting/configure.ts';
import { decide, decideTimeout, isSittingAct } from '../../coordinator/sitting/decide.ts';
import { decideOwn, type OwnAct } from '../../coordinator/sitting/decide-secret.ts';
import { BY_HALL, type Decision } from '../../coordinator/sitting/decided.ts';
import { type ForLedger, keptBytes } from '../../coordinator/sitting/entries.ts';
import { judge } from '../../coordinator/sitting/judge.ts';
import type { Secrecy } from '../../coordinator/sitting/secrecy.ts';
import type { Sitting } from '../../coordinator/sitting/state.ts';
import type { Choice, Motion } from '../../shared/kinds/kinds.ts';
import type { CastChoice } from '../../shared/protocol/ballot.ts';
import { sha256Base64url, toBase64url } from '../../shared/protocol/bytes.ts';
import { importPublicKey, nodeSigner, verifyJws } from '../../shared/protocol/ed25519-node.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { MAX_SEALED_MESSAGE_LENGTH, parseJws, signJws } from '../../shared/protocol/jws.ts';
import { type KeyPair, makeKeyPair } from '../../shared/protocol/keys.ts';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';
import { Audit, Ballot, CheckIn, Connect, Credential } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { rethrow } from './rethrow.ts';
import { type AnyStep, type Asked, asUsual, STAFFED, signed } from './staff.ts';

const HALL = 'sample-hall';
const SITTING = 'sample-1';

/** Numbers that look random and are the same on every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function seededBytes(seed: number): RandomBytes {
  const next = seeded(seed);
  return (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256));
}

/** A deputy with the terminal, card and key that go with the number. */
export interface SampleSeat {
  readonly deputy: string;
  readonly seat: string;
  readonly terminal: string;
  readonly card: string;
  readonly key: KeyPair;
}

export interface SampleLedger {
  readonly rows: readonly LedgerRow[];
  readonly key: KeyPair;
  readonly seats: readonly SampleSeat[];
}

/** Plays a sitting into a real ledger: time moves when told to, every byte is the same on every run. */
export class SamplePlay {
  readonly key: KeyPair;
  readonly seats: readonly SampleSeat[];
  protected readonly random: RandomBytes;
  readonly #folder = mkdtempSync(join(tmpdir(), 'hallvote-sample-'));
  readonly #file = join(this.#folder, 'sitting.ledger');
  #ledger: Ledger;
  #chronicle: Chronicle;
  #writer: Writer | null = null;
  #boot = 0;
  #mono = 0;
  #wall = Date.UTC(2027, 0, 15, 1, 0);

  /** @param lists texts of the lists of projects that the motions name. */
  constructor(
    deputies: number,
    motions: readonly Motion[],
    seed = 1,
    secrecy: Secrecy | null = null,
    lists: readonly string[] = [],
  ) {
    this.random = seededBytes(seed);
    this.key = makeKeyPair(this.random);
    this.seats = Array.from({ length: deputies }, (_, i) => this.#seat(i + 1));
    this.#ledger = Ledger.open(this.#file, SITTING_LEDGER);
    this.#chronicle = this.#start('tls');
    this.#do(
      configure(
        this.#chronicle.state,
        {
          ...STAFFED,
          seating: 'fixed',
          quorum: { num: 2, den: 3 },
          accept: ['uid'],
          cards: [],
          deputies: this.seats.map(({ deputy, seat, card }, i) => ({
            id: deputy,
            name: `代表${i + 1}`,
            delegation: i % 2 === 0 ? '东城代表团' : '西城代表团',
            title: '',
            seat,
            cards: [card],
          })),
          lists,
          motions,
          terminals: this.seats.map(({ terminal, seat, key }) => ({ terminal, seat, key: key.x })),
          secrecy,
        },
        null,
      ),
    );
    this.#commit((writer) => writer.own(['checkpoint'], this.#chronicle.now()));
  }

  #seat(n: number): SampleSeat {
    const key = makeKeyPair(this.random);
    const card = `CARD${String(n).padStart(4, '0')}`;
    return { deputy: `d${n}`, seat: `${n}`, terminal: `T${n}`, card, key };
  }

  #start(wire: Wire): Chronicle {
    this.#boot += 1;
    const machine = { boot: `boot-${this.#boot}`, mono: () => this.#mono, wall: () => this.#wall };
    const chronicle = new Chronicle(this.#ledger, nodeSigner(this.key), machine, rethrow);
    const begun = {
      hall: HALL,
      name: { zh: '样例会场', en: 'Sample hall' },
      congress: { zh: '样例市人民代表大会', en: 'Sample City People’s Congress' },
      sitting: SITTING,
      title: { zh: '第一次全体会议', en: 'First plenary sitting' },
      date: '2027-01-15',
      key: this.key.x,
    };
    chronicle.start(begun, '0.0.0', wire);
    return chronicle;
  }

  /** The machine is switched off for a while and the coordinator started again, on this wire. */
  reboot(offMs: number, wire: Wire = 'tls'): void {
    this.#ledger.close();
    this.#wall += offMs;
    this.#mono = 0;
    this.#ledger = Ledger.open(this.#file, SITTING_LEDGER);
    this.#chronicle = this.#start(wire);
  }

  wait(ms: number): void {
    this.#mono += ms;
    this.#wall += ms;
  }

  /** Everything `work` does goes into one commit, as a burst does. */
  together(work: () => void): void {
    this.#chronicle.commit((writer) => {
      this.#writer = writer;
      work();
    });
    this.#writer = null;
  }

  #commit(write: (writer: Writer) => void): void {
    if (this.#writer) write(this.#writer);
    else this.#chronicle.commit(write);
  }

  #do(decision: Decision): void {
    if (!decision.ok) throw new Error(`the sample does what may not be done: ${decision.reason}`);
    this.#commit((writer) => writer.own(decision.steps, this.#chronicle.now()));
  }

  /** An act of the staff, by whoever does it usually or by another, a second after what came before. */
  act(asked: Asked, other?: Who): void {
    const { act, who } = asUsual(asked);
    if (!isSittingAct(act)) throw new Error(`what a ${act.act} enters is in the files`);
    this.wait(1000);
    this.#do(decide(this.#chronicle.state, act, other ?? who, this.#chronicle.now()));
  }

  /** What the coordinator does by itself. */
  actOwn(act: OwnAct): void {
    this.wait(1000);
    this.#do(decideOwn(this.#chronicle.state, act));
  }

  protected get state(): Sitting {
    return this.#chronicle.state;
  }

  /** Entries of the coordinator's own, whether the rules allow them or not. */
  enter(...steps: AnyStep[]): void {
    this.wait(3);
    this.#commit((writer) => writer.own(steps.map(signed), this.#chronicle.now()));
  }

  /** A message entered whether the rules accept it or not. */
  force(seat: SampleSeat, message: ForLedger): void {
    this.wait(7);
    const text = signJws(message, nodeSigner(seat.key));
    this.#commit((writer) => writer.message(message.typ, text, message, this.#chronicle.now()));
  }

  /** A deputy's name is put right in the roll. */
  rename(deputy: string, name: string): void {
    const deputies = [...this.state.deputies.values()].map((each) =>
      each.id === deputy ? { ...each, name } : each,
    );
    this.enter({ typ: 'roll-set', deputies });
  }

  /** The open round's time is up. */
  timeUp(): void {
    const steps = decideTimeout(this.#chronicle.state, this.#chronicle.now());
    if (steps.length === 0) throw new Error('there is time left');
    this.#commit((writer) => writer.own(steps, this.#chronicle.now()));
  }

  /** A message from the terminal at a seat: entered, or refused, as the coordinator does it. */
  deliver(seat: SampleSeat, text: string): void {
    this.wait(7);
    const time = this.#chronicle.now();
    const refusal = this.#enter(seat, text, time);
    if (refusal === null) return;
    const message = toBase64url(Buffer.from(text).subarray(0, keptBytes(seat.terminal)));
    this.#commit((writer) =>
      writer.own([{ typ: 'refused', ...BY_HALL, reason: refusal, terminal: seat.terminal, message }], time),
    );
  }

  #enter(seat: SampleSeat, text: string, time: number): Reason | null {
    const jws = parseJws(text, MAX_SEALED_MESSAGE_LENGTH);
    const message = [Connect, CheckIn, Ballot, Credential, Audit]
      .map((schema) => schema.safeParse(jws?.payload))
      .find(({ success }) => success)?.data;
    if (!jws || !message) return 'malformed';
    const key = importPublicKey(seat.key.x);
    if (!key || !verifyJws(jws, key)) return 'wrong-signature';
    const authentic = { message, kid: jws.kid, digest: sha256Base64url(text) };
    const verdict = judge(this.#chronicle.state, authentic, time);
    if (verdict.kind === 'refuse') return verdict.reason;
    if (verdict.kind === 'enter') this.#commit((writer) => writer.message(message.typ, text, message, time));
    return null;
  }

  connect(seat: SampleSeat, n = 1): void {
    const { terminal, key } = seat;
    const proof: Connect = {
      typ: 'connect',
      v: 1,
      hall: HALL,
      terminal,
      key: key.x,
      coordinator: this.key.kid,
      n,
    };
    this.deliver(seat, signJws(proof, nodeSigner(key)));
  }

  checkIn(seat: SampleSeat, card = seat.card): void {
    const { terminal, key } = seat;
    const id = toBase64url(this.random(16));
    const message: CheckIn = { typ: 'check-in', v: 1, id, hall: HALL, sitting: SITTING, terminal, card };
    this.deliver(seat, signJws(message, nodeSigner(key)));
  }

  /** A signed ballot in the round in hand. */
  ballot(seat: SampleSeat, choice: CastChoice, press = 1): string {
    return signJws(this.casting(seat, choice, press), nodeSigner(seat.key));
  }

  protected casting(seat: SampleSeat, choice: CastChoice, press: number): Ballot {
    const { id: round, opening } = this.#chronicle.state.current ?? { id: 'm1/1', opening: '0'.repeat(64) };
    return { typ: 'ballot', v: 1, ...this.from(seat), round, opening, press, choice };
  }

  /** What every message of a deputy begins with. */
  protected from({ terminal, deputy }: SampleSeat) {
    return { id: toBase64url(this.random(16)), hall: HALL, sitting: SITTING, terminal, deputy };
  }

  vote(seat: SampleSeat, choice: Choice, press = 1): void {
    this.deliver(seat, this.ballot(seat, choice, press));
  }

  /** The rows so far. */
  rows(): LedgerRow[] {
    return [...this.#ledger.rows()];
  }

  /** Ends the play and gives what was written. */
  end(): SampleLedger {
    const rows = this.rows();
    this.#ledger.close();
    rmSync(this.#folder, { recursive: true });
    return { rows, key: this.key, seats: this.seats };
  }
}

const common = {
  voting: 'open',
  press: 'last',
  seconds: null,
  quorum: { num: 2, den: 3 },
  basis: 'roll',
} as const;
const HALF = { kind: 'more-than', num: 1, den: 2 } as const;

/** Every kind of motion, a title that must be escaped, and a time limit. */
export const SAMPLE_MOTIONS: readonly Motion[] = [
  {
    ...common,
    id: 'm1',
    kind: 'decision',
    title: {
      zh: '关于政府工作报告的决议（草案）',
      bo: 'སྲིད་གཞུང་གི་ལས་དོན་སྙན་ཞུའི་གྲོས་ཆོད།',
      en: 'Resolution on the work report (draft)',
      ug: 'ھۆكۈمەت خىزمىتى دوكلاتى توغرىسىدىكى قارار',
    },
    threshold: HALF,
  },
  {
    ...common,
    id: 'm2',
    kind: 'selection',
    title: { zh: '民生实事项目票决', en: 'Livelihood projects', 'mn-Mong': 'ᠠᠷᠠᠳ ᠤᠨ ᠠᠮᠢᠳᠤᠷᠠᠯ' },
    press: 'first',
    threshold: HALF,
    places: 2,
    candidates: [
      { id: 'c1', title: { zh: '老旧小区改造' } },
      { id: 'c2', title: { zh: '社区食堂 <b>十家</b>' } },
      { id: 'c3', title: { zh: '乡村道路' } },
      { id: 'c4', title: { zh: '口袋公园' } },
    ],
  },
  {
    ...common,
    id: 'm3',
    kind: 'appraisal',
    title: { zh: '上年度项目满意度测评', en: 'Appraisal of last year’s projects' },
    seconds: 60,
    basis: 'cast',
    threshold: { kind: 'at-least', num: 2, den: 3 },
    dontKnow: true,
    items: [
      { id: 'p1', title: { zh: '校门口护学岗' } },
      { id: 'p2', title: { zh: '农贸市场提升' } },
    ],
  },
  { ...common, id: 'm4', kind: 'decision', title: { zh: '关于预算的决议', en: 'Budget' }, threshold: HALF },
  { ...common, id: 'm5', kind: 'decision', title: { zh: '=1+1 关于选举办法', en: 'Rules' }, threshold: HALF },
];

export const FOR: Choice = { kind: 'decision', option: 'for' };
export const AGAINST: Choice = { kind: 'decision', option: 'against' };
export const ABSTAIN: Choice = { kind: 'decision', option: 'abstain' };
const choose = (...chosen: string[]): Choice => ({ kind: 'selection', chosen });

/**
 * A sitting with everything in it: check-ins by card and by hand, a rehearsal, a decision, a selection with a tie
 * and its runoff, an appraisal closed by time over a reboot, a vote voided and repeated, a show of hands, an early
 * leave, a terminal that is replaced, and refusals of several kinds.
 */
export function sampleLedger(): SampleLedger {
  const play = new SamplePlay(9, SAMPLE_MOTIONS);
  const [s1, s2, s3, s4, s5, s6, s7, s8] = play.seats;
  if (!s1 || !s2 || !s3 || !s4 || !s5 || !s6 || !s7 || !s8) throw new Error('there are nine seats');
  for (const seat of play.seats) play.connect(seat);
  play.connect(s1, 1);
  for (const seat of [s1, s2, s3, s4, s5, s6, s7]) play.checkIn(seat);
  play.checkIn(s8, s1.card);
  play.checkIn(s8, 'FFFF0000');
  play.act({ act: 'check-in', deputy: s8.deputy, reason: '忘带代表证' });
  play.deliver(s2, 'rubbish');

  play.act({ act: 'open', motion: 'm1', rehearsal: true });
  for (const seat of [s1, s2, s3]) play.vote(seat, AGAINST);
  play.act({ act: 'close', round: 'm1/t1' });
  play.act({ act: 'announce', round: 'm1/t1' });

  play.act({ act: 'open', motion: 'm1', rehearsal: false });
  for (const seat of [s1, s2, s3, s4]) play.vote(seat, FOR);
  play.vote(s5, FOR);
  play.vote(s6, AGAINST);
  play.vote(s6, ABSTAIN, 2);
  play.vote(s7, AGAINST);
  const late = play.ballot(s8, FOR);
  const forged = `${play.ballot(s1, AGAINST, 2).slice(0, -4)}AAAA`;
  play.deliver(s1, forged);
  play.act({ act: 'close', round: 'm1/1' });
  play.deliver(s8, late);
  play.act({ act: 'announce', round: 'm1/1' });

  play.act({ act: 'open', motion: 'm2', rehearsal: false });
  play.vote(s1, choose('c1', 'c2'));
  play.vote(s1, choose('c3', 'c4'), 2);
  play.vote(s2, choose('c1', 'c3'));
  play.vote(s3, choose('c1', 'c2'));
  play.vote(s4, choose('c1', 'c3'));
  play.vote(s5, choose('c1', 'c2'));
  play.vote(s6, choose('c2', 'c3'));
  play.vote(s7, choose('c2', 'c3'));
  play.vote(s8, choose('c3', 'c1', 'c2'));
  play.vote(s8, choose('c1', 'c3'));
  play.act({ act: 'close', round: 'm2/1' });
  play.act({ act: 'announce', round: 'm2/1' });
  play.act({ act: 'follow-up', round: 'm2/1' });
  play.act({ act: 'clear' });
  play.act({ act: 'open', motion: 'm2-r1', rehearsal: false });
  for (const seat of [s1, s2, s3]) play.vote(seat, choose('c2'));
  for (const seat of [s4, s5]) play.vote(seat, choose('c3'));
  play.vote(s6, choose());
  play.act({ act: 'close', round: 'm2-r1/1' });
  play.act({ act: 'announce', round: 'm2-r1/1' });

  play.act({ act: 'open', motion: 'm3', rehearsal: false });
  const grades = ['satisfied', 'basic', 'dissatisfied', 'dont-know'] as const;
  [s1, s2, s3, s4, s5].forEach((seat, i) => {
    const grade = grades[i % 4] ?? 'basic';
    const second = i < 3 ? [{ item: 'p2', grade: 'dissatisfied' as const }] : [];
    play.vote(seat, { kind: 'appraisal', grades: [{ item: 'p1', grade }, ...second] });
  });
  play.wait(20_000);
  play.reboot(3_600_000);
  play.connect(s1, 2);
  play.vote(s6, { kind: 'appraisal', grades: [{ item: 'p1', grade: 'satisfied' }] });
  play.wait(60_000);
  play.timeUp();
  play.act({ act: 'announce', round: 'm3/1' });

  play.act({ act: 'leave', deputy: s7.deputy, reason: '因公离会' });
  play.act({ act: 'remove-terminal', terminal: s5.terminal });
  play.act({ act: 'open', motion: 'm4', rehearsal: false });
  play.vote(s1, FOR);
  play.vote(s5, FOR);
  play.vote(s7, FOR);
  play.act({ act: 'void', round: 'm4/1', reason: '主持人宣布有误' });
  play.act({ act: 'enrol', terminal: 'T5', key: s5.key.x, seat: s5.seat });
  play.checkIn(s5);
  play.act({ act: 'open', motion: 'm4', rehearsal: false });
  for (const seat of [s1, s2, s3, s4, s5, s6]) play.vote(seat, FOR);
  play.act({ act: 'close', round: 'm4/2' });
  play.act({ act: 'announce', round: 'm4/2' });

  play.act({
    act: 'by-hand',
    motion: 'm5',
    tally: { kind: 'decision', for: 4, against: 2, abstain: 1 },
    cast: 7,
    reason: '表决系统网络故障，改为举手表决',
  });
  play.act({ act: 'announce', round: 'm5/1' });
  return play.end();
}
