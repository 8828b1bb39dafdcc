import { setFlagsFromString } from 'node:v8';

/** In percent of what is alive after a collection: so much may come before the next one. V8 itself waits for up to 300. */
const GROWTH = 25;

/**
 * Has this process collect garbage before it is a multiple of what is alive: memory for a little processor time. For
 * programs that read much of which they keep little. V8 asks for its flag at every collection, so it holds from now on.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
}
