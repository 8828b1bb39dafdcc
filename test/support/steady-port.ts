import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below those that Linux gives to whoever asks for any port, and to every connection that goes out (from 32768 on). */
const [FROM, TO] = [15_000, 32_000];

/**
 * A free port for what is ended and started again on the same one: between the two nobody else is given it, neither
 * another test nor another run beside this one.
 */
export async function steadyPort(): Promise<number> {
  for (;;) {
    const port = randomInt(FROM, TO);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '0.0.0.0', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}
