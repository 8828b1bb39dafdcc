/** The MQTT topics of a hall; who may write and read each is decided in the coordinator's access table. */
export function topics(hall: string) {
  return {
    up: (terminal: string) => `hall/${hall}/terminal/${terminal}/up`,
    down: (terminal: string) => `hall/${hall}/terminal/${terminal}/down`,
    sitting: `hall/${hall}/sitting`,
    /** A list of projects that motions name, by its hash: retained, and believed by that hash alone (`list-parcel.ts`). */
    list: (hash: string) => `hall/${hall}/list/${hash}`,
    public: (what: PublicTopic) => `hall/${hall}/public/${what}`,
    staff: (what: StaffTopic) => `hall/${hall}/staff/${what}`,
  };
}

/** What the hall may see, each a retained JSON document (`coordinator/contract/documents.ts`). */
export const PUBLIC_TOPICS = [
  'hall',
  'attendance',
  'motion',
  'turnout',
  'result',
  'checkpoint',
  'secrecy',
  'decryption',
  'audits',
] as const;
export type PublicTopic = (typeof PUBLIC_TOPICS)[number];

/** What signed-in staff may see, each a retained JSON document (`coordinator/contract/documents.ts`). */
export const STAFF_TOPICS = [
  'agenda',
  'pressing',
  'unvoted',
  'terminals',
  'fleet',
  'deputies',
  'refusals',
  'rejected',
  'acts',
  'update',
  'waiting',
] as const;
export type StaffTopic = (typeof STAFF_TOPICS)[number];
