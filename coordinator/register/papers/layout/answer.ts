import type { Answered, AnswerPaper, ProjectVote } from '../documents.ts';
import { dateText, inGroups, paragraphsOf } from './text.ts';
import { type Given, qrPicture, type Typeset, typeset } from './typeset.ts';
import { SAID } from './words.ts';

export function answerSet(paper: AnswerPaper): Typeset {
  const { language, number, to, code, title, received, answer, address } = paper;
  const said = SAID[language];
  const vote = voteOf(answer);
  return typeset('answer', paper, said.answerHeading(title, code).join(''), {
    heading: said.answerHeading(title, code),
    number,
    to: said.salutation(to),
    paragraphs: [said.thanks(title, code, dateText(received, language)), ...told(paper, answer)].flatMap(
      paragraphsOf,
    ),
    proof: vote && proofOf(paper, vote),
    address,
    qr: qrPicture(address),
    closing: [vote ? said.verify : said.followAt(code), said.closing],
  });
}

/** The vote on what a proposal became, by way of the one that it was merged into or not. */
function voteOf(answer: Answered): ProjectVote | null {
  if (answer.is === 'merged') return answer.became && voteOf(answer.became);
  return answer.is === 'adopted' ? answer.vote : null;
}

/** The sentences of an answer. */
function told(paper: AnswerPaper, answer: Answered, isAnothers = false): readonly string[] {
  const said = SAID[paper.language];
  switch (answer.is) {
    case 'merged':
      return [
        said.merged(answer.title, answer.into),
        ...(answer.became ? told(paper, answer.became, true) : []),
      ];
    case 'excluded':
      return [said.excluded(answer.ground, isAnothers), said.reason(answer.reason)];
    case 'not-adopted':
      return [said.notAdopted(paper.cycle, isAnothers), said.reason(answer.reason)];
    case 'adopted': {
      const adopted = said.adopted(paper.cycle, answer.project, isAnothers);
      if (!answer.vote) return [adopted, said.yetToVote(paper.congress)];
      const { isChosen, count } = answer.vote;
      return [adopted, said.voted(paper.congress, answer.project, count, isChosen, paper.cycle)];
    }
  }
}

function proofOf({ language }: AnswerPaper, { isChosen, count, list, proof }: ProjectVote): Given {
  const said = SAID[language];
  return [
    [said.outcome, said.standing(isChosen, count, proof.how)],
    [said.listVotedOn, inGroups(list)],
    [said.proofHash[proof.how], inGroups(proof.hash)],
  ];
}
