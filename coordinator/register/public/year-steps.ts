import { html } from 'hono/html';
import { LOOP_TERMS, label } from '../../../shared/terms.ts';
import { stageOf } from '../model/work/stage.ts';
import type { Work } from '../model/work/works.ts';
import type { Html, Look } from './frame.ts';
import type { PublicStage } from './public-register.ts';

/** The steps of a year in their order, as a reader counts them. */
const YEAR_STEPS = ['collecting', 'screening', 'frozen', 'decided', 'carried-out', 'appraised'] as const;

/** `over`: all was carried out, appraised and looked back at. */
export type YearStep = 'before' | (typeof YEAR_STEPS)[number] | 'over';

/**
 * How far a year is. After the vote its projects say so: carried out from the first plan on, appraised once all are that
 * still run. @param works what was chosen in that year.
 */
export function yearStep(stage: PublicStage, works: readonly Work[]): YearStep {
  if (stage !== 'decided' || works.length === 0) return stage;
  const stages = works.map(stageOf);
  if (stages.every((each) => each === 'chosen')) return 'decided';
  const running = stages.filter((each) => each !== 'ended' && each !== 'suspended');
  if (running.length === 0 || !running.every((each) => each === 'appraised' || each === 'closed'))
    return 'carried-out';
  return running.every((each) => each === 'closed') ? 'over' : 'appraised';
}

/** 群众提 to 人大评, with where the year is among them. */
export function yearSteps({ language }: Look, at: YearStep): Html {
  const order: readonly YearStep[] = ['before', ...YEAR_STEPS, 'over'];
  return html`<ol class="stages">${YEAR_STEPS.map((each, i) => {
    const words = `${i + 1} ${label(LOOP_TERMS[each], language)}`;
    if (each === at) return html`<li aria-current="step">${words}</li>`;
    return html`<li class="${order.indexOf(each) < order.indexOf(at) ? 'past' : ''}">${words}</li>`;
  })}</ol>`;
}
