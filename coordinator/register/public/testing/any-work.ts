import fc from 'fast-check';
import { total } from '../../../../shared/projects/money.ts';
import type { Part } from '../../../../shared/projects/sheet.ts';
import { CYCLE, hash, type SmallRegister } from '../../model/testing/small-register.ts';
import { monthAfter, monthOf } from '../../model/work/month.ts';
import type { WorkAct } from '../../model/work/work-acts.ts';
import type { Work } from '../../model/work/works.ts';

/** Late enough for everything. */
const DAY = '2028-12-20';
const EVIDENCE = [hash('photo')];

/** Something that happens to a project that was chosen: what it speaks of is drawn, and what is refused is left out. */
export const workStep = fc.record({
  what: fc.constantFrom(
    ...(['plan', 'report', 'report', 'finish', 'finish', 'confirm', 'dispute', 'settle', 'change'] as const),
    ...(['suspend', 'resume', 'end', 'appraise', 'look-back', 'publish', 'share'] as const),
    ...(['speak', 'speak', 'clear-voice', 'clear-voice', 'answer-voice', 'erase-voice'] as const),
  ),
  project: fc.nat(3),
  part: fc.nat(5),
  permille: fc.integer({ min: 0, max: 1100 }),
  name: fc.uuid(),
});
type WorkStep = typeof workStep extends fc.Arbitrary<infer S> ? S : never;

const some = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(1, all.length)];

/** Has it happen, all parts planned before. @returns how many things did. */
export function carryOut(register: SmallRegister, steps: readonly WorkStep[]): number {
  let happened = 0;
  const asked = (act: WorkAct | null, by: string | null, second?: string) => {
    if (act && register.act(act, by, second, DAY).ok) happened += 1;
  };
  for (const { id, sheet } of register.state().works.projects.values()) {
    asked({ act: 'appoint-group', project: id, committee: '城建工委', members: ['deputy-a'] }, 'congress');
    for (const part of sheet.parts) asked(planOf(id, part), 'transport');
  }
  for (const step of steps) {
    const work = some([...register.state().works.projects.values()], step.project);
    const part = work && some(work.sheet.parts, step.part);
    if (!work || !part) continue;
    const [by, second] = DOERS[step.what];
    const on = step.what === 'finish' ? work.sheet.parts : [part];
    const voice = some([...register.state().works.voices.keys()], step.permille) ?? '';
    for (const each of on) asked(voiceAct(each, work.id, step, voice) ?? actOf(work, each, step), by, second);
  }
  return happened;
}

const DOERS: Readonly<Record<WorkStep['what'], readonly [string | null, string?]>> = {
  plan: ['transport'],
  report: ['transport'],
  finish: ['transport'],
  confirm: ['deputy-a'],
  dispute: ['deputy-a'],
  settle: ['committee', 'congress'],
  change: ['committee', 'congress'],
  suspend: ['committee', 'congress'],
  resume: ['committee', 'congress'],
  end: ['committee', 'congress'],
  appraise: ['congress', 'congress-2'],
  'look-back': ['congress'],
  publish: ['congress'],
  share: ['congress'],
  speak: [null],
  'clear-voice': ['government'],
  'answer-voice': ['congress'],
  'erase-voice': ['congress'],
};

/** The file that came with a voice: nobody outside hears of it. */
export const photoOf = (voice: string): string => hash(`photo of ${voice}`);

function voiceAct(
  part: Part,
  project: string,
  { what, name, permille }: WorkStep,
  voice: string,
): WorkAct | null {
  switch (what) {
    case 'speak': {
      const kind = permille % 2 ? 'comment' : 'objection';
      const said = { words: hash(name), attachments: [photoOf(name)] };
      return { act: 'speak', project, part: part.id, voice: name, kind, ...said };
    }
    case 'clear-voice':
      return { act: 'clear-voice', voice, text: `读过的${voice}` };
    case 'answer-voice':
      return { act: 'answer-voice', voice, words: `答复${name}` };
    case 'erase-voice':
      return { act: 'erase-voice', voice, reason: '本人要求' };
    default:
      return null;
  }
}

/** Three months that end with the last day of the part. */
function planOf(project: string, part: Part): WorkAct {
  const last = monthOf(part.finish);
  const whole = total(part.funding);
  return {
    ...{ act: 'plan', project, part: part.id, safeguards: '' },
    months: [
      { month: monthAfter(last, -2), permille: 333, fen: Math.floor(whole / 3) },
      { month: monthAfter(last, -1), permille: 500, fen: Math.floor(whole / 2) },
      { month: last, permille: 1000, fen: whole },
    ],
  };
}

function actOf(work: Work, part: Part, { what, permille, name }: WorkStep): WorkAct | null {
  const of = { project: work.id, part: part.id };
  const its = work.parts.get(part.id);
  const share = (all: number) => Math.floor((all * Math.min(permille, 1000)) / 1000);
  const done = Math.floor((part.target.thousandths * permille) / 1000);
  const decision = {
    reason: '情况有变',
    decision: '决定〔2027〕1号',
    document: hash('decision'),
    request: null,
  };
  switch (what) {
    case 'plan':
      return planOf(work.id, part);
    case 'report':
    case 'finish': {
      const appropriated = share(total(part.funding));
      return {
        ...{ act: 'report', ...of, appropriated, paid: share(appropriated) },
        done: what === 'finish' ? part.target.thousandths : done,
        month: monthAfter(monthOf(part.finish), what === 'finish' ? 0 : (permille % 5) - 2),
        ...{ words: permille % 2 ? '进展顺利' : '', evidence: EVIDENCE, reason: '更正' },
      };
    }
    case 'confirm':
    case 'dispute': {
      const report = its?.latest?.seq ?? 0;
      const figure =
        what === 'confirm'
          ? ({ verdict: 'confirmed', report } as const)
          : ({ verdict: 'disputed', report, found: done } as const);
      return { act: 'visit', ...of, visit: name, day: DAY, figure, words: '', photos: [] };
    }
    case 'settle':
      return { act: 'settle-figure', ...of, report: its?.dispute?.report ?? 0, done, words: '以实测为准' };
    case 'change': {
      const target = { ...part.target, thousandths: Math.max(1, done) };
      const parts = work.sheet.parts.map((one) => (one.id === part.id ? { ...one, target } : one));
      return {
        act: 'decide-change',
        project: work.id,
        kind: 'changed',
        sheet: { ...work.sheet, parts },
        ...decision,
      };
    }
    case 'suspend':
    case 'resume':
    case 'end': {
      const kind = ({ suspend: 'suspended', resume: 'resumed', end: 'ended' } as const)[what];
      return { act: 'decide-change', project: work.id, kind, sheet: null, ...decision };
    }
    case 'appraise': {
      const satisfied = Math.min(58, Math.floor(permille / 19));
      const counts = { project: work.id, satisfied, basic: 58 - satisfied, dissatisfied: 0, 'dont-know': 0 };
      const paper = {
        cycle: CYCLE,
        by: 'congress' as const,
        roll: 60,
        present: 58,
        cast: 58,
        items: [counts],
      };
      return { act: 'enter-paper-appraisal', paper: { ...paper, sheet: hash('graded'), reason: '纸质票' } };
    }
    case 'look-back':
      return {
        ...{ act: 'look-back', project: work.id, lookBack: name, day: DAY },
        ...{ works: 'yes', users: '居民', words: '', photos: [] },
      };
    case 'publish':
      return {
        ...{ act: 'publish', document: name, kind: 'annual-report', cycle: CYCLE, period: String(CYCLE) },
        ...{ project: null, title: '年度报告', text: hash('text'), pdf: hash('pdf'), replaces: null },
      };
    case 'speak':
    case 'clear-voice':
    case 'answer-voice':
    case 'erase-voice':
      return null;
    case 'share':
      return { act: 'link', project: work.id, to: { register: 'city', project: 'p1' } };
  }
}
