import { packageVersion } from '../../shared/package-root.ts';
import type { Language } from '../../shared/protocol/ids.ts';
import { registerSummary, registerSummaryJson } from '../register/feed/bundle/summary.ts';
import { verifyRegisterBundle } from '../register/feed/bundle/verify-bundle.ts';
import { UNCHECKED, WRONG } from './exit-codes.ts';
import { type Checked, LONG, teller } from './verify-common.ts';

/** Verifies a register's bundle, and each hall's that lies beside with the key and the result that the register has entered. */
export async function verifyRegister(
  bytes: Uint8Array,
  halls: readonly string[],
  options: Checked,
  lang: Language,
): Promise<void> {
  const alone = verifyRegisterBundle(bytes, {
    program: packageVersion(),
    key: options.key,
    onProgress: teller(options)('台账 · ledger ', LONG),
  });
  const { verification, held } =
    halls.length === 0
      ? { verification: alone, held: [] }
      : await (await import('./verify-beside.ts')).verifyBeside(alone, halls, options);
  process.stdout.write(
    options.json ? registerSummaryJson(verification, held) : registerSummary(verification, held, lang),
  );
  if (!verification.ok) process.exitCode = WRONG;
  else if (verification.reportBy !== null || verification.absent.length > 0) process.exitCode = UNCHECKED;
}
