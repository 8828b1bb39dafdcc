/** How often the seat's page says that the screen has drawn it, in ms. */
export const DRAWN_EVERY_MS = 5_000;
