import { quantityText } from '../../../../shared/projects/sheet.ts';
import type { PartDocument } from '../../../contract/register/works.ts';

/** A quantity of a part with its unit, as people read it. */
export const quantity = (thousandths: number, { part }: Pick<PartDocument, 'part'>): string =>
  `${quantityText(thousandths)} ${part.target.unit}`;
