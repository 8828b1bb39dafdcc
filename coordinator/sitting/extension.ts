import { z } from 'zod';

/** By how many seconds a timed vote is extended (延长) at once: within the bounds of a motion's own time. */
export const Extension = z.number().int().min(5).max(86_400);
