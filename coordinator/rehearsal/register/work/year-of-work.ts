import type { Work } from '../../../register/model/work/works.ts';
import type { SampleOffice, Task } from '../sample-office.ts';
import type { SampleRegisterKind } from '../sample-registers.ts';
import type { ToldProject } from './stories.ts';

/** 10:00 on a day, where the sample is. */
export const at = (year: number, day: string): number => Date.parse(`${year}-${day}T10:00:00+08:00`);
export const onDay = (day: string): number => Date.parse(`${day}T10:00:00+08:00`);

/** A year whose projects are carried out. */
export interface YearOfWork {
  readonly office: SampleOffice;
  readonly kind: SampleRegisterKind;
  readonly year: number;
  readonly projects: readonly ToldProject[];
  /** Whether all of it has come to an end. */
  readonly isOver: boolean;
  /** The last month that is reported. */
  readonly lastReport: string;
}

/** A project as it stands at this moment. */
export function workOf(office: SampleOffice, id: string): Work {
  const work = office.state.works.projects.get(id);
  if (!work) throw new Error(`nobody chose ${id}`);
  return work;
}

/** Something that is done with each project on a day. */
export const each = (
  { projects }: YearOfWork,
  when: number,
  does: (project: ToldProject, i: number) => void,
): Task => ({ at: when, do: () => projects.forEach(does) });
