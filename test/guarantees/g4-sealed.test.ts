import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';
import { afterEach, expect, it } from 'vitest';
import { makeBundle } from '../../coordinator/bundle/export/bundle.ts';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import {
  actsDocument,
  agendaDocument,
  deputiesDocument,
  refusalsDocument,
  terminalsDocument,
} from '../../coordinator/contract/staff-documents.ts';
import { SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { parseJws } from '../../shared/protocol/jws.ts';
import { PUBLIC_TOPICS, topics } from '../../shared/protocol/topics.ts';
import { eventually, HALL, type OpenHall, openHall, testSeat } from '../support/open-hall.ts';
import { ballot, HandSeat } from '../support/seat-messages.ts';

const OPTIONS = ['for', 'against', 'abstain'] as const;

let open: OpenHall | null = null;
afterEach(() => open?.close());

/**
 * Everything that leaves the coordinator while a vote is open: public documents, staff's documents, what terminals
 * are told, the log. Message ids, digests and hashes are left out: they are random.
 */
async function everythingSaid(choices: readonly (typeof OPTIONS)[number][]): Promise<string[]> {
  const hall = await openHall({ seats: choices.map((_, i) => testSeat(i + 1)) });
  open = hall;
  const heard: string[] = [];
  const page = await mqtt.connectAsync(hall.url, {
    clientId: 'web-0123456789ab',
    protocolVersion: 4,
    clean: true,
  });
  page.on('message', (topic, payload) => heard.push(`${topic} ${payload}`));
  await page.subscribeAsync(
    PUBLIC_TOPICS.map((what) => topics(HALL).public(what)),
    { qos: 1 },
  );
  const hands = await Promise.all(hall.seats.map((seat) => new HandSeat(hall, seat).begin()));
  for (const hand of hands) await hand.checkIn();
  const hears = (what: string, text: string) =>
    eventually(() => heard.some((line) => line.includes(`/${what} `) && line.includes(text)), what);
  await hears('attendance', `"present":${choices.length}`);
  await hall.act({ act: 'open', motion: 'm1', rehearsal: false });
  // What the opening itself says has arrived; from here on only ballots make anything be said.
  await hears('motion', '"phase":"open"');
  await hears('turnout', '"cast":0');
  await hears('checkpoint', `"seq":${hall.chronicle.state.checkpoint?.seq}`);
  heard.length = 0;
  for (const [i, option] of choices.entries()) {
    const hand = hands[i];
    if (!hand) continue;
    const message = ballot(hall, hand.seat, { choice: { kind: 'decision', option } });
    hand.tell(message);
    await hand.receipt(message.id);
    const { state } = hall.chronicle;
    heard.push(
      ...[
        agendaDocument(state),
        deputiesDocument(state),
        terminalsDocument(state, hall.hall.broker.live.all, hall.hall.broker.claimants.all),
        refusalsDocument(state),
        actsDocument(state),
      ].map((d) => JSON.stringify(d)),
    );
    heard.push(...hand.told.map((told) => JSON.stringify(told)));
  }
  await hears('turnout', `"cast":${choices.length}`);
  heard.push(...hall.log);
  await page.endAsync();
  return heard;
}

/** With what differs from run to run for other reasons taken out. */
function bare(lines: readonly string[]): string[] {
  return [
    ...new Set(
      lines.map((line) =>
        line
          .replaceAll(/[0-9a-f]{64}|[A-Za-z0-9_-]{43}|"(for|id)":"[A-Za-z0-9_-]{22}"/g, '*')
          .replaceAll(/"(time|since|lastContact|openedAt|pid|remaining|port)":\d+/g, '*')
          .replaceAll(/"hostname":"[^"]*"/g, '*')
          // Turnouts are gathered: which of them were sent is a matter of timing. That they grow is G7's test.
          .replace(/(\/turnout .*)"cast":\d+/, '$1*'),
      ),
    ),
  ].sort();
}

it('G4 sealed: what is published, told, shown to staff and logged is the same whatever was chosen', async () => {
  const one = bare(await everythingSaid(['for', 'for', 'for', 'for', 'against', 'abstain']));
  await open?.close();
  const other = bare(await everythingSaid(['against', 'abstain', 'against', 'against', 'for', 'against']));
  expect(other).toEqual(one);
  expect(one.length).toBeGreaterThan(10);
});

it('G4 sealed: no bundle leaves while a vote is open, and no result stands in the ledger', async () => {
  await everythingSaid(['for', 'against', 'for']);
  if (!open) throw new Error('no hall');
  const ledger = Ledger.read(open.ledgerFile, SITTING_LEDGER);
  const rows = [...ledger.rows()];
  ledger.close();
  expect(makeBundle(rows, nodeSigner(open.key), 'test')).toMatchObject({ ok: false });
  expect(rows.map((row) => row.type)).not.toContain('result');
  await open.act({ act: 'void', round: 'm1/1', reason: '测试' });
  expect(agendaDocument(open.chronicle.state).motions[0]?.rounds[0]).toMatchObject({
    phase: 'voided',
    result: null,
  });
});

it('G7 no show without ledger: every figure published can be found in the ledger at that moment', async () => {
  const lines = await everythingSaid(['for', 'for', 'against']);
  if (!open) throw new Error('no hall');
  const casts = lines
    .filter((line) => line.includes('/turnout '))
    .map((line) => Number(/"cast":(\d+)/.exec(line)?.[1]));
  const ballots = readLedgerBallots(open);
  expect(Math.max(...casts)).toBe(ballots);
  expect(casts).toEqual([...casts].sort((a, b) => a - b));
});

function readLedgerBallots({ ledgerFile }: OpenHall): number {
  expect(readFileSync(ledgerFile).length).toBeGreaterThan(0);
  const ledger = Ledger.read(ledgerFile, SITTING_LEDGER);
  const n = [...ledger.rows()].filter((row) => row.type === 'ballot' && parseJws(row.body) !== null).length;
  ledger.close();
  return n;
}
