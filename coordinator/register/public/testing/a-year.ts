import { type Sheet, Sheet as SheetShape } from '../../../../shared/projects/sheet.ts';
import { sheet as sampleSheet } from '../../../../shared/projects/testing/sample-sheet.ts';
import type { RegisterAct } from '../../model/acts.ts';
import { draftsHash } from '../../model/drafts.ts';
import { sheetHash, submittedHash } from '../../model/state.ts';
import { CYCLE, hash, proposalId, type SmallRegister, wish } from '../../model/testing/small-register.ts';

/** Stands in every word that must not be seen yet, or never. */
export const HIDDEN = 'HIDDEN-WORD';
/** What somebody might write who wants to be more than text. */
export const NASTY = '=1+1<script>alert(1)</script><b onclick="x">&amp;\'"';

/** A step of a year, and whether anybody outside sees that it was done. */
export interface YearStep {
  readonly what: string;
  readonly shows: boolean;
  readonly by: string | null;
  readonly second?: string;
  readonly act: (register: SmallRegister) => RegisterAct;
}

const [A, B, C, D] = ['A', 'B', 'C', 'D'].map(proposalId) as [string, string, string, string];

const sheetOf = (title: string) => sampleSheet(title, [A]);

function changed(register: SmallRegister, id: string, change: (sheet: Sheet) => Sheet): RegisterAct {
  const sheet = register.state().projects.get(id)?.sheet ?? sheetOf(id);
  const after = SheetShape.parse(change(sheet));
  return { act: 'change-project', project: id, read: sheetHash(sheet), sheet: after };
}

function submitted(register: SmallRegister): string {
  const cycle = register.state().cycles.get(CYCLE);
  return (cycle && submittedHash(register.state(), cycle)) ?? '';
}

const step = (
  what: string,
  shows: boolean,
  by: string | null,
  act: RegisterAct | ((register: SmallRegister) => RegisterAct),
  second?: string,
): YearStep => ({
  ...{ what, shows, by },
  act: typeof act === 'function' ? act : () => act,
  ...(second !== undefined && { second }),
});

const clear = (proposal: string, title: string): RegisterAct => ({
  act: 'clear-wording',
  proposal,
  title: `${title}${NASTY}`,
  text: `${NASTY}\n${title}`,
});

/** A year from its first proposal to the vote, each kind of act in it: what is hidden says so in every word. */
export const YEAR_STEPS: readonly YearStep[] = [
  ...[A, B, C, D].map((id) => step(`received ${id}`, true, null, wish(id.slice(-1)))),
  step('cleared A', true, 'congress', clear(A, '修路')),
  step('cleared B', true, 'government', clear(B, '路灯')),
  step('cleared D', true, 'government', clear(D, '球场')),
  step('classified', true, 'government', { act: 'classify', proposal: A, category: 'roads', area: 'north' }),
  step('seconded', true, 'deputy-a', { act: 'second', proposal: A }),
  step('opinion', false, 'transport', {
    act: 'opine',
    proposal: A,
    opinion: { question: 'needed', answer: 'no', reason: HIDDEN },
  }),
  ...['a', 'b'].map((project) =>
    step(`drafted ${project}`, false, 'government', {
      act: 'draft-project',
      project,
      cycle: CYCLE,
      sheet: sheetOf(`${HIDDEN}${project}`),
    }),
  ),
  ...(
    [
      [A, { is: 'adopted', project: 'a' }],
      [B, { is: 'merged', into: A }],
      [C, { is: 'excluded', ground: 'private', reason: HIDDEN }],
      [D, { is: 'not-adopted', reason: HIDDEN }],
    ] as const
  ).map(([proposal, outcome]) =>
    step(`answer of ${proposal} drafted`, false, 'government', { act: 'draft-decision', proposal, outcome }),
  ),
  step('answer drafted anew', false, 'government', {
    act: 'draft-decision',
    proposal: D,
    outcome: { is: 'not-adopted', reason: `${HIDDEN} again` },
  }),
  step('answer undrafted', false, 'government', { act: 'draft-decision', proposal: D, outcome: null }),
  step('answer of C as it is said', false, 'government', {
    act: 'draft-decision',
    proposal: C,
    outcome: { is: 'excluded', ground: 'private', reason: `已有专项${NASTY}` },
  }),
  step('answer of D as it is said', false, 'government', {
    act: 'draft-decision',
    proposal: D,
    outcome: { is: 'not-adopted', reason: `暂缓${NASTY}` },
  }),
  ...['a', 'b'].flatMap((project) => [
    step(`changed ${project}`, false, 'government', {
      act: 'change-project',
      project,
      read: sheetHash(sheetOf(`${HIDDEN}${project}`)),
      sheet: {
        ...sheetOf(`项目${project}${NASTY}`),
        content: `${NASTY}建设`,
        beneficiaries: `${NASTY}居民`,
      },
    }),
    step(`candidate ${project}`, false, 'government', { act: 'name-candidate', project }),
  ]),
  step('handed in', false, 'government', {
    act: 'submit-list',
    cycle: CYCLE,
    places: 1,
    projects: ['a', 'b'],
  }),
  step('released', true, 'congress', (register) => ({
    act: 'release',
    cycle: CYCLE,
    drafts: draftsHash(register.state(), CYCLE),
  })),
  // What an answer has named is called so until the list is frozen, whatever is drafted meanwhile.
  step('renamed once it was named', false, 'government', (register) =>
    changed(register, 'a', (sheet) => ({ ...sheet, title: { zh: HIDDEN } })),
  ),
  step('named as it was', false, 'government', (register) =>
    changed(register, 'a', (sheet) => ({ ...sheet, title: sheetOf(`项目a${NASTY}`).title })),
  ),
  step(
    'frozen',
    true,
    'congress',
    (register) => ({ act: 'freeze-list', cycle: CYCLE, list: submitted(register) }),
    'government',
  ),
  step('erased', false, 'congress', { act: 'erase', proposal: A, reason: HIDDEN }),
  step('voted', true, 'congress', (register) => ({
    act: 'enter-result',
    cycle: CYCLE,
    result: {
      list: submitted(register),
      congress: '清河镇人民代表大会',
      hall: 'town-hall',
      sitting: 's1',
      manifest: hash('manifest'),
      key: 'A'.repeat(43),
      rounds: [
        {
          ...{
            round: 'm1/1',
            roll: 164,
            present: 160,
            cast: 159,
            byHand: false,
            secret: true,
            tiedPlaces: 0,
          },
          candidates: [
            { project: 'a', votes: 143, selected: true },
            { project: 'b', votes: 30, selected: false },
          ],
        },
      ],
    },
  })),
];
