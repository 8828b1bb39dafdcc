import { z } from 'zod';
import type { Value } from '../../shared/protocol/value.ts';
import { READS } from '../seat/reading.ts';

/** What the seat's page says when its screen is touched: a touch opens a sheet and turns its pages, and chooses nothing. */
export const Touched = z.strictObject({ read: z.enum(READS) });
export type Touched = Value<typeof Touched>;
