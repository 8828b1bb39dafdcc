import type { Language } from '../../../shared/protocol/ids.ts';
import type { DocumentKind } from '../model/work/fields.ts';
import { type Notice, type NoticeWords, sectionOf } from './notice.ts';

/**
 * Sentences to begin with, by what the figures show. No figure is in them: figures are computed, and a number that somebody
 * could edit would be one that somebody has typed.
 */
export function suggestedWords({
  kind,
  language,
  sections,
}: Pick<Notice, 'kind' | 'language' | 'sections'>): NoticeWords {
  const said = SAID[language];
  const has = (name: 'late' | 'findings' | 'shrunk' | 'unfinished') =>
    (sectionOf({ sections }, name)?.lines.length ?? 0) > 0;
  const lights = (sectionOf({ sections }, 'projects') ?? NO_PROJECTS).lines;
  const problems = [
    lights.some(({ because }) => because === 'no-plan') ? said.unplanned : null,
    lights.some(({ because }) => because === 'behind') ? said.behind : null,
    kind !== 'rectification-letter' && has('unfinished') ? said.past : null,
    has('late') ? said.late : null,
    has('findings') ? said.findings : null,
    has('shrunk') ? said.shrunk : null,
  ].flatMap((one) => one ?? []);
  return {
    number: '',
    preamble: said.preamble[kind],
    problems: problems.join('\n'),
    next: said.next[kind],
  };
}

const NO_PROJECTS = { lines: [] } as const;

interface Suggested {
  readonly preamble: Readonly<Record<DocumentKind, string>>;
  readonly next: Readonly<Record<DocumentKind, string>>;
  readonly unplanned: string;
  readonly behind: string;
  readonly past: string;
  readonly late: string;
  readonly findings: string;
  readonly shrunk: string;
}

const SAID: Readonly<Record<Language, Suggested>> = {
  zh: {
    preamble: {
      'monthly-notice': '现将经人民代表大会票决产生的民生实事项目进展情况公示如下，欢迎社会各界监督。',
      'quarterly-bulletin': '现将本季度民生实事项目实施和监督情况通报如下。',
      'mid-year-report': '现将上半年民生实事项目实施和监督情况报告如下。',
      'annual-report': '现将本年度民生实事项目实施结果、监督和测评情况报告如下。',
      'rectification-letter': '贵单位牵头实施的民生实事项目须作出说明并整改，现将有关要求函告如下。',
      'look-back-report': '现将上年度民生实事项目建成后的管护和使用情况回访结果报告如下。',
    },
    unplanned: '部分子项目尚未报送实施计划，有关责任单位应立即报送。',
    behind: '部分项目落后于计划，有关责任单位应查明原因，提出赶工措施。',
    past: '部分子项目已过完成时限仍未完成，有关责任单位应向社会说明原因和新的完成时间。',
    late: '部分责任单位未按时报送月报，应立即补报。',
    findings: '监督小组发现的问题尚未全部解决，有关责任单位应按期答复、整改，监督小组逐件复核后销号。',
    shrunk: '部分项目的目标或时限与票决时的承诺相比有所缩减，依据见有关决定。',
    next: {
      'monthly-notice': '监督小组将继续到现场核查各项目进度。对公示内容有意见的，可在项目网页上提出。',
      'quarterly-bulletin': '请各责任单位对照计划逐项推进，落后项目列出时间表；监督小组加强现场核查。',
      'mid-year-report': '下半年将紧盯落后和存在问题的项目，必要时开展专题询问，确保年内完成。',
      'annual-report': '对测评不满意和未按期完成的项目，依法跟踪监督，直至整改到位；翌年开展回头看。',
      'rectification-letter':
        '整改情况请书面报告，并向社会公开。逾期不报或者整改不力的，将依法采取进一步监督措施。',
      'look-back-report': '对不能正常使用的项目，请责任单位落实管护责任，限期恢复使用。',
    },
  },
  en: {
    preamble: {
      'monthly-notice':
        'This is how the livelihood projects stand that the congress has chosen. Everybody is asked to look at them closely.',
      'quarterly-bulletin':
        'This is how the livelihood projects were carried out and supervised in this quarter.',
      'mid-year-report':
        'This is how the livelihood projects were carried out and supervised in the first half of the year.',
      'annual-report':
        'This is what has become of the livelihood projects of the year, and how they were judged.',
      'rectification-letter':
        'A livelihood project that your body leads has to be explained and put right. This is what is asked.',
      'look-back-report': 'This is how the livelihood projects of the year before are used and kept up.',
    },
    unplanned: 'Some parts have no plan yet: the bodies are to hand one in at once.',
    behind: 'Some projects are behind their plans: the bodies are to say why, and how they will catch up.',
    past: 'Some parts are past their deadline and not done: the bodies are to tell the public why, and by when they will be.',
    late: 'Some bodies have not reported in time: they are to report at once.',
    findings:
      'Not all problems that the groups found are solved: the bodies answer in time, and the groups look again before they close one.',
    shrunk: 'Some targets or dates are less than was promised at the vote; the decisions say why.',
    next: {
      'monthly-notice':
        'The groups go on looking at the sites. Whoever objects to what is published here may say so on the page of the project.',
      'quarterly-bulletin':
        'Every body works by its plan, and says when it will catch up; the groups look at the sites more often.',
      'mid-year-report':
        'In the second half of the year attention goes to what is behind, with special inquiries where they are needed.',
      'annual-report':
        'What was graded dissatisfied or is not finished is followed up until it is put right, and all is looked back at next year.',
      'rectification-letter':
        'Report in writing what was done; it is made public. Where that is not done in time, further supervision follows by law.',
      'look-back-report':
        'Where something does not work, the body in charge is to have it work again within a set time.',
    },
  },
};
