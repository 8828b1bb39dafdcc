import { expectedKey } from '../bundle/verify/expected-key.ts';
import { isRegisterBundle } from '../register/feed/bundle/archive.ts';
import { USAGE } from './exit-codes.ts';
import { type Checked, read, type VerifyOptions } from './verify-common.ts';

/** Verifies a bundle, or the archive of one secret vote; says what was found, and ends with the exit code for it. What the other kinds need is not loaded. */
export async function verifyFile(file: string, options: VerifyOptions): Promise<void> {
  if (file.endsWith('.bel')) return (await import('./verify-election.ts')).verifyBel(file, options);
  const key = options.key === undefined ? undefined : expectedKey(options.key);
  if (key === null) {
    process.stderr.write(
      'hallvote verify: --key is no key; give the public key, its thumbprint (43 characters) or the fingerprint of 16\n',
    );
    process.exit(USAGE);
  }
  const checked: Checked = { ...options, ...(key === undefined ? {} : { key }) };
  const bytes = read(file);
  if (bytes && isRegisterBundle(bytes))
    return (await import('./verify-register.ts')).verifyRegister(
      bytes,
      options.hall ?? [],
      checked,
      options.lang,
    );
  if (options.hall) {
    process.stderr.write('hallvote verify: --hall goes with the bundle of a register\n');
    process.exit(USAGE);
  }
  return (await import('./verify-hall.ts')).verifyHallBundle(bytes, checked, options.lang);
}
