import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STAFF_TOPICS, topics } from '../../shared/protocol/topics.ts';
import { HandClock } from '../../test/support/hand-clock.ts';
import { HALL, type OpenHall, openHall, testSeat } from '../../test/support/open-hall.ts';
import { type AnyStep, signed } from '../../test/support/staff.ts';
import type { Act } from '../contract/acts.ts';
import { fleetDocument } from '../contract/fleet.ts';
import { pressingDocument, unvotedDocument } from '../contract/pressing.ts';
import {
  actsDocument,
  agendaDocument,
  deputiesDocument,
  refusalsDocument,
  rejectedDocument,
  terminalsDocument,
} from '../contract/staff-documents.ts';
import { NO_UPDATES } from '../contract/update.ts';
import { Publisher } from './publisher.ts';

const WAITING = { start: 'a', told: 0 };

let clock: HandClock;
let open: OpenHall;
let publisher: Publisher;
let published: Map<string, string>;
let bytes: number;

beforeEach(async () => {
  clock = new HandClock();
  open = await openHall({ machine: clock, after: clock.after, seats: [1, 2, 3].map(testSeat) });
  published = new Map();
  bytes = 0;
  publisher = new Publisher({
    hall: HALL,
    chronicle: open.chronicle,
    live: () => open.hall.broker.live.all,
    claims: () => open.hall.broker.claimants.all,
    update: () => NO_UPDATES,
    waiting: () => WAITING,
    retain: (topic, payload) => {
      published.set(topic, payload);
      bytes += payload.length;
    },
    after: clock.after,
  });
  publisher.start();
});
afterEach(async () => {
  publisher.stop();
  await open.close();
});

/** What staff's pages would be shown if they were made from nothing now. */
function anew() {
  const { state } = open.chronicle;
  const { live, claimants } = open.hall.broker;
  return {
    agenda: agendaDocument(state),
    pressing: pressingDocument(state, live.all),
    unvoted: unvotedDocument(state, live.all),
    terminals: terminalsDocument(state, live.all, claimants.all),
    fleet: fleetDocument(state, live.all),
    deputies: deputiesDocument(state),
    refusals: refusalsDocument(state),
    rejected: rejectedDocument(state),
    acts: actsDocument(state),
    update: NO_UPDATES,
    waiting: WAITING,
  };
}

function shown(what: (typeof STAFF_TOPICS)[number]): unknown {
  return JSON.parse(published.get(topics(HALL).staff(what)) ?? 'null');
}

describe('what staff is shown', () => {
  it('is, after every act, what the sitting says', async () => {
    const acts: Act[] = [
      { act: 'check-in', deputy: 'd1', reason: '忘带代表证' },
      { act: 'check-in', deputy: 'd2', reason: '忘带代表证' },
      { act: 'remove-terminal', terminal: 'T1' },
      { act: 'enrol', terminal: 'NEW', key: testSeat(9).key.x, seat: 'S1' },
      { act: 'replace-terminal', terminal: 'T2', spare: 'SPARE', key: testSeat(8).key.x },
      { act: 'issue-card', deputy: 'd3', card: 'NEWCARD1' },
      { act: 'mark-card', card: 'NEWCARD1', status: 'lost' },
      { act: 'open', motion: 'm1', rehearsal: false },
      { act: 'hold', round: 'm1/1', reason: '检查设备' },
      { act: 'resume', round: 'm1/1' },
      { act: 'close', round: 'm1/1' },
      { act: 'announce', round: 'm1/1' },
      { act: 'leave', deputy: 'd2', reason: '请假' },
      { act: 'clear' },
    ];
    for (const act of acts) {
      expect(await open.act(act), act.act).toMatchObject({ ok: true });
      // A vote that has gone on is not closed at once.
      clock.pass(act.act === 'resume' ? 6_000 : 2_000);
      const now = anew();
      for (const what of STAFF_TOPICS) expect(shown(what), `${what} after ${act.act}`).toEqual(now[what]);
    }
  });

  it('is told less often the more it is', () => {
    const long = { name: '名'.repeat(60), title: '职'.repeat(60), delegation: '团'.repeat(60) };
    const deputies = Array.from({ length: 3000 }, (_, n) => ({
      id: `d${n + 1}`,
      seat: `S${n}`,
      cards: [],
      ...long,
    }));
    const enter = (draft: AnyStep) =>
      open.chronicle.commit((writer) => writer.own([signed(draft)], open.chronicle.now()));
    enter({ typ: 'roll-set', deputies });
    clock.pass(20_000);
    bytes = 0;
    for (let half = 0; half < 40; half += 1) {
      enter({ typ: 'card-issued', deputy: 'd1', card: `NEW${String(half).padStart(5, '0')}` });
      clock.pass(500);
    }
    expect(bytes / 20).toBeGreaterThan(100_000);
    expect(bytes / 20).toBeLessThan(600_000);
  });
});
