import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 10;

/** How late this process was for its own timers since it was last asked, in ms. */
export function watchLoop(): () => { readonly p99: number; readonly max: number } {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return () => {
    const seen = { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 };
    delay.reset();
    return seen;
  };
}
