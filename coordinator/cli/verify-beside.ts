import { hallFault, takenFrom } from '../register/feed/bundle/compare-hall.ts';
import { registerFault } from '../register/feed/bundle/problems.ts';
import type { RegisterVerification } from '../register/feed/bundle/verify-bundle.ts';
import { type Checked, read } from './verify-common.ts';
import { verifyHall } from './verify-hall.ts';

/** Verifies the halls’ bundles that lie beside a register’s, until one is wrong; `held`: the manifests of those that hold. */
export async function verifyBeside(
  register: RegisterVerification,
  halls: readonly string[],
  options: Checked,
): Promise<{ readonly verification: RegisterVerification; readonly held: readonly string[] }> {
  const held: string[] = [];
  for (const file of halls) {
    if (!register.ok) break;
    const hall = read(file) ?? new Uint8Array();
    const taken = takenFrom(register.history, hall);
    const [first] = taken;
    const verified = first && (await verifyHall(hall, { ...options, key: first.says.key }));
    const [fault] = verified
      ? taken.flatMap((each) => hallFault(each, hall, verified) ?? [])
      : [registerFault('hall-unknown', null, file)];
    if (fault) return { verification: { ok: false, fault }, held };
    if (first) held.push(first.says.manifest);
  }
  return { verification: register, held };
}
