const LOOK_MS = 100;

/** Waits until `holds`; gives the milliseconds it took. An emulated machine is slow: `seconds` only catch what hangs. */
export async function until(
  what: string | (() => string),
  seconds: number,
  holds: () => boolean | Promise<boolean>,
): Promise<number> {
  const start = performance.now();
  while (!(await holds())) {
    if (performance.now() - start > seconds * 1000)
      throw new Error(`not within ${seconds} s: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return performance.now() - start;
}
