import { PROPOSAL_STATES, STANDINGS } from '../../../shared/terms.ts';
import type { ProposalState } from '../model/state.ts';
import type { ProjectVote } from '../papers/documents.ts';
import type { Look } from './frame.ts';
import type { PublicProposal, PublicStage } from './public-register.ts';

/** Where a proposal stands, in a word. */
export function stageWord({ t }: Look, stage: ProposalState): string {
  switch (stage) {
    case 'received':
      return t(PROPOSAL_STATES.received.zh, 'received');
    case 'under-screening':
      return t(PROPOSAL_STATES['under-screening'].zh, 'under screening');
    case 'merged':
      return t('已合并', 'merged');
    case 'excluded':
      return t(PROPOSAL_STATES.excluded.zh, 'excluded');
    case 'not-adopted':
      return t(PROPOSAL_STATES['not-adopted'].zh, 'not adopted');
    case 'adopted':
      return t('已采纳', 'adopted');
  }
}

/** How a stage is marked: what is decided well, otherwise, or not yet. */
export const stageClass = (stage: ProposalState): string =>
  stage === 'adopted' ? 'good' : stage === 'received' || stage === 'under-screening' ? 'open' : 'other';

export function sourceWord({ t }: Look, source: PublicProposal['source']): string {
  switch (source) {
    case 'public':
      return t('群众建议', 'from the public');
    case 'deputy':
      return t('代表建议', 'from a deputy');
    case 'department':
      return t('部门建议', 'from a department');
  }
}

/** What happens in a cycle now. */
export function cycleWord({ t, date }: Look, stage: PublicStage, from: string, to: string): string {
  switch (stage) {
    case 'before':
      return t(`${date(from)}开始征集建议`, `Proposals are collected from ${date(from)}`);
    case 'collecting':
      return t(`正在征集建议，${date(to)}截止`, `Proposals are being collected until the end of ${date(to)}`);
    case 'screening':
      return t('征集已结束，正在筛选', 'Collection has ended; the proposals are being screened');
    case 'frozen':
      return t(
        '候选项目清单已公布，等待代表票决',
        'The list of candidates is frozen; the deputies will vote on it',
      );
    case 'decided':
      return t('代表已票决', 'The deputies have voted');
  }
}

/** “入选，143 / 164 票”; by paper, where it was so. */
export function voteWord({ t }: Look, { isChosen, count, proof }: ProjectVote): string {
  const paper = proof.how === 'paper' ? t('（纸质票决）', ' (by paper)') : '';
  const votes = count
    ? t(`，${count.votes} / ${count.roll} 票`, `, ${count.votes} / ${count.roll} votes`)
    : '';
  return `${isChosen ? t(STANDINGS.selected.zh, 'Chosen') : t(STANDINGS.outvoted.zh, 'Not chosen')}${votes}${paper}`;
}
