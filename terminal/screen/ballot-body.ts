import type { TemplateResult } from 'lit';
import type { Language } from '../../shared/protocol/ids.ts';
import type { BallotBody } from '../seat/kinds/kinds.ts';
import { appraisalScreens } from './kinds/appraisal.ts';
import { decisionScreens } from './kinds/decision.ts';
import { itemisedScreens } from './kinds/itemised.ts';
import { selectionScreens } from './kinds/selection.ts';

type Page = BallotBody['is'];
export type BodyOf<P extends Page> = Extract<BallotBody, { is: P }>;
type Screen<P extends Page> = (body: BodyOf<P>, language: Language) => TemplateResult;
/** The screens of one kind of motion, page by page. */
export type Screens<P extends Page> = { readonly [Each in P]: Screen<Each> };

const SCREENS: Screens<Page> = {
  ...decisionScreens,
  ...selectionScreens,
  ...appraisalScreens,
  ...itemisedScreens,
};

const screen = <P extends Page>(is: P): Screen<P> => SCREENS[is];

/** A ballot in the deputy's hands, of whichever kind. */
export const ballotBody = (body: BallotBody, language: Language): TemplateResult =>
  screen(body.is)(body, language);
