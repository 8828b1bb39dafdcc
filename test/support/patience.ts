import { vi } from 'vitest';
import { HANG_MS } from './hang.ts';

/** Before each file: `vi.waitFor` gives up where something hangs, not after its second or after what a test says. */
const { waitFor } = vi;
vi.waitFor = (callback, options) =>
  waitFor(callback, {
    ...(typeof options === 'object' && options.interval !== undefined && { interval: options.interval }),
    timeout: HANG_MS,
  });
