import { html } from 'lit';
import type {
  SelectionMotion,
  SelectionOutcome,
  SelectionTally,
} from '../../../../shared/kinds/selection.ts';
import { shown, toRead } from '../language.ts';
import type { MotionWords } from '../motion-words.ts';
import { type StaffKind, titleOf } from './staff-kind.ts';

const selected = ({ order }: SelectionOutcome) => order.filter(({ standing }) => standing === 'selected');

/** What is left for another vote. */
function undecided({ runoffPlaces, openPlaces }: SelectionOutcome, words: MotionWords): string[] {
  return [
    ...(runoffPlaces > 0 ? [words.runoff(runoffPlaces)] : []),
    ...(openPlaces > 0 ? [words.openPlaces(openPlaces)] : []),
  ];
}

export const selection: StaffKind<SelectionMotion, SelectionTally, SelectionOutcome> = {
  heading: (parts, words) => words.candidates(parts),
  part: (words) => words.candidate,
  rules: ({ candidates, places }, words) => [[words.places, words.atMost(candidates.length, places)]],
  outcomeLine: (outcome, words) =>
    [words.selected(selected(outcome).length), ...undecided(outcome, words)].join(' · '),
  facts: ({ motion, outcome, words, language }) => {
    const chosen = new Set(selected(outcome).map(({ id }) => id));
    const titles = motion.candidates
      .filter(({ id }) => chosen.has(id))
      .map(({ title }) => toRead(title, language));
    return titles.length > 0 ? [[words.factSelected, titles.join(language === 'zh' ? '、' : '; ')]] : [];
  },
  figures: ({ motion, outcome, result, words, language }) => {
    const { order, needed } = outcome;
    const chosen = selected(outcome).length;
    const whole = Math.max(1, result.basisCount);
    return html`<p class="verdict ${chosen > 0 ? 'yes' : 'no'}">${words.selected(chosen)} <small>${needed === null ? words.moreVotesWin : words.needed(needed)}</small></p>
      ${undecided(outcome, words).map((line) => html`<p class="undecided">${line}</p>`)}
      <table class="figures">
        <thead><tr><th class="n"></th><th>${words.candidate}</th><th class="n">${words.votes}</th><th class="bar"></th><th>${words.outcome}</th></tr></thead>
        <tbody>${order.map(
          ({ id, votes, rank, standing }) => html`<tr class=${standing}>
            <td class="n">${rank}</td><td>${shown(titleOf(motion, id), language)}</td><td class="n"><b>${votes}</b></td>
            <td class="bar"><i style="width:${Math.min(100, (votes * 100) / whole)}%"></i></td><td class="standing">${words.standings[standing]}</td>
          </tr>`,
        )}</tbody>
      </table>`;
  },
};
