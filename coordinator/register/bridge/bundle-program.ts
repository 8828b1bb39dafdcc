import { z } from 'zod';
import { HashHex, PublicKey } from '../../../shared/protocol/ids.ts';
import { unframed } from '../../process/confined.ts';
import { confinedProgram } from '../../process/confined-program.ts';
import { resultOfBundle } from './result-of-bundle.ts';

const Asked = z.object({ key: PublicKey, list: HashHex });

/** The process in which a bundle is verified: it may be large, long, and a stranger's. */
confinedProgram(async (input) => {
  const asked = unframed(Buffer.from(input));
  const { key, list } = Asked.parse(asked?.says);
  return { says: resultOfBundle(asked?.made[0] ?? new Uint8Array(), key, list) };
});
