import { afterEach, beforeEach, expect, it } from 'vitest';
import { fleetDocument } from '../../coordinator/contract/fleet.ts';
import { terminalsDocument } from '../../coordinator/contract/staff-documents.ts';
import { topics } from '../../shared/protocol/topics.ts';
import type { Fleet } from '../../terminal/rehearsal/fleet.ts';
import { eventually, HALL, type OpenHall, openHall } from '../support/open-hall.ts';
import { RawMqtt } from '../support/raw-mqtt.ts';
import { proof, sign } from '../support/seat-messages.ts';
import { fleetOf } from '../support/test-fleet.ts';

let open: OpenHall;
let fleet: Fleet | null = null;
beforeEach(async () => {
  open = await openHall();
});
afterEach(async () => {
  await fleet?.stop();
  fleet = null;
  await open.close();
});

const shown = (terminal: string) =>
  terminalsDocument(open.chronicle.state, open.hall.broker.live.all, []).find(
    (view) => view.terminal === terminal,
  );

it('tells a seat that said goodbye from one that was cut off, and both from one that never came', async () => {
  const [first, second] = open.seats;
  if (!first || !second) throw new Error('the hall has too few seats');
  fleet = fleetOf(open, {
    seats: [first],
    manner: { behaviour: 'checkin-only', speed: 200, absent: 0, passes: 0 },
    healthEverySeconds: 0.05,
    version: '9.9.9',
  });
  await fleet.start();
  await eventually(() => shown('T1')?.version, 'the first health message');
  expect(shown('T1')).toMatchObject({ connected: true, away: null, version: '9.9.9' });
  const standing = () => fleetDocument(open.chronicle.state, open.hall.broker.live.all);
  expect(standing()).toMatchObject([{ terminal: 'T1', image: 'simulated', reader: 'simulated', boot: null }]);
  await fleet.stop();
  await eventually(() => shown('T1')?.connected === false, 'the end of its line');
  expect(shown('T1')).toMatchObject({ version: '9.9.9', away: { why: 'orderly' } });
  expect(shown('T1')?.away?.since).toBeGreaterThan(0);
  expect(standing()).toHaveLength(1);

  const will = { typ: 'gone', v: 1, hall: HALL, terminal: second.terminal, n: 1_000_000 };
  const raw = new RawMqtt(open.port);
  raw.send({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: second.terminal,
    keepalive: 60,
    username: second.terminal,
    password: Buffer.from(proof(open, second, { n: 1_000_000 })),
    will: {
      topic: topics(HALL).up(second.terminal),
      payload: Buffer.from(sign(will, second.key)),
      qos: 1,
      retain: false,
    },
  });
  await raw.packet('connack');
  await eventually(() => shown('T2')?.connected, 'the connection');
  raw.socket.destroy();
  await eventually(() => shown('T2')?.connected === false, 'the end of its line');
  expect(shown('T2')?.away).toMatchObject({ why: 'lost' });
  expect(shown('T3')?.away).toEqual({ since: null, why: 'never' });
});
