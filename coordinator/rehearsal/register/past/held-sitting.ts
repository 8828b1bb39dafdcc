import { GRADES, type Grade } from '../../../../shared/kinds/appraisal.ts';
import type { Choice, Motion } from '../../../../shared/kinds/kinds.ts';
import { itemsOfList } from '../../../../shared/kinds/motion-list.ts';
import { type List, listHash, listText } from '../../../../shared/projects/list.ts';
import { sha256Base64url, toBase64url } from '../../../../shared/protocol/bytes.ts';
import { nodeKeyPair, nodeSigner } from '../../../../shared/protocol/ed25519-node.ts';
import type { RandomBytes } from '../../../../shared/protocol/ids.ts';
import { type Signer, signJws } from '../../../../shared/protocol/jws.ts';
import type { KeyPair } from '../../../../shared/protocol/keys.ts';
import type { LedgerRow } from '../../../../shared/protocol/ledger-hash.ts';
import type { Ballot, CheckIn } from '../../../../shared/protocol/messages.ts';
import { makeBundle } from '../../../bundle/export/bundle.ts';
import type { Act } from '../../../contract/acts.ts';
import type { Person, Who } from '../../../contract/person.ts';
import { actorOf } from '../../../contract/person.ts';
import { actorFor, needsSecond, secondRoleFor, USUAL_SETTINGS } from '../../../contract/rights.ts';
import { appraisalOf, motionOf } from '../../../register/bridge/agenda.ts';
import type { Graded, WorkRules } from '../../../register/model/work/fields.ts';
import { Chronicle } from '../../../sitting/chronicle.ts';
import { configure } from '../../../sitting/configure.ts';
import { decide, isSittingAct } from '../../../sitting/decide.ts';
import type { Decision } from '../../../sitting/decided.ts';
import { judge } from '../../../sitting/judge.ts';
import { type SamplePerson, samplePeople } from '../../sample/people.ts';

const HALL = 'sample-hall';
const STAFF: readonly Person[] = [
  { id: 'chair', name: '周立新', roles: ['chair'] },
  { id: 'operator', name: '吴晓敏', roles: ['operator'] },
  { id: 'auditor', name: '郑国华', roles: ['auditor'] },
  { id: 'admin', name: '钱志强', roles: ['administrator'] },
];

/** A vote, and what each deputy who is there chooses in it, in their order. */
export interface HeldVote {
  readonly motion: Motion;
  readonly choices: readonly Choice[];
}

export interface HeldSitting {
  readonly sitting: string;
  readonly congress: string;
  /** When it begins, ms since 1970. */
  readonly at: number;
  readonly day: string;
  readonly present: number;
  readonly lists: readonly List[];
  readonly votes: readonly HeldVote[];
}

interface Seat extends SamplePerson {
  readonly terminal: string;
  readonly x: string;
  readonly signer: Signer;
}

/** A hall that is not there: its own key, and a terminal with a key for every deputy. */
export interface SampleSeats {
  readonly key: KeyPair;
  readonly seats: readonly Seat[];
}

export function sampleSeats(roll: number, random: RandomBytes): SampleSeats {
  const seats = samplePeople(roll).map((person, i): Seat => {
    const pair = nodeKeyPair(random(32));
    return { ...person, terminal: `T${String(i + 1).padStart(4, '0')}`, x: pair.x, signer: nodeSigner(pair) };
  });
  return { key: nodeKeyPair(random(32)), seats };
}

/**
 * The bundle of a sitting that was never held: its deputies check in and vote by the hall's own rules, and every ballot is
 * signed, so that a verifier finds it whole.
 */
export function bundleOfSitting(
  { key, seats }: SampleSeats,
  asked: HeldSitting,
  random: RandomBytes,
  version: string,
): Uint8Array {
  const play = new Play(asked, key, random, version);
  play.seat(seats);
  const present = seats.slice(0, asked.present);
  for (const seat of present) play.checkIn(seat);
  for (const { motion, choices } of asked.votes) {
    play.act({ act: 'open', motion: motion.id, rehearsal: false });
    for (const [i, seat] of present.entries()) play.vote(seat, choices[i]);
    play.act({ act: 'close', round: `${motion.id}/1` });
    play.act({ act: 'announce', round: `${motion.id}/1` });
  }
  const made = makeBundle(play.rows, nodeSigner(key), version);
  if (!made.ok) throw new Error(`the sample's sitting: ${made.problem}`);
  return made.bytes;
}

class Play {
  readonly rows: LedgerRow[] = [];
  readonly #asked: HeldSitting;
  readonly #random: RandomBytes;
  readonly #chronicle: Chronicle;
  #passed = 0;

  constructor(asked: HeldSitting, key: KeyPair, random: RandomBytes, version: string) {
    this.#asked = asked;
    this.#random = random;
    const { rows } = this;
    const kept = { rows: () => rows, append: (more: readonly LedgerRow[]) => rows.push(...more) };
    const machine = { boot: 'sample', mono: () => this.#passed, wall: () => asked.at + this.#passed };
    this.#chronicle = new Chronicle(kept, nodeSigner(key), machine, (what, error) => {
      throw new Error(what, { cause: error });
    });
    const begun = {
      ...{ hall: HALL, name: { zh: '人大会议厅' }, congress: { zh: asked.congress }, sitting: asked.sitting },
      ...{ title: { zh: '全体会议' }, date: asked.day, key: key.x },
    };
    this.#chronicle.start(begun, version, 'tls');
  }

  seat(seats: readonly Seat[]): void {
    const files = {
      ...{ staff: STAFF, rights: USUAL_SETTINGS, seating: 'fixed' as const, quorum: { num: 2, den: 3 } },
      ...{ accept: ['uid'] as const, cards: [], secrecy: null },
      deputies: seats.map(({ id, name, delegation, title, seat, card }) => ({
        ...{ id, name, delegation, title, seat, cards: [card] },
      })),
      terminals: seats.map(({ terminal, seat, x }) => ({ terminal, seat, key: x })),
      lists: this.#asked.lists.map(listText),
      motions: this.#asked.votes.map(({ motion }) => motion),
    };
    this.#do(configure(this.#chronicle.state, files, null));
  }

  act(act: Act): void {
    if (!isSittingAct(act)) throw new Error(`${act.act} is no act of a sitting`);
    this.#passed += 60_000;
    this.#do(decide(this.#chronicle.state, act, whoMay(act), this.#chronicle.now()));
  }

  checkIn(seat: Seat): void {
    this.#deliver(seat, { typ: 'check-in', v: 1, ...this.#from(seat), card: seat.card });
  }

  vote(seat: Seat, choice: Choice | undefined): void {
    const { current } = this.#chronicle.state;
    if (!choice || !current) return;
    const { id: round, opening } = current;
    this.#deliver(seat, {
      typ: 'ballot',
      v: 1,
      ...this.#from(seat),
      deputy: seat.id,
      round,
      opening,
      press: 1,
      choice,
    });
  }

  #from({ terminal }: Seat) {
    return { id: toBase64url(this.#random(16)), hall: HALL, sitting: this.#asked.sitting, terminal };
  }

  /** A message from the terminal at a seat, judged as a coordinator judges it. */
  #deliver({ signer }: Seat, message: CheckIn | Ballot): void {
    this.#passed += 40;
    const text = signJws(message, signer);
    const time = this.#chronicle.now();
    const authentic = { message, kid: signer.kid, digest: sha256Base64url(text) };
    const verdict = judge(this.#chronicle.state, authentic, time);
    if (verdict.kind !== 'enter')
      throw new Error(`the sample's ${message.typ} is not taken: ${verdict.kind}`);
    this.#chronicle.commit((writer) => writer.message(message.typ, text, message, time));
  }

  #do(decision: Decision): void {
    if (!decision.ok) throw new Error(`the sample's sitting does what may not be done: ${decision.reason}`);
    this.#chronicle.commit((writer) => writer.own(decision.steps, this.#chronicle.now()));
  }
}

/** The first who may, with the first other one who may confirm it. */
function whoMay({ act }: Act & { act: Parameters<typeof actorFor>[1] }): Who {
  const [by] = STAFF.flatMap((person) => actorFor(person, act, USUAL_SETTINGS) ?? []);
  if (!by) throw new Error(`nobody may ${act}`);
  if (!needsSecond(act, USUAL_SETTINGS)) return { by };
  const [second] = STAFF.flatMap((person) => {
    const role = secondRoleFor(person, act, by.id, USUAL_SETTINGS);
    return role ? actorOf(person, role) : [];
  });
  return { by, with: second };
}

const USUAL = {
  voting: 'open',
  press: 'last',
  seconds: null,
  quorum: { num: 2, den: 3 },
} as const;

/** The vote on a frozen list in which each project gets `votes`. */
export function selectionHeld(
  list: List,
  votes: readonly { readonly project: string; readonly votes: number }[],
  present: number,
): HeldVote {
  const chosen = Array.from({ length: present }, (): string[] => []);
  // Each project's votes come from those who have named the fewest so far: nobody names more than there are places.
  for (const { project, votes: count } of votes)
    for (const each of chosen.toSorted((one, other) => one.length - other.length).slice(0, count))
      each.push(project);
  const { id, title } = motionOf(list);
  return {
    motion: {
      ...{ ...USUAL, basis: 'roll', threshold: { kind: 'more-than', num: 1, den: 2 } },
      ...{ id, title, kind: 'selection', list: listHash(list), places: list.places },
      candidates: itemsOfList(list),
    },
    choices: chosen.map((each) => ({ kind: 'selection', chosen: each })),
  };
}

/** The congress grades projects of a list so that each has just these counts. */
export function appraisalHeld(
  list: List,
  graded: readonly Graded[],
  rules: WorkRules,
  present: number,
): HeldVote {
  const projects = graded.map(({ project }) => project);
  const { id, title, basis, threshold, dontKnow } = appraisalOf(list, { by: 'congress', projects, rules });
  // Who is how satisfied is another for every project.
  const gradeOf = (counts: Graded, deputy: number): Grade => {
    let at = (deputy * 7 + projects.indexOf(counts.project) * 31) % present;
    for (const grade of GRADES) {
      at -= counts[grade];
      if (at < 0) return grade;
    }
    return 'dont-know';
  };
  return {
    motion: {
      ...{ ...USUAL, basis, threshold, id, title, kind: 'appraisal', dontKnow, list: listHash(list) },
      items: itemsOfList(list).filter((item) => projects.includes(item.id)),
    },
    choices: Array.from({ length: present }, (_, deputy) => ({
      kind: 'appraisal',
      grades: graded.map((counts) => ({ item: counts.project, grade: gradeOf(counts, deputy) })),
    })),
  };
}
