import { expect, it } from 'vitest';
import { sheet } from '../../../shared/projects/testing/sample-sheet.ts';
import { draftsHash } from '../model/drafts.ts';
import { sheetHash, submittedHash } from '../model/state.ts';
import {
  CYCLE,
  hash,
  proposalId,
  type SmallRegister,
  smallRegister,
  wish,
} from '../model/testing/small-register.ts';
import { answeredOf, bookletOf } from './of-register.ts';

const PROPOSALS = ['A', 'B', 'C', 'D'] as const;
const REASON = '已列入专项';

/** Four proposals whose answers are drafted: adopted, merged into that one, excluded, not adopted. */
function drafted(): SmallRegister {
  const register = smallRegister();
  for (const end of PROPOSALS) register.act(wish(end), null);
  for (const project of ['a', 'b']) {
    register.act(
      { act: 'draft-project', project, cycle: CYCLE, sheet: sheet(`项目${project}`) },
      'government',
    );
    register.act({ act: 'name-candidate', project }, 'government');
  }
  register.act(
    { act: 'clear-wording', proposal: proposalId('A'), title: '修路', text: '路坏了' },
    'congress',
  );
  const outcomes = [
    { is: 'adopted', project: 'a' },
    { is: 'merged', into: proposalId('A') },
    { is: 'excluded', ground: 'private', reason: REASON },
    { is: 'not-adopted', reason: REASON },
  ] as const;
  for (const [at, outcome] of outcomes.entries())
    register.act({ act: 'draft-decision', proposal: proposalId(PROPOSALS[at] ?? ''), outcome }, 'government');
  return register;
}

const answers = (register: SmallRegister) =>
  PROPOSALS.map((end) => answeredOf(register.state(), proposalId(end), 'zh'));

const release = (register: SmallRegister) =>
  register.act({ act: 'release', cycle: CYCLE, drafts: draftsHash(register.state(), CYCLE) }, 'congress');

/** The list of both projects is frozen; its hash. */
function freeze(register: SmallRegister): string {
  register.act({ act: 'submit-list', cycle: CYCLE, places: 1, projects: ['a', 'b'] }, 'government');
  const cycle = register.state().cycles.get(CYCLE);
  const list = (cycle && submittedHash(register.state(), cycle)) ?? '';
  register.act({ act: 'freeze-list', cycle: CYCLE, list }, 'congress', 'government');
  return list;
}

/** Released, and the list with both projects frozen. */
function listed(): { readonly register: SmallRegister; readonly list: string } {
  const register = drafted();
  release(register);
  return { register, list: freeze(register) };
}

it('no letter says what is drafted', () => {
  expect(answers(drafted())).toEqual([null, null, null, null]);
});

it('what was released is said in names, and of a merged one what became of the other', () => {
  const adopted = { is: 'adopted', project: '项目a', vote: null };
  expect(answers(listed().register)).toEqual([
    adopted,
    { is: 'merged', into: proposalId('A'), title: '修路', became: adopted },
    { is: 'excluded', ground: 'private', reason: REASON },
    { is: 'not-adopted', reason: REASON },
  ]);
});

it('a letter names the project as the answer did that was released, until the list is frozen', () => {
  const register = drafted();
  release(register);
  const renamed = sheet('未定名称');
  const read = sheetHash(sheet('项目a'));
  register.act({ act: 'change-project', project: 'a', read, sheet: renamed }, 'government');
  const adopted = { is: 'adopted', project: '项目a', vote: null };
  expect(answers(register).slice(0, 2)).toEqual([
    adopted,
    { is: 'merged', into: proposalId('A'), title: '修路', became: adopted },
  ]);
  freeze(register);
  expect(answers(register)[0]).toEqual({ ...adopted, project: '未定名称' });
});

it('after the vote, the votes and the bundle are said; of a vote on paper the signed sheet', () => {
  const { register, list } = listed();
  const round = {
    round: 'm1/1',
    roll: 60,
    present: 58,
    cast: 57,
    byHand: false,
    secret: true,
    tiedPlaces: 0,
  };
  const candidates = [
    { project: 'a', votes: 50, selected: true },
    { project: 'b', votes: 30, selected: false },
  ];
  const result = {
    list,
    congress: '清河镇人民代表大会',
    hall: 'town-hall',
    sitting: 's1',
    manifest: hash('manifest'),
    key: 'A'.repeat(43),
    rounds: [{ ...round, candidates }],
  };
  register.act({ act: 'enter-result', cycle: CYCLE, result }, 'congress');
  const proof = { how: 'bundle', hash: hash('manifest') };
  expect(answers(register)[0]).toEqual({
    is: 'adopted',
    project: '项目a',
    vote: { isChosen: true, count: { votes: 50, roll: 60 }, list, proof },
  });

  const other = listed();
  const numbers = {
    roll: 60,
    present: 58,
    cast: 57,
    votes: ['a', 'b'].map((project) => ({ project, votes: 40 })),
  };
  const paper = { act: 'enter-paper-result', cycle: CYCLE, list: other.list, ...numbers } as const;
  other.register.act(
    { ...paper, chosen: ['b'], sheet: hash('sheet'), reason: '会场停电' },
    'congress',
    'congress-2',
  );
  expect(answers(other.register)[0]).toMatchObject({
    vote: { isChosen: false, count: { votes: 40, roll: 60 }, proof: { how: 'paper', hash: hash('sheet') } },
  });
});

it('there is a booklet of a list once it is frozen', () => {
  const issued = { language: 'zh', issuer: '清河镇人民代表大会', date: '2026-12-08', number: null } as const;
  const before = drafted().state().cycles.get(CYCLE);
  expect(before && bookletOf(before, issued)).toBeNull();
  const { register, list } = listed();
  const cycle = register.state().cycles.get(CYCLE);
  expect(cycle && bookletOf(cycle, issued)).toMatchObject({
    kind: 'booklet',
    hash: list,
    list: { places: 1 },
  });
});
