import { describe, expect, it } from 'vitest';
import { listHash, listText } from '../../../shared/projects/list.ts';
import { MOST_HALL_LIST } from '../../../shared/projects/read-list.ts';
import type { Sheet } from '../../../shared/projects/sheet.ts';
import { part, sheet } from '../../../shared/projects/testing/sample-sheet.ts';
import type { Decision } from './decided.ts';
import { draftsHash } from './drafts.ts';
import type { HallResult } from './hall-result.ts';
import { proposalState, sheetHash, submittedHash, submittedList } from './state.ts';
import {
  actor,
  CYCLE,
  hash,
  proposalId,
  type SmallRegister,
  smallRegister,
  wish,
} from './testing/small-register.ts';

const why = (decision: Decision) => (decision.ok ? 'done' : decision.reason);

/** Three candidates for two places, handed in and not frozen. */
function submitted(): SmallRegister {
  const register = smallRegister();
  for (const project of ['a', 'b', 'c']) {
    register.act(
      { act: 'draft-project', project, cycle: CYCLE, sheet: sheet(`项目${project}`) },
      'government',
    );
    register.act({ act: 'name-candidate', project }, 'government');
  }
  const done = register.act(
    { act: 'submit-list', cycle: CYCLE, places: 2, projects: ['a', 'b', 'c'] },
    'government',
  );
  expect(why(done)).toBe('done');
  return register;
}

function hashOf(register: SmallRegister): string {
  const cycle = register.state().cycles.get(CYCLE);
  const found = cycle && submittedHash(register.state(), cycle);
  if (!found) throw new Error('nothing was handed in');
  return found;
}

function frozen(): { register: SmallRegister; list: string } {
  const register = submitted();
  const list = hashOf(register);
  expect(why(register.act({ act: 'freeze-list', cycle: CYCLE, list }, 'congress', 'government'))).toBe(
    'done',
  );
  return { register, list };
}

const result = (list: string, change: Partial<HallResult> = {}): HallResult => ({
  list,
  congress: '清河镇人民代表大会',
  hall: 'town-hall',
  sitting: 's1',
  manifest: hash('manifest'),
  key: 'A'.repeat(43),
  rounds: [
    {
      round: 'm1/1',
      roll: 60,
      present: 58,
      cast: 57,
      byHand: false,
      secret: true,
      candidates: [
        { project: 'a', votes: 50, selected: true },
        { project: 'b', votes: 30, selected: false },
        { project: 'c', votes: 34, selected: true },
      ],
      tiedPlaces: 0,
    },
  ],
  ...change,
});
const enter = (register: SmallRegister, of: HallResult) =>
  why(register.act({ act: 'enter-result', cycle: CYCLE, result: of }, 'congress'));

describe('proposals', () => {
  it('anybody proposes while proposals are collected, and not a day longer', () => {
    const register = smallRegister();
    expect(why(register.act(wish('A'), null))).toBe('done');
    expect(why(register.act(wish('A'), null))).toBe('proposal-twice');
    expect(why(register.act(wish('B'), null, undefined, '2026-10-31'))).toBe('done');
    expect(why(register.act(wish('C'), null, undefined, '2026-11-01'))).toBe('not-collecting');
    expect(why(register.act(wish('C'), null, undefined, '2026-09-30'))).toBe('not-collecting');
    expect(register.state().proposals.get(proposalId('A'))).toMatchObject({
      source: 'public',
      enteredBy: null,
    });
  });

  it('the congress office enters what came on paper, with its scan', () => {
    const register = smallRegister();
    const letter = { ...wish('A'), channel: 'letter' } as const;
    expect(why(register.act(letter, 'congress'))).toBe('paper-needs-scan');
    expect(why(register.act({ ...letter, attachments: [hash('scan')] }, 'congress'))).toBe('done');
    expect(why(register.act({ ...wish('B'), channel: 'letter' }, null))).toBe('online-only');
  });

  it('what a deputy or a department proposes says so, and nobody seconds their own', () => {
    const register = smallRegister();
    register.act(wish('A'), 'deputy-a');
    register.act(wish('B'), 'transport');
    const { proposals } = register.state();
    expect([proposals.get(proposalId('A'))?.source, proposals.get(proposalId('B'))?.source]).toEqual([
      'deputy',
      'department',
    ]);
    const second = { act: 'second', proposal: proposalId('A') } as const;
    expect(why(register.act(second, 'deputy-a'))).toBe('own-proposal');
    expect(why(register.act(second, 'deputy-b'))).toBe('done');
    expect(why(register.act(second, 'deputy-b'))).toBe('seconded-already');
    expect(why(register.act(second, 'government'))).toBe('not-allowed');
  });

  it('answers are drafted unseen and released at one moment', () => {
    const register = smallRegister();
    for (const end of ['A', 'B', 'C']) register.act(wish(end), null);
    const answer = (
      end: string,
      outcome: Extract<Parameters<SmallRegister['act']>[0], { act: 'draft-decision' }>['outcome'],
    ) => why(register.act({ act: 'draft-decision', proposal: proposalId(end), outcome }, 'government'));
    expect(answer('A', { is: 'merged', into: proposalId('A') })).toBe('merge-itself');
    expect(answer('A', { is: 'merged', into: proposalId('B') })).toBe('done');
    expect(answer('B', { is: 'merged', into: proposalId('C') })).toBe('merged-into-this');
    expect(answer('C', { is: 'merged', into: proposalId('A') })).toBe('merge-chain');
    expect(answer('C', { is: 'excluded', ground: 'nobody', reason: '个人事项' })).toBe('unknown-ground');
    expect(answer('C', { is: 'excluded', ground: 'private', reason: '个人事项' })).toBe('done');
    const states = () => [...register.state().proposals.values()].map(proposalState);
    expect(states()).toEqual(['received', 'received', 'received']);
    const seen = () => draftsHash(register.state(), CYCLE);
    const release = (drafts = seen()) =>
      why(register.act({ act: 'release', cycle: CYCLE, drafts }, 'congress'));
    expect(release(hash('none'))).toBe('others-drafted');
    expect(release()).toBe('merge-target-open');
    expect(answer('B', { is: 'not-adopted', reason: '今年财力有限' })).toBe('done');
    // As many as before, and one of them says another thing.
    const before = seen();
    expect(answer('B', { is: 'not-adopted', reason: '不予考虑' })).toBe('done');
    expect(release(before)).toBe('others-drafted');
    expect(answer('B', { is: 'not-adopted', reason: '今年财力有限' })).toBe('done');
    expect(release(before)).toBe('done');
    expect(states()).toEqual(['merged', 'not-adopted', 'excluded']);
    const times = [...register.state().proposals.values()].map((one) => one.answer?.at);
    expect(new Set(times).size).toBe(1);
    expect(answer('A', null)).toBe('already-answered');
    expect(release()).toBe('nothing-drafted');
  });

  it('a proposal is adopted into a project of its cycle once its wording is cleared, and the project then stays', () => {
    const register = smallRegister();
    register.act(wish('A'), null);
    const outcome = { is: 'adopted', project: 'road' } as const;
    const draft = { act: 'draft-decision', proposal: proposalId('A'), outcome } as const;
    expect(why(register.act(draft, 'government'))).toBe('unknown-project');
    register.act(
      { act: 'draft-project', project: 'road', cycle: CYCLE, sheet: sheet('道路', [proposalId('A')]) },
      'government',
    );
    expect(why(register.act(draft, 'government'))).toBe('done');
    const seen = () => draftsHash(register.state(), CYCLE);
    const release = (drafts = seen()) =>
      why(register.act({ act: 'release', cycle: CYCLE, drafts }, 'congress'));
    expect(release()).toBe('wording-not-cleared');
    const drop = { act: 'drop-project', project: 'road', reason: '重复' } as const;
    expect(why(register.act(drop, 'government'))).toBe('answers-depend');
    register.act(
      { act: 'clear-wording', proposal: proposalId('A'), title: '修路', text: '北路坑洼不平' },
      'congress',
    );
    // The answer names the project: under another title it is another answer.
    const before = seen();
    const read = sheetHash(sheet('道路', [proposalId('A')]));
    const renamed = { act: 'change-project', project: 'road', read, sheet: sheet('桥梁') } as const;
    expect(why(register.act(renamed, 'government'))).toBe('done');
    expect(release(before)).toBe('others-drafted');
    expect(release()).toBe('done');
    expect(why(register.act(drop, 'government'))).toBe('answers-depend');
  });
});

describe('the list', () => {
  it('needs more candidates than places, each complete', () => {
    const register = submitted();
    const submit = (places: number, projects: string[]) =>
      why(register.act({ act: 'submit-list', cycle: CYCLE, places, projects }, 'government'));
    expect(submit(3, ['a', 'b', 'c'])).toBe('no-surplus');
    expect(submit(1, ['a', 'a'])).toBe('named-twice');
    expect(submit(1, ['a', 'nothing'])).toBe('unknown-project');
    const bare = { ...sheet('空项目'), parts: [], content: '' };
    register.act({ act: 'draft-project', project: 'bare', cycle: CYCLE, sheet: bare }, 'government');
    expect(submit(1, ['a', 'bare'])).toBe('not-a-candidate');
    const named = register.act({ act: 'name-candidate', project: 'bare' }, 'government');
    expect(named).toMatchObject({ reason: 'incomplete' });
    if (!named.ok) expect(named.gaps?.map(({ gap }) => gap.what)).toEqual(['no-content', 'no-parts']);
  });

  it('is frozen by two persons who have read the same, to the letter', () => {
    const register = submitted();
    const list = hashOf(register);
    const freeze = (by: string, second?: string, of = list) =>
      why(register.act({ act: 'freeze-list', cycle: CYCLE, list: of }, by, second));
    expect(freeze('congress')).toBe('second-person');
    expect(freeze('congress', 'congress')).toBe('second-person');
    expect(freeze('congress', 'auditor')).toBe('second-person');
    expect(freeze('government', 'congress')).toBe('not-allowed');
    const { sheet: was } = register.state().projects.get('a') ?? { sheet: sheet('') };
    const change = (read: Sheet, title: string) =>
      register.act(
        { act: 'change-project', project: 'a', read: sheetHash(read), sheet: sheet(title) },
        'government',
      );
    expect(change(was, '项目a（改）').ok).toBe(true);
    // Whoever still has the one before would overwrite what they have not seen.
    expect(why(change(was, '项目a（另改）'))).toBe('other-sheet');
    expect(freeze('congress', 'government')).toBe('other-list');
    expect(freeze('congress', 'government', hashOf(register))).toBe('done');
    expect(why(change(sheet('项目a（改）'), '再改'))).toBe('project-fixed');
    const { frozen: now } = register.state().cycles.get(CYCLE) ?? {};
    expect(now && listHash(now.list)).toBe(now?.hash);
  });

  it('is not frozen where no hall could take it: a letter too long is refused, one less is not', () => {
    const register = smallRegister();
    const long = (title: string, parts: number, content = ''): Sheet => ({
      ...sheet(title),
      content: `建设${content}`,
      parts: Array.from({ length: parts }, (_, i) => ({
        ...part(`p${String(i).padStart(3, '0')}`),
        title: '长'.repeat(200),
        place: '地'.repeat(200),
      })),
    });
    const projects = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const project of projects) {
      register.act({ act: 'draft-project', project, cycle: CYCLE, sheet: long(project, 150) }, 'government');
      register.act({ act: 'name-candidate', project }, 'government');
    }
    register.act({ act: 'submit-list', cycle: CYCLE, places: 2, projects }, 'government');
    const length = () => {
      const cycle = register.state().cycles.get(CYCLE);
      const list = cycle && submittedList(register.state(), cycle);
      return list ? listText(list).length : 0;
    };
    const change = (now: Sheet) => {
      const read = sheetHash(register.state().projects.get('a')?.sheet ?? now);
      expect(why(register.act({ act: 'change-project', project: 'a', read, sheet: now }, 'government'))).toBe(
        'done',
      );
    };
    const freeze = () =>
      why(
        register.act({ act: 'freeze-list', cycle: CYCLE, list: hashOf(register) }, 'congress', 'government'),
      );
    change(long('a', 1));
    const one = length();
    change(long('a', 2));
    const parts = 1 + Math.floor((MOST_HALL_LIST - one) / (length() - one));
    change(long('a', parts));
    const missing = MOST_HALL_LIST - length();
    change(long('a', parts, '字'.repeat(missing + 1)));
    expect([length(), freeze()]).toEqual([MOST_HALL_LIST + 1, 'list-too-long']);
    change(long('a', parts, '字'.repeat(missing)));
    expect([length(), freeze()]).toEqual([MOST_HALL_LIST, 'done']);
  });

  it('a person of another name, or a role they have not, freezes nothing', () => {
    const register = submitted();
    const list = hashOf(register);
    const act = { act: 'freeze-list', cycle: CYCLE, list } as const;
    const by = actor('congress');
    const other = actor('government');
    expect(why(register.actAs(act, { by: { ...by, name: '别人' }, with: other }))).toBe('not-allowed');
    expect(why(register.actAs(act, { by: { ...by, role: 'standing-committee' }, with: other }))).toBe(
      'not-allowed',
    );
    expect(why(register.actAs(act, { by, with: { ...other, role: 'congress-office' } }))).toBe(
      'second-person',
    );
  });
});

describe('the result', () => {
  it('of the frozen list moves its projects, once', () => {
    const { register, list } = frozen();
    expect(enter(register, result(list))).toBe('done');
    const states = ['a', 'b', 'c'].map((id) => register.state().projects.get(id)?.state);
    expect(states).toEqual(['chosen', 'not-chosen', 'chosen']);
    expect(enter(register, result(list, { manifest: hash('other') }))).toBe('cycle-decided');
  });

  it('of another list, another congress, with other candidates or a tie, moves nothing', () => {
    const { register, list } = frozen();
    const [round] = result(list).rounds;
    if (!round) throw new Error('no round');
    const { rows } = register;
    const before = rows.length;
    expect(enter(register, result(hash('another')))).toBe('other-list');
    expect(enter(register, result(list, { congress: '别处' }))).toBe('other-congress');
    expect(
      enter(register, result(list, { rounds: [{ ...round, candidates: round.candidates.slice(1) }] })),
    ).toBe('other-candidates');
    expect(enter(register, result(list, { rounds: [{ ...round, tiedPlaces: 1 }] }))).toBe('tie-open');
    expect(enter(register, result(list, { rounds: [{ ...round, cast: 49 }] }))).toBe('counts-impossible');
    const all = round.candidates.map((one) => ({ ...one, selected: true }));
    expect(enter(register, result(list, { rounds: [{ ...round, candidates: all }] }))).toBe(
      'too-many-chosen',
    );
    expect(rows).toHaveLength(before);
  });

  it('a vote on those who were level settles the rest', () => {
    const { register, list } = frozen();
    const [round] = result(list).rounds;
    if (!round) throw new Error('no round');
    const first = {
      ...round,
      tiedPlaces: 1,
      candidates: round.candidates.map((one) => ({ ...one, selected: one.project === 'a' })),
    };
    const again = (project: string) => ({
      ...round,
      round: 'm1-again/1',
      candidates: [
        { project: 'b', votes: 20, selected: project === 'b' },
        { project: 'c', votes: 37, selected: project === 'c' },
      ],
    });
    const old = { ...again('c'), candidates: [{ project: 'a', votes: 1, selected: true }] };
    expect(enter(register, result(list, { rounds: [first, old] }))).toBe('other-candidates');
    expect(enter(register, result(list, { rounds: [first, again('c')] }))).toBe('done');
    expect(register.state().projects.get('c')?.state).toBe('chosen');
  });

  it('of a list that was withdrawn decides nothing', () => {
    const { register, list } = frozen();
    const withdraw = { act: 'withdraw-list', cycle: CYCLE, list, reason: '金额有误' } as const;
    expect(why(register.act(withdraw, 'congress'))).toBe('second-person');
    expect(why(register.act(withdraw, 'congress', 'government'))).toBe('done');
    expect(enter(register, result(list))).toBe('list-was-withdrawn');
    expect(register.state().projects.get('a')?.state).toBe('candidate');
  });

  it('on paper needs two persons and the signed sheet', () => {
    const { register, list } = frozen();
    const paper = {
      act: 'enter-paper-result',
      cycle: CYCLE,
      list,
      roll: 60,
      present: 58,
      cast: 57,
      votes: ['a', 'b', 'c'].map((project) => ({ project, votes: 30 })),
      chosen: ['a', 'b'],
      sheet: hash('sheet'),
      reason: '会场停电',
    } as const;
    expect(why(register.act(paper, 'congress'))).toBe('second-person');
    expect(why(register.act({ ...paper, chosen: ['a', 'b', 'c'] }, 'congress', 'congress-2'))).toBe(
      'too-many-chosen',
    );
    expect(why(register.act(paper, 'congress', 'congress-2'))).toBe('done');
    expect(register.state().cycles.get(CYCLE)?.decided?.how).toBe('paper');
  });
});
