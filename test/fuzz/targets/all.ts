import type { Target } from '../target.ts';

export type Targets = Readonly<Record<string, Target>>;

/** Every target, in groups that read with the same code; a group is loaded when it is asked for. */
export const groups: Readonly<Record<string, () => Promise<Targets>>> = {
  network: async () => (await import('./network.ts')).network,
  json: async () => (await import('./json.ts')).json,
  messages: async () => (await import('./messages.ts')).messages,
  acts: async () => (await import('./acts.ts')).acts,
  seat: async () => (await import('./seat.ts')).seat,
  files: async () => (await import('./files.ts')).files,
  cards: async () => (await import('./cards.ts')).cards,
  panel: async () => (await import('./panel.ts')).panel,
  ballots: async () => (await import('./ballots.ts')).ballots,
  archives: async () => (await import('./archives.ts')).archives,
  bundles: async () => (await import('./bundles.ts')).bundles,
};
