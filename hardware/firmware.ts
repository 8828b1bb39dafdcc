/** What a microcontroller says it runs. */
export interface FoundFirmware {
  readonly name: string;
  readonly version: { readonly major: number; readonly minor: number };
}

/** What the firmware in hardware/panel calls itself. */
export const OUR_FIRMWARE = 'HallvotePanel';

/**
 * Why a panel with this firmware cannot be used; null where it can. StandardFirmata 2.4 and older drop a held key's
 * pull-up when a lamp on the same port is written. All of 2.5 report themselves as 2.5: which of them it is cannot
 * be told from here.
 */
export function firmwareProblem({ name, version }: FoundFirmware): string | null {
  const found = `${name} ${version.major}.${version.minor}`;
  if (name.startsWith(OUR_FIRMWARE))
    return version.major === 1 ? null : `the panel runs ${found}; flash hardware/panel/panel.hex`;
  const isNew = version.major > 2 || (version.major === 2 && version.minor >= 5);
  if (name.startsWith('StandardFirmata') && isNew) return null;
  return `the panel runs ${found}, which cannot be trusted with a vote; flash hardware/panel/panel.hex, or StandardFirmata 2.5.9 or later`;
}
