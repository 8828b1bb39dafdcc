import mqtt, { type MqttClient } from 'mqtt';
import type { z } from 'zod';
import type { StaffClient } from '../../coordinator/cli/staff-client.ts';
import { TerminalsDocument, type TerminalView } from '../../coordinator/contract/documents.ts';
import { topics } from '../../shared/protocol/topics.ts';

/** What the operator's page knows of the terminals, live. */
export class StaffDesk {
  readonly #client: MqttClient;
  #terminals: z.infer<typeof TerminalsDocument> = [];

  private constructor(client: MqttClient) {
    this.#client = client;
    client.on('message', (_topic, bytes) => {
      this.#terminals = TerminalsDocument.parse(JSON.parse(bytes.toString('utf8')));
    });
  }

  /** @param http the coordinator's address. */
  static async open(http: string, staff: StaffClient, hall: string): Promise<StaffDesk> {
    const client = mqtt.connect(`${http.replace('http', 'ws')}/mqtt`, {
      protocolVersion: 4,
      clientId: 'web-00000000000000ff',
      wsOptions: { headers: { cookie: staff.cookie } },
    });
    await new Promise((resolve, reject) => client.once('connect', resolve).once('error', reject));
    const desk = new StaffDesk(client);
    await client.subscribeAsync(topics(hall).staff('terminals'));
    return desk;
  }

  /** The only terminal; undefined before any has come. */
  get terminal(): TerminalView | undefined {
    return this.#terminals[0];
  }

  async close(): Promise<void> {
    await this.#client.endAsync(true);
  }
}
