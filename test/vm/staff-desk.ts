import mqtt, { type MqttClient } from 'mqtt';
import type { z } from 'zod';
import type { StaffClient } from '../../coordinator/cli/staff-client.ts';
import {
  FleetDocument,
  type FleetView,
  TerminalsDocument,
  type TerminalView,
} from '../../coordinator/contract/documents.ts';
import { topics } from '../../shared/protocol/topics.ts';

/** What the operator's page knows of the terminals, live. */
export class StaffDesk {
  readonly #client: MqttClient;
  #terminals: z.infer<typeof TerminalsDocument> = [];
  #fleet: readonly FleetView[] = [];

  private constructor(client: MqttClient, fleet: string) {
    this.#client = client;
    client.on('message', (topic, bytes) => {
      const document: unknown = JSON.parse(bytes.toString('utf8'));
      if (topic === fleet) this.#fleet = FleetDocument.parse(document);
      else this.#terminals = TerminalsDocument.parse(document);
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
    const { staff: at } = topics(hall);
    const desk = new StaffDesk(client, at('fleet'));
    await client.subscribeAsync([at('terminals'), at('fleet')]);
    return desk;
  }

  /** The only terminal; undefined before any has come. */
  get terminal(): TerminalView | undefined {
    return this.#terminals[0];
  }

  /** What the only terminal's page has said of itself; undefined before it has. */
  get screen(): FleetView['screen'] | undefined {
    return this.#fleet[0]?.screen;
  }

  async close(): Promise<void> {
    await this.#client.endAsync(true);
  }
}
