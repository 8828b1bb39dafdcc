import type { WorkAct } from './work-acts.ts';
import type { Work, Works } from './works.ts';

/** The files that an act speaks of, by their hashes: they must be kept before it is entered. */
export function filesOfAct(act: WorkAct): readonly string[] {
  switch (act.act) {
    case 'report':
    case 'answer-finding':
    case 'explain':
      return act.evidence;
    case 'visit':
    case 'find':
    case 'look-back':
      return act.photos;
    case 'inspect':
    case 'ask-change':
      return act.documents;
    case 'decide-change':
      return [act.document];
    case 'enter-paper-appraisal':
      return [act.paper.sheet];
    case 'accept-rectification':
      return act.document === null ? [] : [act.document];
    case 'publish':
      return [act.text, act.pdf];
    case 'speak':
      return act.attachments;
    case 'plan':
    case 'appoint-group':
    case 'settle-figure':
    case 'return-finding':
    case 'close-finding':
    case 'remind':
    case 'refuse-change':
    case 'enter-appraisal':
    case 'order-rectification':
    case 'clear-voice':
    case 'answer-voice':
    case 'erase-voice':
    case 'link':
      return [];
  }
}

/** The files that everybody may see: what bodies, groups and committees have attached. Those of voices are not among them. */
export function publicFilesOf({ projects, inspections, documents }: Works): ReadonlySet<string> {
  return new Set([
    ...[...projects.values()].flatMap(filesOfWork),
    ...[...inspections.values()].flatMap((one) => one.documents),
    ...[...documents.values()].flatMap(({ text, pdf }) => [text, pdf]),
  ]);
}

/** The files of voices, which the offices see. */
export const voiceFilesOf = ({ voices }: Works): readonly string[] =>
  [...voices.values()].flatMap(({ attachments, erased }) => (erased ? [] : attachments));

function filesOfWork(work: Work): readonly string[] {
  return [
    ...[...work.parts.values()].flatMap(({ reports }) =>
      [...reports.values()].flatMap((one) => one.evidence),
    ),
    ...[...work.visits.values()].flatMap(({ photos }) => photos),
    ...[...work.findings.values()].flatMap(({ photos, answers }) => [
      ...photos,
      ...[...answers].flatMap(({ evidence }) => evidence),
    ]),
    ...[...work.requests.values()].flatMap(({ documents }) => documents),
    ...[...work.changes].map(({ document }) => document),
    ...[...work.appraisals].flatMap(({ how, proof }) => (how === 'paper' ? [proof] : [])),
    ...[...work.rectifications].flatMap(({ explanations }) =>
      explanations.flatMap(({ evidence }) => evidence),
    ),
    ...[...work.lookBacks.values()].flatMap(({ photos }) => photos),
  ];
}
