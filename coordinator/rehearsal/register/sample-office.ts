import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import { verifyBundle } from '../../bundle/verify/verify.ts';
import type { RegisterConfig } from '../../config/register-file.ts';
import type { AttachmentStore } from '../../register/attachments/attachment-store.ts';
import type { SideStore } from '../../register/beside/side-store.ts';
import { appraisalOfVerified } from '../../register/bridge/appraisal-of-bundle.ts';
import { resultOfVerified } from '../../register/bridge/result-of-bundle.ts';
import type { RegisterAct } from '../../register/model/acts.ts';
import { dayIn } from '../../register/model/days.ts';
import type { Who } from '../../register/model/person.ts';
import { registerRoleFor } from '../../register/model/rights.ts';
import type { Register } from '../../register/model/state.ts';
import { publishedBefore } from '../../register/notices/calendar.ts';
import { noticeOf } from '../../register/notices/make.ts';
import type { NoticeWords } from '../../register/notices/notice.ts';
import { noticeText, readNotice } from '../../register/notices/notice-text.ts';
import type { NoticeAsk } from '../../register/notices/period.ts';
import type { NoticePaper } from '../../register/papers/documents.ts';
import type { BundleShelf } from '../../register/program/bundle-shelf.ts';
import { paperOf } from '../../register/program/notices.ts';
import type { RegisterActs } from '../../register/program/register-acts.ts';
import type { RegisterChronicle } from '../../register/program/register-chronicle.ts';
import type { Submissions } from '../../register/program/submissions.ts';
import { bundleOfSitting, type HeldSitting, type SampleSeats, sampleSeats } from './past/held-sitting.ts';
import type { SamplePictures } from './sample-scan.ts';

export interface SampleParts {
  readonly chronicle: RegisterChronicle;
  readonly acts: RegisterActs;
  readonly beside: SideStore;
  readonly attachments: AttachmentStore;
  readonly submissions: Submissions;
  readonly config: RegisterConfig;
  readonly shelf: BundleShelf;
  readonly pictures: SamplePictures;
  /** A published document on paper, as PDF. */
  readonly paper: (paper: NoticePaper) => Uint8Array;
  readonly random: RandomBytes;
  readonly version: string;
}

/** Something that is done at a moment, ms since 1970. */
export interface Task {
  readonly at: number;
  readonly do: () => void;
}

/** Everybody who does something in a sample register: by its own acts and rules, each in their own name. */
export class SampleOffice {
  readonly parts: SampleParts;
  readonly #hashes = new Map<keyof SamplePictures, string>();
  #seats: SampleSeats | null = null;

  constructor(parts: SampleParts) {
    this.parts = parts;
  }

  get state(): Register {
    return this.parts.chronicle.state;
  }

  /** The day of a moment, as `2026-10-08`. */
  day(time: number): string {
    return dayIn(this.parts.config.timezone)(time);
  }

  today(): string {
    return this.day(this.parts.chronicle.now());
  }

  as(person: string, act: RegisterAct): void {
    this.#done(act, this.who(person, act));
  }

  /** What two must agree on. */
  both(person: string, other: string, act: RegisterAct): void {
    this.#done(act, { by: this.who(person, act).by, with: this.who(other).by });
  }

  /** Somebody in the role in which they do `act`; without one, in their first. */
  who(person: string, act?: RegisterAct): Who {
    const known = this.state.staff.get(person);
    if (!known) throw new Error(`nobody is ${person}`);
    const role = (act && registerRoleFor(known, act.act)) ?? known.roles[0];
    if (!role) throw new Error(`${person} has no role`);
    return { by: { role, id: known.id, name: known.name } };
  }

  /** A signed sheet, kept; its hash. */
  scan(): string {
    return this.kept('scan');
  }

  /** A photograph from a site, kept; its hash. */
  photo(): string {
    return this.kept('photo');
  }

  /** Any of the pictures, kept; its hash. */
  kept(what: keyof SamplePictures): string {
    const { whole, small } = this.parts.pictures[what];
    const hash = this.#hashes.get(what) ?? this.parts.attachments.keep('jpg', whole, small);
    this.#hashes.set(what, hash);
    return hash;
  }

  /** What such a sitting decided on the list of a cycle, and how it graded the projects of the year before: from its bundle. */
  takeSitting(cycle: number, roll: number, sitting: HeldSitting): void {
    const { random, version, shelf } = this.parts;
    this.#seats ??= sampleSeats(roll, random);
    const bundle = bundleOfSitting(this.#seats, sitting, random, version);
    const verified = verifyBundle(bundle, { key: this.#seats.key.x });
    const listOf = (year: number) => this.state.cycles.get(year)?.frozen?.hash ?? '';
    const result = resultOfVerified(verified, bundle, listOf(cycle));
    const before = { list: listOf(cycle - 1), cycle: cycle - 1 };
    const graded = appraisalOfVerified(verified, bundle, before);
    if (!result.ok || !graded.ok) throw new Error(`the sample's bundle of ${cycle} proves nothing`);
    shelf.keep(result.result.manifest, bundle);
    this.as('congress', { act: 'enter-appraisal', appraisal: graded.appraisal });
    this.as('congress', { act: 'enter-result', cycle, result: result.result });
  }

  /** Publishes a document: text and paper are kept under their hashes, before the entry that names them. */
  publish(ask: NoticeAsk, given: Partial<NoticeWords> = {}): void {
    const { config, chronicle, attachments, paper } = this.parts;
    const { timezone } = config;
    const { begun, head, works, vocabulary } = this.state;
    const compared = publishedBefore(works, ask);
    const before = compared && readNotice(String(attachments.read(compared.text)?.bytes));
    const dayOf = dayIn(timezone);
    const ground = { works, vocabulary, day: dayOf(chronicle.now()), dayOf, before };
    const made = begun && noticeOf(ask, ground, { begun, head, language: 'zh', timezone }, null);
    if (!made) throw new Error(`there is nothing for a ${ask.kind} of ${ask.period}`);
    const notice = { ...made, words: { ...made.words, ...given } };
    const { document, title, replaces } = notice;
    const text = attachments.keep('json', Buffer.from(noticeText(notice)), null);
    const pdf = attachments.keep('pdf', paper(paperOf(notice)), null);
    this.as('congress', { act: 'publish', ...ask, document, title, text, pdf, replaces });
  }

  #done(act: RegisterAct, who: Who): void {
    const asked = this.parts.acts.ask(act, who);
    if (asked.is === 'done') return;
    const why = asked.is === 'refused' ? `${asked.reason} ${JSON.stringify(asked.gaps ?? '')}` : asked.is;
    throw new Error(`the sample's ${act.act} is not done: ${why}`);
  }
}
