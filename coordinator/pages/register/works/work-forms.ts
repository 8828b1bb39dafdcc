import type { Sheet as ProjectSheet } from '../../../../shared/projects/sheet.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { CHANGE_TERMS, INSPECTION_TERMS, label } from '../../../../shared/terms.ts';
import type { WorkDocument, WorksDocument } from '../../../contract/register/works.ts';
import type { Speech } from '../../parts/language.ts';
import type { AskedForm, FormField } from '../parts/form-dialog.ts';
import { newId } from '../parts/new-id.ts';
import { type RegisterDoing, registerApi } from '../parts/register-api.ts';
import { sheetDiffersView } from '../parts/sheet-differs.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import { worksWords } from './works-words.ts';

type Change = Extract<RegisterDoing, { act: 'decide-change' }>;
type Sheet = ProjectSheet | null;
type Kind = Change['kind'];

/** The changes that a project's standing allows. A change of what it promises has a form of its own. */
export const kindsFor = (standing: WorkDocument['standing']): readonly Kind[] =>
  standing === 'running' ? ['suspended', 'ended'] : standing === 'suspended' ? ['resumed', 'ended'] : [];

interface Ways {
  readonly language: Language;
  readonly name: NameOf;
  readonly onDone: () => void;
}

const kindField = (kinds: readonly Kind[], language: Language): FormField => ({
  ...{ is: 'choice', name: 'kind', label: worksWords[language].kind },
  options: kinds.map((kind) => [kind, label(CHANGE_TERMS[kind], language)] as const),
});

/** The changes in words, one or the other. */
export const kindsText = (kinds: readonly Kind[], language: Language): string =>
  kinds.map((kind) => label(CHANGE_TERMS[kind], language)).join(worksWords[language].or);

const kindIn = (typed: string): Kind =>
  (['changed', 'suspended', 'resumed', 'ended'] as const).find((kind) => kind === typed) ?? 'suspended';

/** What would differ from what holds now, beside what is asked or decided; nothing where no sheet changes. */
const differingFrom = (
  work: WorkDocument,
  sheet: Sheet,
  { language, name }: Ways,
): Pick<AskedForm, 'about'> =>
  sheet ? { about: sheetDiffersView(work.sheet, sheet, { language, name }) } : {};

/** Asks for a change: `sheet` is what is to hold, where that is another than now. */
export function askChangeForm(work: WorkDocument, sheet: Sheet, ways: Ways): AskedForm {
  const { language, onDone } = ways;
  const words = worksWords[language];
  const kinds: readonly Kind[] = sheet ? ['changed'] : kindsFor(work.standing);
  return {
    ...{ name: words.askChange(kindsText(kinds, language)), explains: words.askExplains, onDone },
    ...differingFrom(work, sheet, ways),
    fields: [
      kindField(kinds, language),
      { is: 'text', name: 'reason', label: words.reason, most: 2000 },
      { is: 'files', name: 'documents', label: words.documents, isOptional: true },
    ],
    act: (filled) =>
      registerApi.act({
        ...{ act: 'ask-change', project: work.id, request: newId('c'), sheet },
        kind: kindIn(filled.one('kind')),
        reason: filled.one('reason'),
        documents: [...filled.all('documents')],
      }),
  };
}

/** Enters what the committee has decided, on a request or without one; another person confirms it. */
export function decideForm(
  work: WorkDocument,
  asked: WorkDocument['requests'][number] | null,
  sheet: Sheet,
  ways: Ways,
): AskedForm {
  const { language, onDone } = ways;
  const words = worksWords[language];
  const kinds: readonly Kind[] = asked ? [asked.kind] : sheet ? ['changed'] : kindsFor(work.standing);
  return {
    ...{
      name: words.decideOn(kindsText(kinds, language)),
      explains: words.decideExplains,
      onDone,
    },
    ...differingFrom(work, asked ? asked.sheet : sheet, ways),
    fields: [
      kindField(kinds, language),
      { is: 'line', name: 'decision', label: words.decision, most: 200 },
      { is: 'text', name: 'reason', label: words.reason, most: 2000, value: asked?.reason ?? '' },
      { is: 'file', name: 'document', label: words.document },
    ],
    act: (filled) =>
      registerApi.act({
        ...{ act: 'decide-change', project: work.id, request: asked?.request ?? null },
        kind: kindIn(filled.one('kind')),
        sheet: asked ? asked.sheet : sheet,
        decision: filled.one('decision'),
        reason: filled.one('reason'),
        document: filled.one('document'),
      }),
  };
}

export function refuseForm(
  work: WorkDocument,
  { request, sheet }: WorkDocument['requests'][number],
  ways: Ways,
): AskedForm {
  const { language, onDone } = ways;
  const words = worksWords[language];
  return {
    ...{ name: words.refuse, explains: words.refuseExplains, onDone },
    ...differingFrom(work, sheet, ways),
    fields: [{ is: 'text', name: 'reason', label: words.reason, most: 2000 }],
    act: (filled) =>
      registerApi.act({ act: 'refuse-change', project: work.id, request, reason: filled.one('reason') }),
  };
}

export function orderForm(work: WorkDocument, { language, onDone }: Ways): AskedForm {
  const words = worksWords[language];
  return {
    ...{ name: words.order, explains: words.orderExplains, onDone },
    fields: [
      { is: 'text', name: 'words', label: words.what, most: 2000 },
      { is: 'date', name: 'due', label: words.until, least: work.day },
    ],
    act: (filled) =>
      registerApi.act({
        ...{ act: 'order-rectification', project: work.id },
        words: filled.one('words'),
        due: filled.one('due'),
      }),
  };
}

export function acceptForm(work: WorkDocument, { language, onDone }: Ways): AskedForm {
  const words = worksWords[language];
  return {
    ...{ name: words.accept, explains: words.acceptExplains, onDone },
    fields: [
      { is: 'text', name: 'words', label: words.opinion, most: 2000 },
      { is: 'file', name: 'document', label: words.documents, isOptional: true },
    ],
    act: (filled) =>
      registerApi.act({
        ...{ act: 'accept-rectification', project: work.id },
        words: filled.one('words'),
        document: filled.oneOrNull('document'),
      }),
  };
}

export function linkForm(work: WorkDocument, { language, onDone }: Ways): AskedForm {
  const words = worksWords[language];
  return {
    ...{ name: words.link, explains: words.linkExplains, onDone },
    fields: [
      { is: 'line', name: 'register', label: words.register, most: 64 },
      { is: 'line', name: 'project', label: words.itsProject, most: 64 },
    ],
    act: (filled) =>
      registerApi.act({
        ...{ act: 'link', project: work.id },
        to: { register: filled.one('register'), project: filled.one('project') },
      }),
  };
}

/** 专题询问, 集中视察 or 听取汇报, of one or several projects. */
export function inspectForm({ works, day }: WorksDocument, speech: Speech, onDone: () => void): AskedForm {
  const { language } = speech;
  const words = worksWords[language];
  const kinds = ['inspection', 'inquiry', 'hearing'] as const;
  return {
    ...{ name: words.inspect, explains: words.inspectExplains, onDone },
    fields: [
      {
        ...{ is: 'choice', name: 'kind', label: words.kind },
        options: kinds.map((kind) => [kind, label(INSPECTION_TERMS[kind], language)] as const),
      },
      { is: 'line', name: 'title', label: words.title, most: 200 },
      { is: 'date', name: 'day', label: words.day, value: day, last: day },
      {
        ...{ is: 'several', name: 'projects', label: words.projects },
        options: works.map(({ id, title }) => [id, speech.text(title)] as const),
      },
      { is: 'text', name: 'words', label: words.words, most: 2000, isOptional: true },
      { is: 'files', name: 'documents', label: words.documents },
    ],
    act: (filled) =>
      registerApi.act({
        ...{ act: 'inspect', event: newId('e'), day: filled.one('day'), title: filled.one('title') },
        kind: kinds.find((kind) => kind === filled.one('kind')) ?? 'inspection',
        projects: [...filled.all('projects')],
        words: filled.one('words'),
        documents: [...filled.all('documents')],
      }),
  };
}
