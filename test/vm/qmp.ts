import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const Message = z.union([
  z.object({ event: z.string(), data: z.unknown() }),
  z.object({ return: z.unknown() }),
  z.object({ error: z.object({ desc: z.string() }) }),
  z.object({ QMP: z.unknown() }),
]);

/** QEMU's control port: what a hand does to a machine from outside. */
export class Qmp {
  readonly #socket: Socket;
  readonly #answers: ((answer: { error?: string; value?: unknown }) => void)[] = [];
  /** Names of the events so far, in their order. */
  readonly events: string[] = [];
  onEvent: (event: string) => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => this.#end());
    socket.on('close', () => this.#end());
    createInterface({ input: socket }).on('line', (line) => this.#take(line));
  }

  static async connect(path: string): Promise<Qmp> {
    const socket = connect(path);
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    const qmp = new Qmp(socket);
    await qmp.execute('qmp_capabilities');
    return qmp;
  }

  /** @throws {Error} with what QEMU says where it refuses. */
  async execute(command: string, args: object = {}): Promise<unknown> {
    const answer = new Promise<{ error?: string; value?: unknown }>((resolve) => this.#answers.push(resolve));
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    const { error, value } = await answer;
    if (error !== undefined) throw new Error(`${command}: ${error}`);
    return value;
  }

  #take(line: string): void {
    const message = Message.parse(JSON.parse(line));
    if ('event' in message) {
      this.events.push(message.event);
      this.onEvent(message.event);
    } else if ('return' in message) this.#answers.shift()?.({ value: message.return });
    else if ('error' in message) this.#answers.shift()?.({ error: message.error.desc });
  }

  #end(): void {
    for (const answer of this.#answers.splice(0)) answer({ error: 'the machine is off' });
  }
}
