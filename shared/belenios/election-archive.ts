import { type ArchiveEvent, archiveFile } from './archive.ts';
import { sha256Hex } from './hash.ts';

const encoder = new TextEncoder();

/** What an election's archive is made of, each as the text that is hashed. */
export interface ElectionRecord {
  /** Seconds since 1970, which all files bear. */
  readonly timestamp: number;
  readonly election: string;
  readonly trustees: string;
  readonly credentials: readonly string[];
  /** As recorded, replaced ones too. */
  readonly ballots: readonly string[];
  /** Null where the sum was never made; `ballots`: how many are in it. */
  readonly tally: { readonly ballots: number; readonly text: string } | null;
  readonly shares: readonly { readonly owner: number; readonly text: string }[];
  readonly result: string | null;
}

/** The archive (`.bel`) of a closed election: the same record, the same bytes, which belenios-tool reads. */
export const electionArchive = (record: ElectionRecord): Uint8Array => archive(record, true);

/** Its beginning, before any ballot: what `belenios-tool election verify-ballot` holds a ballot against. */
export const setupArchive = (record: ElectionRecord): Uint8Array => archive(record, false);

function archive(record: ElectionRecord, isWhole: boolean): Uint8Array {
  const files: Uint8Array[] = [];
  let parent: ArchiveEvent['parent'];
  let height = 0;
  const put = (name: string, text: string) =>
    files.push(archiveFile(name, encoder.encode(text), record.timestamp));
  const data = (text: string): string => {
    const digest = sha256Hex(text);
    put(`${digest}.data.json`, text);
    return digest;
  };
  const event = (type: ArchiveEvent['type'], payload?: string) => {
    const text = JSON.stringify({ parent, height, type, payload });
    parent = sha256Hex(text);
    height += 1;
    put(`${parent}.event.json`, text);
  };
  put('BELENIOS', JSON.stringify({ version: 1, timestamp: String(record.timestamp) }));
  const election = data(record.election);
  const trustees = data(record.trustees);
  const credentials = data(JSON.stringify(record.credentials));
  event('Setup', data(JSON.stringify({ election, trustees, credentials })));
  if (!isWhole) return joined(files);
  for (const ballot of record.ballots) event('Ballot', data(ballot));
  event('EndBallots');
  if (record.tally) {
    const { ballots, text } = record.tally;
    const encrypted_tally = data(text);
    event(
      'EncryptedTally',
      data(JSON.stringify({ num_tallied: ballots, total_weight: ballots, encrypted_tally })),
    );
  }
  for (const { owner, text } of record.shares)
    event('PartialDecryption', data(JSON.stringify({ owner, payload: data(text) })));
  if (record.result !== null) event('Result', data(record.result));
  return joined(files);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((all, { length }) => all + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
