import { z } from 'zod';
import type { Term } from '../../shared/terms.ts';

/** What a hall speaks over, the least exposed first: in the clear on its own machine alone, TLS, in the clear over the network. */
export const WIRES = ['local', 'tls', 'open'] as const;
export const Wire = z.enum(WIRES);
export type Wire = z.output<typeof Wire>;

/** The more exposed of two. */
export const moreExposed = (a: Wire, b: Wire): Wire => (WIRES.indexOf(a) < WIRES.indexOf(b) ? b : a);

/** What the staff of a hall that speaks in the clear is told, for as long as it does. */
export const OPEN_WIRE: Term = {
  zh: '会场网络未加密：表决票、密码和登录信息以明文经过网络，谁在网上都能看到、冒用',
  en: 'The hall’s network is not encrypted: ballots, passwords and sign-ins cross it in the clear, for anybody on it to read and to use',
};
