import { z } from 'zod';

const Header = z.object({
  election_uuid: z.string(),
  election_hash: z.string(),
  credential: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What a sealed ballot says it is, without a look at its proofs; null where it is none. */
export interface SealedHeader {
  readonly uuid: string;
  /** Base64 SHA-256 of the election it is for. */
  readonly electionHash: string;
  readonly credential: string;
}

export function sealedHeader(ballot: string): SealedHeader | null {
  try {
    const { election_uuid, election_hash, credential } = Header.parse(JSON.parse(ballot));
    return { uuid: election_uuid, electionHash: election_hash, credential };
  } catch {
    return null;
  }
}
