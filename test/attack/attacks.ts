import type { Attack } from './attack.ts';
import { bodies } from './attacks/bodies.ts';
import { names, pages, refusals } from './attacks/floods.ts';
import { frames } from './attacks/frames.ts';
import { codes, passwords } from './attacks/guesses.ts';
import { malformedHttp } from './attacks/malformed-http.ts';
import { maliciousTerminal } from './attacks/malicious-terminal.ts';
import { mqttBefore, mqttBehind } from './attacks/mqtt.ts';
import { slow } from './attacks/slow.ts';

/** What attacks a hall from outside, beside its votes, in this order. */
export const ATTACKS: readonly Attack[] = [
  malformedHttp,
  frames,
  mqttBefore,
  mqttBehind,
  refusals,
  pages,
  names,
  passwords,
  codes,
  bodies,
  slow,
  maliciousTerminal,
];
