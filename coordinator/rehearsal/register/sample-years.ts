import type { RegisterConfig } from '../../config/register-file.ts';
import type { AttachmentStore } from '../../register/attachments/attachment-store.ts';
import type { SideStore } from '../../register/beside/side-store.ts';
import type { RegisterAct } from '../../register/model/acts.ts';
import type { Outcome } from '../../register/model/entries.ts';
import type { Who } from '../../register/model/person.ts';
import { registerRoleFor } from '../../register/model/rights.ts';
import { sheetHash, submittedHash } from '../../register/model/state.ts';
import { dayIn } from '../../register/program/days.ts';
import type { RegisterActs } from '../../register/program/register-acts.ts';
import type { RegisterChronicle } from '../../register/program/register-chronicle.ts';
import type { Submissions } from '../../register/program/submissions.ts';
import { earlierProjects, type SampleProject, sampleProjects } from './sample-projects.ts';
import { type SampleProposal, sampleProposal } from './sample-proposals.ts';

const DAY = 86_400_000;
const YEAR = 365 * DAY;
const PLACES = 10;
/** A sheet names so many proposals at most. */
const MOST_FROM = 500;
/** How the congress of the year before voted, in the order of the list: two were not chosen. */
const EARLIER_VOTES = [151, 148, 139, 102, 146, 131, 155, 128, 157, 144, 98, 120];

export interface SampleOptions {
  /** How many proposals there are in all. */
  readonly proposals?: number;
  /** In so many years, the running one last and each with as many; before a single one lies a year with nothing but its list. */
  readonly years?: number;
  readonly version: string;
  /** Now, as clocks have it; the sample's year lies before it. */
  readonly now: number;
  /** What stands for a scan: a picture, JPEG. */
  readonly scan: Uint8Array;
  /** A seed, so that two samples are alike. */
  readonly seed?: number;
}

const yearsBefore = ({ years = 1 }: SampleOptions): number => Math.max(1, years - 1);

/** How long before now the first act of a sample lies, in ms. */
export const sampleLasts = (options: SampleOptions): number => 35 * DAY + yearsBefore(options) * YEAR;

/** A proposal that has come in. */
interface Received {
  readonly id: string;
  readonly sample: SampleProposal;
}

export interface SampleParts {
  readonly chronicle: RegisterChronicle;
  readonly acts: RegisterActs;
  readonly beside: SideStore;
  readonly attachments: AttachmentStore;
  readonly submissions: Submissions;
  readonly config: RegisterConfig;
}

/** The years of a sample, one act after another, as its offices would have done them. */
export class SampleYears {
  readonly #parts: SampleParts;
  readonly #options: SampleOptions;
  readonly #until: (time: number) => void;
  readonly #draw: (below: number) => number;

  constructor(parts: SampleParts, options: SampleOptions, until: (time: number) => void) {
    this.#parts = parts;
    this.#options = options;
    this.#until = until;
    this.#draw = drawing(options.seed ?? 20_270_101);
  }

  write(): void {
    const { now, proposals = 400, years = 1 } = this.#options;
    const year = Number(dayIn(this.#parts.config.timezone)(now).slice(0, 4)) + 1;
    const each = Math.floor(proposals / years);
    for (let before = yearsBefore(this.#options); before > 0; before -= 1)
      this.#earlierYear(year - before, now - 25 * DAY - before * YEAR, years > 1 ? each : 0);
    this.#thisYear(year, now, proposals - (years - 1) * each);
  }

  /** A year that is over: everybody answered, a list that was voted on with paper. */
  #earlierYear(year: number, from: number, count: number): void {
    this.#open(year, from, from + 40 * DAY);
    this.#until(from);
    const projects = earlierProjects(year);
    const received = this.#collect(year, from, 39 * DAY, count);
    for (const one of received) this.#screen(one.id, one.sample);
    this.#propose(year, projects);
    this.#answer(year, projects, received);
    this.#submit(year, projects);
    const list = this.#freeze(year);
    this.#until(from + 60 * DAY);
    const sheet = this.#scan();
    const votes = projects.map(({ id }, i) => ({ project: id, votes: EARLIER_VOTES[i] ?? 0 }));
    const chosen = votes.toSorted((a, b) => b.votes - a.votes).slice(0, PLACES);
    this.#both('congress', 'committee', {
      act: 'enter-paper-result',
      cycle: year,
      list,
      roll: 164,
      present: 160,
      cast: 160,
      votes,
      chosen: chosen.map(({ project }) => project),
      sheet,
      reason: '会场表决系统尚未启用，以无记名投票方式表决，监票人签字的计票单附后',
    });
  }

  /** Collecting goes on; two thirds have been looked at, a first batch was answered, another is drafted. */
  #thisYear(year: number, now: number, count: number): void {
    const from = now - 45 * DAY;
    this.#open(year, from, now + 12 * DAY);
    const projects = sampleProjects(year);
    const received = this.#collect(year, from, 44 * DAY, count);
    this.#until(now - DAY);
    this.#propose(year, projects);
    const looked = received.slice(0, Math.floor((count * 2) / 3));
    for (const one of looked) this.#screen(one.id, one.sample);
    const answered = looked.slice(0, Math.floor(looked.length * 0.7));
    this.#answer(year, projects, answered);
    this.#submit(year, projects);
    this.#decide(projects, looked.slice(answered.length));
  }

  /** `count` proposals, one after another within `length` ms. */
  #collect(year: number, from: number, length: number, count: number): readonly Received[] {
    const received: Received[] = [];
    for (let i = 0; i < count; i += 1) {
      this.#until(from + Math.floor((i * length) / count));
      const sample = sampleProposal(this.#draw);
      const id = this.#receive(year, sample);
      if (id !== null) received.push({ id, sample });
    }
    return received;
  }

  #propose(cycle: number, projects: readonly SampleProject[]): void {
    for (const { id, sheet } of projects)
      this.#as('gov', { act: 'draft-project', project: id, cycle, sheet: changeable(sheet) });
  }

  /** All of them answered at one moment; the projects say which of them they come from. */
  #answer(cycle: number, projects: readonly SampleProject[], answered: readonly Received[]): void {
    this.#decide(projects, answered);
    const { state } = this.#parts.chronicle;
    const drafted = state.draftedOf.get(cycle)?.size ?? 0;
    if (drafted > 0) this.#as('congress', { act: 'release', cycle, proposals: drafted });
    for (const { id, sheet } of projects) {
      const asked = (state.answersAt.get(id)?.toArray() ?? []).sort().slice(0, MOST_FROM);
      if (asked.length === 0) continue;
      const read = sheetHash(state.projects.get(id)?.sheet ?? sheet);
      this.#as('gov', {
        ...{ act: 'change-project', project: id, read },
        sheet: { ...changeable(sheet), from: asked },
      });
    }
  }

  #receive(cycle: number, { wording, proposer, channel }: SampleProposal): string | null {
    const { submissions } = this.#parts;
    const isEntered = channel === 'letter' || channel === 'telephone';
    const who =
      channel === 'online'
        ? null
        : isEntered
          ? this.#who('congress')
          : this.#who(this.#draw(2) === 0 ? 'deputy1' : 'deputy2');
    const attachments = isEntered ? [this.#scan()] : [];
    const submitted = submissions.submit({ cycle, channel, wording, proposer, attachments }, who);
    return submitted.is === 'received' ? submitted.proposal : null;
  }

  #screen(proposal: string, { wording, category, area }: SampleProposal): void {
    const { title, text } = wording;
    this.#as('gov', { act: 'clear-wording', proposal, title, text });
    this.#parts.beside.clear(proposal, this.#cycleOf(proposal), { title, text });
    this.#as('gov', { act: 'classify', proposal, category, area });
    if (this.#draw(3) === 0)
      this.#as(category === 'schooling' ? 'education' : 'transport', {
        act: 'opine',
        proposal,
        opinion: { question: 'needed', answer: 'yes', reason: '群众反映集中，确有需要' },
      });
    const { enteredBy } = this.#parts.chronicle.state.proposals.get(proposal) ?? {};
    const deputy = enteredBy === 'deputy1' ? 'deputy2' : 'deputy1';
    if (this.#draw(6) === 0) this.#as(deputy, { act: 'second', proposal });
  }

  /** The first that asks for something is taken up, and those like it are merged into it, some; others are answered no. */
  #decide(projects: readonly SampleProject[], all: readonly Received[]): void {
    const first = new Map<string, string>();
    for (const { id, sample } of all) {
      const { project } = sample;
      const known = project === null ? undefined : first.get(project);
      if (project !== null && !known) first.set(project, id);
      const candidate = projects.find(({ id: one }) => one.startsWith(`${project}-`))?.id;
      const outcome = this.#outcome(candidate ?? null, known);
      this.#as('gov', { act: 'draft-decision', proposal: id, outcome });
    }
  }

  #outcome(project: string | null, known: string | undefined): Outcome {
    if (project === null)
      return this.#draw(2) === 0
        ? { is: 'excluded', ground: 'large', reason: '属于重大开发建设项目，已转相关规划研究' }
        : { is: 'excluded', ground: 'not-general', reason: '不具有普惠性，已转有关部门办理' };
    if (known === undefined) return { is: 'adopted', project };
    const roll = this.#draw(10);
    if (roll < 6) return { is: 'merged', into: known };
    if (roll < 8) return { is: 'adopted', project };
    return { is: 'not-adopted', reason: '本年度已有同类安排，列入储备，下一年度优先研究' };
  }

  #scan(): string {
    return this.#parts.attachments.keep('jpg', this.#options.scan, null);
  }

  #open(cycle: number, from: number, to: number): void {
    const day = dayIn(this.#parts.config.timezone);
    this.#until(from);
    this.#as('congress', { act: 'open-cycle', cycle, from: day(from), to: day(to) });
  }

  #submit(cycle: number, projects: readonly SampleProject[]): void {
    for (const { id } of projects) this.#as('gov', { act: 'name-candidate', project: id });
    this.#as('gov', { act: 'submit-list', cycle, places: PLACES, projects: projects.map(({ id }) => id) });
  }

  #freeze(year: number): string {
    const { state } = this.#parts.chronicle;
    const cycle = state.cycles.get(year);
    const list = (cycle && submittedHash(state, cycle)) ?? '';
    this.#both('congress', 'gov', { act: 'freeze-list', cycle: year, list });
    return list;
  }

  #as(person: string, act: RegisterAct): void {
    this.#done(act, this.#who(person, act));
  }

  #both(person: string, other: string, act: RegisterAct): void {
    const by = this.#who(person, act).by;
    this.#done(act, { by, with: this.#who(other).by });
  }

  #done(act: RegisterAct, who: Who): void {
    const asked = this.#parts.acts.ask(act, who);
    if (asked.is !== 'done')
      throw new Error(
        `the sample's ${act.act} is not done: ${asked.is === 'refused' ? asked.reason : asked.is}`,
      );
  }

  #who(person: string, act?: RegisterAct): Who {
    const known = this.#parts.chronicle.state.staff.get(person);
    if (!known) throw new Error(`nobody is ${person}`);
    const role = (act && registerRoleFor(known, act.act)) ?? known.roles[0];
    if (!role) throw new Error(`${person} has no role`);
    return { by: { role, id: known.id, name: known.name } };
  }

  #cycleOf(proposal: string): number {
    return this.#parts.chronicle.state.proposals.get(proposal)?.cycle ?? 0;
  }
}

const changeable = ({ co, from, parts, ...sheet }: SampleProject['sheet']) => ({
  ...sheet,
  co: [...co],
  from: [...from],
  parts: parts.map((part) => ({ ...part, funding: part.funding.map((each) => ({ ...each })) })),
});

/** Whole numbers that look drawn and are always the same (mulberry32). */
function drawing(seed: number): (below: number) => number {
  let at = seed;
  return (below) => {
    at = (at + 0x6d2b79f5) | 0;
    let t = Math.imul(at ^ (at >>> 15), 1 | at);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}
