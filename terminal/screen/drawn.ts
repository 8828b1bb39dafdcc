import { z } from 'zod';

/** How often the seat's page says that the screen has drawn it, in ms. */
export const DRAWN_EVERY_MS = 5_000;

/** What the page says each time. */
export const Drawn = z.object({ drawn: z.literal(true), build: z.string().max(80).nullable().default(null) });
