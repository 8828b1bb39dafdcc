import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nodeSigner } from '../../../shared/protocol/ed25519-node.ts';
import { replay } from '../../chronicle/chronicle.ts';
import { Ledger } from '../../chronicle/ledger.ts';
import { loadRegister } from '../../config/register-file.ts';
import { readKeyFile } from '../../process/key-file.ts';
import { orRefuse, StartError } from '../../refused-start.ts';
import { AttachmentStore } from '../attachments/attachment-store.ts';
import { REGISTER, REGISTER_LEDGER } from '../model/book.ts';
import { type FeedWritten, writeFeedFolder } from './feed-folder.ts';
import { FeedSource } from './feed-source.ts';

/** Writes the feed of the register that `configFile` describes, which may be running. @throws {StartError} {@link LedgerError} */
export function writeFeed(configFile: string, out: string): FeedWritten {
  const { data, register: about } = orRefuse(loadRegister(configFile));
  const file = join(data, `${about.id}.ledger`);
  if (!existsSync(file)) throw new StartError(`${file}: 没有台账 · there is no ledger`);
  const key = readKeyFile(join(data, 'register.key'));
  if (!key.ok) throw new StartError(key.problem);
  const ledger = Ledger.read(file, REGISTER_LEDGER);
  try {
    const state = replay(REGISTER, ledger.rows());
    const register = () => state;
    const source = new FeedSource({ register, ledger, signer: nodeSigner(key.value) });
    const attachments = new AttachmentStore(join(data, 'attachments'));
    return writeFeedFolder({ register, source, attachments }, out);
  } finally {
    ledger.close();
  }
}
