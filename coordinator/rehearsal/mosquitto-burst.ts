import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';

const PORT = 21883;
const MESSAGE = Buffer.alloc(900, 'x');
/** Connections opened at a time. */
const AT_ONCE = 100;

function isListening(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(PORT, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function connectAll(seats: number): Promise<MqttClient[]> {
  const clients: MqttClient[] = [];
  while (clients.length < seats) {
    const some = Array.from({ length: Math.min(AT_ONCE, seats - clients.length) }, (_, i) =>
      mqtt.connectAsync(`mqtt://127.0.0.1:${PORT}`, {
        clientId: `s${clients.length + i}`,
        protocolVersion: 4,
      }),
    );
    clients.push(...(await Promise.all(some)));
  }
  return clients;
}

/**
 * What a relay that neither verifies nor stores needs for the same traffic: `seats` clients publish one ballot's
 * worth of bytes at QoS 1 and one subscriber answers each with as much. Milliseconds until the last answer; null
 * where Mosquitto is not installed.
 */
export async function relayBurst(seats: number): Promise<number | null> {
  const which = ['mosquitto', '/usr/sbin/mosquitto'].find((name) => !spawnSync(name, ['-h']).error);
  if (!which) return null;
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-relay-'));
  const config = join(folder, 'mosquitto.conf');
  writeFileSync(
    config,
    `listener ${PORT} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 0\n`,
  );
  const relay = spawn(which, ['-c', config], { stdio: 'ignore' });
  relay.on('error', () => {});
  try {
    while (!(await isListening())) await new Promise((resolve) => setTimeout(resolve, 20));
    const url = `mqtt://127.0.0.1:${PORT}`;
    const answerer = await mqtt.connectAsync(url, { clientId: 'answerer', protocolVersion: 4 });
    answerer.on('message', (topic, payload) =>
      answerer.publish(topic.replace('up', 'down'), payload, { qos: 1 }),
    );
    await answerer.subscribeAsync('up/+', { qos: 1 });
    const clients = await connectAll(seats);
    await Promise.all(clients.map((client, i) => client.subscribeAsync(`down/${i}`, { qos: 1 })));
    const answered = clients.map(
      (client) => new Promise<void>((resolve) => client.once('message', () => resolve())),
    );
    const start = performance.now();
    clients.forEach((client, i) => {
      client.publish(`up/${i}`, MESSAGE, { qos: 1 });
    });
    await Promise.all(answered);
    const took = performance.now() - start;
    for (const client of [answerer, ...clients]) client.end(true);
    return took;
  } finally {
    relay.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}
