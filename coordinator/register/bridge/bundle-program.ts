import { unframed } from '../../process/confined.ts';
import { confinedProgram } from '../../process/confined-program.ts';
import { appraisalOfBundle } from './appraisal-of-bundle.ts';
import { BundleAsked } from './bundle-desk.ts';
import { resultOfBundle } from './result-of-bundle.ts';

/** The process in which a bundle is verified: it may be large, long, and a stranger's. */
confinedProgram(async (input) => {
  const asked = unframed(Buffer.from(input));
  const { key, list, cycle } = BundleAsked.parse(asked?.says);
  const bundle = asked?.made[0] ?? new Uint8Array();
  return {
    says:
      cycle === null ? resultOfBundle(bundle, key, list) : appraisalOfBundle(bundle, key, { list, cycle }),
  };
});
