import type { Beside } from './beside.ts';
import { Dice } from './dice.ts';
import { pause } from './waiting.ts';

/** Ends the coordinator at instants that chance picks, by force or by the signal that stops it. */
export const restarts: Beside = {
  name: 'kill-and-stop',
  does: 'kill -9 and SIGTERM at any moment, started again as systemd would',
  endsTheProcess: true,
  deed: async ({ hall }, seed, milliseconds) => {
    const dice = new Dice(seed);
    const end = performance.now() + milliseconds;
    const findings: string[] = [];
    const seen: Record<string, number> = {};
    for (let i = 0; performance.now() < end; i += 1) {
      await pause(200 + dice.below(1_500));
      const signal = i % 2 === 0 ? 'SIGKILL' : 'SIGTERM';
      const { cameToAnEnd } = await hall.end(signal);
      if (!cameToAnEnd) findings.push('SIGTERM did not end the coordinator');
      const took = hall.starts.at(-1) ?? 0;
      seen[signal] = (seen[signal] ?? 0) + 1;
      seen['slowest start, ms'] = Math.max(seen['slowest start, ms'] ?? 0, Math.round(took));
    }
    return { counts: { connections: 0, packets: 0, bytes: 0, seen }, findings };
  },
};
