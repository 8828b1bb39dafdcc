import { randomBytes } from 'node:crypto';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { signJws } from '../../shared/protocol/jws.ts';
import { keyPairFromSeed } from '../../shared/protocol/keys.ts';
import { diskOutbox } from '../delivery/outbox.ts';
import { Disk } from '../machine/disk.ts';
import { ballotOf } from './fixtures.ts';

/** For tests: a process that fills and empties an outbox, says what it did, and waits to be killed. */
const [folder = '', start = '1'] = process.argv.slice(2);
const key = keyPairFromSeed(new Uint8Array(32).fill(7));
const signer = nodeSigner(key);
const outbox = diskOutbox(new Disk(folder), key, () => {});
const say = (line: string) => process.stdout.write(`${line}\n`);

for (let press = Number(start); ; press += 1) {
  const ballot = ballotOf(toBase64url(randomBytes(16)), press, `m${press}/1`);
  outbox.put({ ballot, jws: signJws(ballot, signer) });
  say(`put ${ballot.id}`);
  const oldest = outbox.all()[0];
  if (press % 3 === 0 && oldest) {
    say(`removing ${oldest.ballot.id}`);
    outbox.remove(oldest.ballot.id);
  }
  // Lets the lines out, so that the parent has read what it holds this process to.
  await new Promise((resolve) => setImmediate(resolve));
}
