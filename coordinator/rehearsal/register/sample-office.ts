import type { RegisterConfig } from '../../config/register-file.ts';
import type { AttachmentStore } from '../../register/attachments/attachment-store.ts';
import type { SideStore } from '../../register/beside/side-store.ts';
import type { RegisterAct } from '../../register/model/acts.ts';
import type { Who } from '../../register/model/person.ts';
import { registerRoleFor } from '../../register/model/rights.ts';
import type { Register } from '../../register/model/state.ts';
import { dayIn } from '../../register/program/days.ts';
import type { RegisterActs } from '../../register/program/register-acts.ts';
import type { RegisterChronicle } from '../../register/program/register-chronicle.ts';
import type { Submissions } from '../../register/program/submissions.ts';

export interface SampleParts {
  readonly chronicle: RegisterChronicle;
  readonly acts: RegisterActs;
  readonly beside: SideStore;
  readonly attachments: AttachmentStore;
  readonly submissions: Submissions;
  readonly config: RegisterConfig;
  /** What stands for a scan: a picture, JPEG. */
  readonly scan: Uint8Array;
}

/** Something that is done at a moment, ms since 1970. */
export interface Task {
  readonly at: number;
  readonly do: () => void;
}

/** Everybody who does something in a sample register: by its own acts and rules, each in their own name. */
export class SampleOffice {
  readonly parts: SampleParts;

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

  /** A signed sheet or a letter, kept; its hash. */
  scan(): string {
    return this.parts.attachments.keep('jpg', this.parts.scan, null);
  }

  #done(act: RegisterAct, who: Who): void {
    const asked = this.parts.acts.ask(act, who);
    if (asked.is === 'done') return;
    const why = asked.is === 'refused' ? `${asked.reason} ${JSON.stringify(asked.gaps ?? '')}` : asked.is;
    throw new Error(`the sample's ${act.act} is not done: ${why}`);
  }
}
