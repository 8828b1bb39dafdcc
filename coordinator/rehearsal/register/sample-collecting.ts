import { draftedIn, draftsHash } from '../../register/model/drafts.ts';
import type { Outcome } from '../../register/model/entries.ts';
import { sheetHash } from '../../register/model/state.ts';
import type { Draw } from './drawing.ts';
import type { SampleArea } from './past/past-years.ts';
import type { SampleOffice, Task } from './sample-office.ts';
import type { SampleProject } from './sample-projects.ts';
import { type SampleProposal, sampleProposal } from './sample-proposals.ts';

/** A sheet names so many proposals at most. */
const MOST_FROM = 500;

/** A proposal that has come in. */
interface Received {
  readonly id: string;
  readonly sample: SampleProposal;
}

export interface Collected {
  readonly cycle: number;
  readonly projects: readonly SampleProject[];
  /** Where those live who propose, and the bodies that give opinions. */
  readonly areas: readonly SampleArea[];
  readonly bodies: readonly SampleArea[];
}

/** What is proposed for a cycle, and what becomes of it. */
export class SampleCollecting {
  readonly #office: SampleOffice;
  readonly #draw: Draw;
  readonly #of: Collected;
  readonly #received: Received[] = [];
  #hasLetter = false;

  constructor(office: SampleOffice, draw: Draw, of: Collected) {
    this.#office = office;
    this.#draw = draw;
    this.#of = of;
  }

  /** `count` proposals, one after another within `length` ms. */
  tasks(from: number, length: number, count: number): readonly Task[] {
    return Array.from({ length: count }, (_, i) => ({
      at: from + Math.floor((i * length) / count),
      do: () => {
        const drawn = sampleProposal(this.#draw, this.#of.areas);
        // The first that a project takes up has come as a letter: what one follows from there is to be found.
        const isFirst = !this.#hasLetter && this.#candidate(drawn) !== null;
        if (isFirst) this.#hasLetter = true;
        const sample = isFirst ? { ...drawn, channel: 'letter' as const } : drawn;
        const id = this.#receive(sample);
        if (id !== null) this.#received.push({ id, sample });
      },
    }));
  }

  /** Two thirds, or all that came in. */
  received(share: { readonly of: 'two-thirds' | 'all' }): readonly Received[] {
    const count = this.#received.length;
    return this.#received.slice(0, share.of === 'all' ? count : Math.floor((count * 2) / 3));
  }

  draftProjects(): void {
    const { cycle, projects } = this.#of;
    for (const { id, sheet } of projects)
      this.#office.as('gov', { act: 'draft-project', project: id, cycle, sheet: changeable(sheet) });
  }

  screen(received: readonly Received[]): void {
    for (const one of received) this.#screen(one);
  }

  /** All of them answered at one moment; the projects say which of them they come from. */
  answer(answered: readonly Received[]): void {
    this.decide(answered);
    const { cycle, projects } = this.#of;
    const { state } = this.#office;
    if (draftedIn(state, cycle).length > 0)
      this.#office.as('congress', { act: 'release', cycle, drafts: draftsHash(state, cycle) });
    for (const { id, sheet } of projects) {
      const asked = (this.#office.state.answersAt.get(id)?.toArray() ?? []).sort().slice(0, MOST_FROM);
      if (asked.length === 0) continue;
      this.#office.as('gov', {
        act: 'change-project',
        project: id,
        read: sheetHash(this.#office.state.projects.get(id)?.sheet ?? sheet),
        sheet: { ...changeable(sheet), from: asked },
      });
    }
  }

  /** The first that asks for something is taken up, and those like it are merged into it, some; others are answered no. */
  decide(all: readonly Received[]): void {
    const first = new Map<string, string>();
    for (const { id, sample } of all) {
      const candidate = this.#candidate(sample);
      const known = candidate === null ? undefined : first.get(candidate);
      if (candidate !== null && !known) first.set(candidate, id);
      const outcome = this.#outcome(candidate, known);
      this.#office.as('gov', { act: 'draft-decision', proposal: id, outcome });
    }
  }

  /** The candidates are named and handed in. */
  submit(places: number): void {
    const { cycle, projects } = this.#of;
    for (const { id } of projects) this.#office.as('gov', { act: 'name-candidate', project: id });
    this.#office.as('gov', { act: 'submit-list', cycle, places, projects: projects.map(({ id }) => id) });
  }

  /** The candidate that takes it up: one in the same place before others. */
  #candidate({ projects, area }: SampleProposal): string | null {
    const alike = this.#of.projects.filter(({ id }) => projects.some((kind) => id.startsWith(`${kind}-`)));
    const near = alike.find(({ sheet }) => sheet.parts.some((part) => part.area === area));
    return (near ?? alike[0])?.id ?? null;
  }

  #receive({ wording, proposer, channel }: SampleProposal): string | null {
    const office = this.#office;
    const isEntered = channel === 'letter' || channel === 'telephone';
    const deputy = this.#draw(2) === 0 ? 'deputy1' : 'deputy2';
    const who = channel === 'online' ? null : office.who(isEntered ? 'congress' : deputy);
    const attachments = isEntered ? [office.kept('letter')] : [];
    const { cycle } = this.#of;
    const submitted = office.parts.submissions.submit(
      { cycle, channel, wording, proposer, attachments },
      who,
    );
    return submitted.is === 'received' ? submitted.proposal : null;
  }

  #screen({ id: proposal, sample: { wording, category, area } }: Received): void {
    const office = this.#office;
    const { title, text } = wording;
    office.as('gov', { act: 'clear-wording', proposal, title, text });
    office.parts.beside.clear(proposal, this.#of.cycle, { title, text });
    office.as('gov', { act: 'classify', proposal, category, area });
    const body = this.#of.bodies[this.#draw(this.#of.bodies.length)];
    if (body && this.#draw(3) === 0)
      office.as(body.id, {
        act: 'opine',
        proposal,
        opinion: { question: 'needed', answer: 'yes', reason: '群众反映集中，确有需要' },
      });
    const { enteredBy } = office.state.proposals.get(proposal) ?? {};
    const deputy = enteredBy === 'deputy1' ? 'deputy2' : 'deputy1';
    if (this.#draw(6) === 0) office.as(deputy, { act: 'second', proposal });
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
}

/** A sheet as acts take it. */
export const changeable = ({ co, from, parts, ...sheet }: SampleProject['sheet']) => ({
  ...sheet,
  co: [...co],
  from: [...from],
  parts: parts.map((part) => ({ ...part, funding: part.funding.map((each) => ({ ...each })) })),
});
