import { decodeProtectedHeader } from 'jose';
import { nextRow } from '../../../coordinator/chronicle/row.ts';
import { MessageCheck } from '../../../coordinator/hall/broker/message-check.ts';
import { readEntry } from '../../../coordinator/sitting/chronicle.ts';
import { fold } from '../../../coordinator/sitting/fold.ts';
import { type Authentic, judge } from '../../../coordinator/sitting/judge.ts';
import { toBase64url } from '../../../shared/protocol/bytes.ts';
import { parseJws, type Signer } from '../../../shared/protocol/jws.ts';
import { FromTerminal } from '../../../shared/protocol/messages.ts';
import { once } from '../once.ts';
import { latin1, mustEqual, mustHold, type Target, utf8 } from '../target.ts';
import type { Targets } from './all.ts';
import { openPlay, type Play, placed, placedMessages, withOpening } from './stage.ts';

/** A JWS over these very bytes, whatever they are. */
export function signedBytes(payload: string, { kid, sign }: Signer): string {
  const header = toBase64url(Buffer.from(JSON.stringify({ alg: 'EdDSA', kid, typ: 'hallvote' })));
  const input = `${header}.${toBase64url(Buffer.from(payload))}`;
  return `${input}.${toBase64url(sign(Buffer.from(input)))}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const terminalIn = (payload: unknown): unknown =>
  typeof payload === 'object' && payload !== null && 'terminal' in payload ? payload.terminal : undefined;

/** What is taken as a JWS is made of exactly the parts it gives, and jose reads the same header. */
const jws: Target = {
  run: (input) => {
    const text = latin1(input);
    const read = parseJws(text);
    if (read === null) return;
    mustHold(`${read.signingInput}.${toBase64url(read.signature)}` === text, 'another spelling was taken');
    const [, payload = ''] = text.split('.');
    mustEqual(
      read.payload,
      JSON.parse(Buffer.from(payload, 'base64url').toString()),
      'the payload is another',
    );
    const { alg, kid, typ, ...others } = decodeProtectedHeader(text);
    mustEqual(
      { alg, kid, typ, others },
      { alg: 'EdDSA', kid: read.kid, typ: 'hallvote', others: {} },
      'jose reads another header',
    );
  },
  seeds: () => {
    const { rows } = openPlay();
    const chosen = ['begun', 'connect', 'check-in', 'ballot', 'refused'];
    return Object.fromEntries(
      chosen.flatMap((type) =>
        rows
          .filter((row) => row.type === type)
          .slice(0, 1)
          .map(({ body }) => [type, body]),
      ),
    );
  },
};

/** A message that may enter enters once: it can be read back, folded, and the second time it is known. */
function entersOnce(play: Play, authentic: Authentic, text: string, seq: number): void {
  const state = play.before(seq);
  const time = play.rows[seq - 1]?.time ?? 0;
  const verdict = judge(state, authentic, time);
  mustEqual(verdict, judge(state, authentic, time), 'the same message is judged otherwise');
  if (verdict.kind !== 'enter') return;
  const row = nextRow(state.head, Math.max(time, state.head.time), authentic.message.typ, text);
  const after = fold(state, readEntry(row));
  const again = judge(after, authentic, row.time);
  if (authentic.message.typ === 'connect')
    mustEqual(again, { kind: 'refuse', reason: 'old-proof' }, 'a proof is good twice');
  else mustEqual(again, { kind: 'again', seq: row.seq, hash: row.hash }, 'a message enters twice');
}

/** A terminal's message, well signed: checked, judged and entered as in the coordinator. */
const message: Target = {
  run: async (input) => {
    const at = placed(utf8(input));
    if (!at) return;
    const { play, row } = at;
    const rest = withOpening(at.rest, play, row.seq);
    const payload = parsed(rest);
    const terminal = terminalIn(payload);
    const text = signedBytes(rest, play.signerOf(terminal));
    const check = new MessageCheck(() => play.before(row.seq));
    const checked = await check.message(typeof terminal === 'string' ? terminal : 'T1', text);
    if ('reason' in checked) return;
    const read = 'digest' in checked ? checked.message : checked;
    mustEqual(FromTerminal.safeParse(payload).data, read, 'the message is another');
    if ('digest' in checked) entersOnce(play, checked, text, row.seq);
  },
  seeds: () => ({
    ...placedMessages('o', ['check-in', 'ballot'], 4),
    ...placedMessages('i', ['ballot'], 3),
    ...placedMessages('s', ['credential', 'ballot', 'audit'], 2),
    health: `o20\n${JSON.stringify({
      typ: 'health',
      v: 1,
      id: 'AAAAAAAAAAAAAAAAAAAAAA',
      hall: 'sample-hall',
      terminal: 'T1',
      version: '0.1.0',
      time: 1_800_000_000_000,
      panel: { is: 'ready' },
      reader: { is: 'fault', what: 'unplugged' },
      firmware: null,
      machine: { model: 'Pi', celsius: 50.5, undervoltage: false, diskFree: 1e9, diskSize: 16e9 },
      selfTest: { on: false, keys: [1, 2], wrong: [], card: true },
      waiting: 0,
      roundTrip: 12,
    })}`,
    hello: `o20\n{"typ":"hello","v":1,"id":"AAAAAAAAAAAAAAAAAAAAAA","hall":"sample-hall","terminal":"T1"}`,
    gone: `o20\n{"typ":"gone","v":1,"hall":"sample-hall","terminal":"T1","n":1}`,
  }),
  most: 40_000,
};

/** The proof with which a terminal connects, well signed. */
const proof: Target = {
  run: async (input) => {
    const at = placed(utf8(input));
    if (!at) return;
    const { play, row, rest } = at;
    const terminal = terminalIn(parsed(rest));
    const text = signedBytes(rest, play.signerOf(terminal));
    const check = new MessageCheck(() => play.before(row.seq));
    const checked = await check.proof(typeof terminal === 'string' ? terminal : 'T1', Buffer.from(text));
    if (!('reason' in checked)) entersOnce(play, checked, text, row.seq);
  },
  seeds: () => placedMessages('o', ['connect'], 4),
};

/** What the first terminal of the open play once signed, whatever the play says now. */
const signedBefore = once(() => {
  const signer = openPlay().signerOf('T1');
  const hall = { v: 1, hall: 'sample-hall', terminal: 'T1' };
  const payloads = [
    { typ: 'hello', id: 'A'.repeat(22), ...hall },
    { typ: 'check-in', id: 'B'.repeat(22), ...hall, sitting: 'sample-1', card: 'CARD0001' },
    { typ: 'gone', ...hall, n: 1 },
  ];
  return payloads.map((payload) => signedBytes(JSON.stringify(payload), signer));
});

/** The same from somebody who has no key: bytes as they come. */
const unsigned: Target = {
  run: async (input) => {
    const text = latin1(input);
    const check = new MessageCheck(() => openPlay().before(30));
    const checked = await check.message('T1', text);
    if (!('reason' in checked)) mustHold(signedBefore().includes(text), 'a message was forged');
    const proven = await check.proof('T1', input);
    mustHold('reason' in proven, 'a proof was forged');
  },
  seeds: () => Object.fromEntries(signedBefore().map((text, i) => [`message-${i}`, text])),
};

export const messages: Targets = { jws, message, proof, 'message-unsigned': unsigned };
