/** No test is decided by time: this ends a wait that hangs, on the busiest machine that is still of use. In ms. */
export const HANG_MS = 300_000;
