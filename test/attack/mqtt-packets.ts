import { generate, type IConnectPacket, type Packet } from 'mqtt-packet';
import { topics } from '../../shared/protocol/topics.ts';
import type { Context } from './context.ts';
import type { Dice } from './dice.ts';

/** MQTT 3.1.1 packets, as an honest client sends them and as none does. */

export function connectPacket(
  clientId: string,
  password?: string,
  change: Partial<IConnectPacket> = {},
): Buffer {
  return generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId,
    keepalive: 60,
    ...(password === undefined ? {} : { username: clientId, password: Buffer.from(password) }),
    ...change,
  });
}

export function publishPacket(
  topic: string,
  payload: string | Buffer,
  messageId = 1,
  qos: 0 | 1 | 2 = 1,
  retain = false,
): Buffer {
  return generate({ cmd: 'publish', topic, payload, qos, messageId, dup: false, retain });
}

export function subscribePacket(...to: string[]): Buffer {
  return generate({
    cmd: 'subscribe',
    messageId: 7,
    subscriptions: to.map((topic) => ({ topic, qos: 1 as const })),
  });
}

/** What no client should ask for: the broker's own, everybody's, others'. */
function forbiddenTopic(dice: Dice, { hall, others }: Context): string {
  const at = topics(hall);
  const other = dice.pick(others);
  return dice.pick([
    '$SYS/#',
    '$SYS/broker/clients',
    '#',
    '+/+/+/+/+',
    '+',
    `hall/${hall}/#`,
    `hall/+/terminal/+/up`,
    at.up(other),
    at.down(other),
    at.sitting,
    at.public('result'),
    at.staff('deputies'),
    at.staff('terminals'),
    '/',
    '//',
    '',
    'a/#/b',
    'a+',
    '$share/g/#',
    '\u0000',
    '\uffff',
    'x'.repeat(4_000),
    '/'.repeat(2_000),
  ]);
}

const ODD_CONNECTS: readonly Partial<IConnectPacket>[] = [
  { protocolVersion: 3, protocolId: 'MQIsdp' },
  { protocolVersion: 5 },
  { clean: false },
  { keepalive: 0 },
  { keepalive: 65_535 },
  { clientId: '' },
  { clientId: 'x'.repeat(20_000) },
  { clientId: '$SYS' },
  { clientId: 'web-00000000c4a1' },
  { clientId: '\u0000' },
];

/** One packet with ill intent, well-formed for most part. */
export function hostilePacket(dice: Dice, context: Context): Buffer {
  const topic = forbiddenTopic(dice, context);
  const client = dice.pick([
    'web-0123456789ab',
    dice.pick(context.others),
    'stranger',
    dice.pick(context.rogues).terminal,
  ]);
  const will = {
    topic,
    payload: Buffer.from('gone'),
    qos: dice.pick([0, 1, 2] as const),
    retain: dice.one(2),
  };
  const safe = (packet: Packet) => generate(packet);
  switch (dice.below(14)) {
    case 0:
      return connectPacket(client, undefined, { will: { ...will, topic: topic || 'x' } });
    case 1:
      return connectPacket(
        client,
        dice.bytes(300).toString('base64'),
        dice.pick(ODD_CONNECTS).clientId === '' ? { clientId: '' } : dice.pick(ODD_CONNECTS),
      );
    case 2:
      return connectPacket('web-0123456789ab');
    case 3:
      return subscribePacket(topic || '#');
    case 4:
      return subscribePacket(...Array.from({ length: 200 }, (_, i) => `t/${i}`));
    case 5:
      return publishPacket(
        topic || 'x',
        dice.bytes(dice.below(200)),
        1,
        dice.pick([0, 1, 2] as const),
        dice.one(2),
      );
    case 6:
      return publishPacket(
        topics(context.hall).up(client),
        'x'.repeat(dice.pick([0, 10, 3_000, 20_000])),
        1,
        dice.pick([0, 1, 2] as const),
      );
    case 7:
      return safe({
        cmd: dice.pick(['pubrel', 'pubrec', 'pubcomp', 'puback'] as const),
        messageId: 1 + dice.below(65_000),
      });
    case 8:
      return safe({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: [topic || '#'] });
    case 9:
      return safe({ cmd: dice.pick(['pingreq', 'pingresp', 'disconnect'] as const) });
    case 10:
      return Buffer.from([dice.below(256), 0xff, 0xff, 0xff, dice.pick([0x7f, 0xff]), 0x01]);
    case 11:
      return Buffer.from([dice.pick([0x00, 0xf0, 0x36, 0x3e]), 0x02, 0x00, 0x00]);
    case 12:
      return Buffer.concat([connectPacket('web-0123456789ab'), connectPacket('web-0123456789ab')]);
    default:
      return Buffer.concat([Buffer.from([0x30, 0x80, 0x80, 0x08]), dice.bytes(100)]);
  }
}
