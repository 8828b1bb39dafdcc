import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { generate, type Packet, parser } from 'mqtt-packet';
import { eventually } from './open-hall.ts';

/** A socket that speaks MQTT packet by packet, in any order, right or wrong. */
export class RawMqtt {
  readonly received: Packet[] = [];
  readonly socket: Socket;
  closed = false;

  /** @param secure what is shown over TLS; without, the socket speaks in the clear. */
  constructor(port: number, secure: ConnectionOptions | null = null, localAddress = '127.0.0.1') {
    const at = { port, host: '127.0.0.1', localAddress };
    this.socket = secure ? connectTls({ ...at, ...secure }) : connect(at);
    const parse = parser({ protocolVersion: 4 });
    parse.on('packet', (packet) => this.received.push(packet));
    this.socket.on('data', (chunk) => parse.parse(chunk));
    this.socket.on('close', () => {
      this.closed = true;
    });
    this.socket.on('error', () => {
      this.closed = true;
    });
  }

  send(...packets: Packet[]): void {
    this.socket.write(Buffer.concat(packets.map((packet) => generate(packet))));
  }

  connect(clientId: string, password?: string): void {
    const login = password === undefined ? {} : { username: clientId, password: Buffer.from(password) };
    this.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId,
      keepalive: 60,
      ...login,
    });
  }

  publish(topic: string, payload: string | Buffer, messageId = 1, qos: 0 | 1 | 2 = 1): void {
    this.send({ cmd: 'publish', topic, payload, qos, messageId, dup: false, retain: false });
  }

  subscribe(topic: string, messageId = 1): void {
    this.send({ cmd: 'subscribe', messageId, subscriptions: [{ topic, qos: 1 }] });
  }

  /** The next packet of a kind, from the first received on. */
  async packet<C extends Packet['cmd']>(cmd: C): Promise<Extract<Packet, { cmd: C }>> {
    const is = (packet: Packet): packet is Extract<Packet, { cmd: C }> => packet.cmd === cmd;
    return eventually(() => this.received.find(is), cmd);
  }

  async end(): Promise<void> {
    await eventually(() => this.closed, 'the end of the connection');
  }
}
