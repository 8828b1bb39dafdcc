import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

export type Ask = (question: string) => Promise<string>;

/** Questions on the console; answers to secret ones do not show. */
export function conversation(): {
  readonly ask: Ask;
  readonly askSecretly: Ask;
  readonly close: () => void;
} {
  let isSilent = false;
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      if (!isSilent) process.stdout.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY });
  return {
    ask: (question) => lines.question(question),
    askSecretly: async (question) => {
      const answer = lines.question(question);
      isSilent = true;
      try {
        return await answer;
      } finally {
        isSilent = false;
        process.stdout.write('\n');
      }
    },
    close: () => lines.close(),
  };
}
