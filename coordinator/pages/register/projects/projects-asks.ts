import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ProjectDocument } from '../../../contract/register/documents.ts';
import { toRead } from '../../parts/language.ts';
import type { RegisterDoing } from '../parts/register-api.ts';
import type { ProjectCommand } from './project-view.ts';
import { projectsWords } from './projects-words.ts';

/** What is asked before an act on a project or the list. */
export interface ProjectsAsk {
  readonly name: string;
  readonly explains: string;
  readonly isGrave?: boolean;
  readonly hasReason?: boolean;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly act: (reason: string) => RegisterDoing;
}

export function commandAsk(
  command: Exclude<ProjectCommand, 'edit'>,
  { id, sheet }: Pick<ProjectDocument, 'id' | 'sheet'>,
  language: Language,
): ProjectsAsk {
  const words = projectsWords[language];
  const facts = [[words.project, toRead(sheet.title, language)]] as const;
  switch (command) {
    case 'candidate':
      return {
        ...{ name: words.candidate, explains: words.candidateExplains, facts },
        act: () => ({ act: 'name-candidate', project: id }),
      };
    case 'withdraw':
      return {
        ...{ name: words.withdrawName, explains: words.withdrawExplains, facts, hasReason: true },
        act: (reason) => ({ act: 'withdraw-candidate', project: id, reason }),
      };
    case 'drop':
      return {
        ...{ name: words.dropName, explains: words.dropExplains, facts, hasReason: true },
        act: (reason) => ({ act: 'drop-project', project: id, reason }),
      };
  }
}

export function submitAsk(
  cycle: number,
  places: number,
  projects: readonly string[],
  language: Language,
): ProjectsAsk {
  const words = projectsWords[language];
  return {
    ...{ name: words.submitName, explains: words.submitExplains },
    facts: [
      [words.places, String(places)],
      [words.list, String(projects.length)],
    ],
    act: () => ({ act: 'submit-list', cycle, places, projects }),
  };
}

/** @param list its hash. */
export function freezeAsk(cycle: number, list: string, language: Language): ProjectsAsk {
  const words = projectsWords[language];
  return {
    ...{ name: words.freezeName, explains: words.freezeExplains, isGrave: true },
    facts: [[words.fingerprint, list]],
    act: () => ({ act: 'freeze-list', cycle, list }),
  };
}

/** @param list its hash. */
export function withdrawListAsk(cycle: number, list: string, language: Language): ProjectsAsk {
  const words = projectsWords[language];
  return {
    ...{ name: words.withdrawListName, explains: words.withdrawListExplains, hasReason: true, isGrave: true },
    facts: [[words.fingerprint, list]],
    act: (reason) => ({ act: 'withdraw-list', cycle, list, reason }),
  };
}
