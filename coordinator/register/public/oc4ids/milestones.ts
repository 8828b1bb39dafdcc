import type { Part } from '../../../../shared/projects/sheet.ts';
import { GRADE_TERMS, KINDS, TERMS } from '../../../../shared/terms.ts';
import { monthOf } from '../../model/work/month.ts';
import { figureOf, isDone } from '../../model/work/progress.ts';
import type { Appraisal, PartWork, Work } from '../../model/work/works.ts';
import type { Look } from '../frame.ts';
import type { PublicList, PublicProject } from '../public-register.ts';
import { voteWord } from '../stage-words.ts';
import { dayEnds, moment, monthEnds } from './dates.ts';
import type { Milestone } from './shape.ts';

/** What was decided, what each part is to reach by when, and how it was graded. */
export function milestonesOf(
  look: Look,
  vote: NonNullable<PublicList['vote']>,
  one: PublicProject,
  work: Work,
): readonly Milestone[] {
  return [
    {
      id: 'vote',
      title: look.t('代表票决', 'Vote of the deputies'),
      type: 'approval',
      code: 'projectApproval',
      ...(one.vote && { description: voteWord(look, one.vote) }),
      dateMet: moment(vote.at),
      status: 'met',
    },
    ...work.sheet.parts.map((part) => delivery(part, work.parts.get(part.id))),
    ...[...work.appraisals].map((each, at) => appraisal(look, each, at + 1)),
  ];
}

/** A part: met by the figure that counts, else by what was last reported. It says nothing of the day on which it is read. */
function delivery(part: Part, its: PartWork | undefined): Milestone {
  const { id, title, finish } = part;
  const due = {
    ...{ id: `part-${id}`, title },
    ...({ type: 'delivery', code: 'completion' } as const),
    dueDate: dayEnds(finish),
  };
  if (!its?.latest) return { ...due, status: 'scheduled' };
  const { month, at } = its.latest;
  if (isDone(part, its)) return { ...due, dateMet: monthEnds(month), status: 'met' };
  const dateModified = moment(at);
  if (month > monthOf(finish)) return { ...due, dateModified, status: 'notMet' };
  return { ...due, dateModified, status: figureOf(its).done > 0 ? 'partiallyMet' : 'scheduled' };
}

function appraisal({ t, language }: Look, each: Appraisal, n: number): Milestone {
  const { counts, grade, roll, cast, appraisers, how } = each;
  const said = (['satisfied', 'basic', 'dissatisfied', 'dont-know'] as const).map(
    (one) => `${GRADE_TERMS[one][language]} ${counts[one]}`,
  );
  const by =
    appraisers === 'congress'
      ? t(TERMS.deputy.zh, 'deputies')
      : t('常委会组成人员', 'members of the committee');
  const paper = how === 'paper' ? t('（纸质）', ' (by paper)') : '';
  return {
    id: `appraisal-${n}`,
    title: t(KINDS.appraisal.zh, 'Appraisal'),
    type: 'assessment',
    description: t(
      `${GRADE_TERMS[grade].zh}：${by}应到${roll}人，投票${cast}人，${said.join('、')}${paper}`,
      `${GRADE_TERMS[grade].en}: ${roll} ${by}, ${cast} voted; ${said.join(', ')}${paper}`,
    ),
    dateMet: moment(each.at),
    status: 'met',
  };
}
