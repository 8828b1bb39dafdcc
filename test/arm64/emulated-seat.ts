import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { promisify } from 'node:util';
import { until } from '../support/until.ts';
import { CHECKOUT } from './arm64.ts';
import type { Card } from './card.ts';

/**
 * What the card's units do at a start, in their order, each by its own program: the system itself is not started. Of their
 * fences only the user is here.
 */
const SWITCH_ON = `
/opt/hallvote/bin/hallvote-firstboot
install -d -o hallvote -g hallvote -m 700 /var/lib/hallvote
cd /
# Not in the place of this shell: a process that becomes another user's does not end with who started it.
setpriv --reuid hallvote --regid hallvote --init-groups \\
  /opt/hallvote/bin/hallvote-terminal --config /etc/hallvote/terminal.yaml || exit
`;
/** Prints what the seat's page hears first. */
const LOOK = `
import WebSocket from 'ws';
const socket = new WebSocket('ws://127.0.0.1:8090/seat/socket');
socket.on('message', (text) => { console.log(String(text)); socket.close(); });
socket.on('error', () => process.exit(1));`;
const PAGE = `console.log(await (await fetch('http://127.0.0.1:8090/seat')).text());`;
/** The cable: what is said to the card's port of a coordinator is said to a socket in a folder, which every network has. */
const CABLE = `
import { connect, createServer } from 'node:net';
createServer((seat) => {
  const hall = connect(process.argv[1]);
  seat.pipe(hall).pipe(seat);
  for (const end of [seat, hall]) end.on('error', () => { seat.destroy(); hall.destroy(); });
}).listen(1883);`;

/** The address of the coordinator, as a card in here is told it. */
export const COORDINATOR = 'mqtt://127.0.0.1:1883';

/** A card whose seat has been switched on: its programs run by QEMU, in a network of their own with a cable to the hall. */
export class EmulatedSeat {
  readonly #seat: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #socket: string;
  readonly #server: Server;
  #cable: ChildProcess | null = null;
  /** What its programs said. */
  log = '';

  private constructor(card: Card, hall: string) {
    this.#seat = card.start(SWITCH_ON);
    this.#ended = once(this.#seat, 'close');
    for (const stream of [this.#seat.stdout, this.#seat.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.log += text;
      });
    const port = Number(hall.split(':').at(-1));
    this.#socket = `${card.file}.hall`;
    this.#server = createServer((seat) => {
      const socket = connect(port, '127.0.0.1');
      seat.pipe(socket).pipe(seat);
      for (const end of [seat, socket])
        end.on('error', () => {
          seat.destroy();
          socket.destroy();
        });
    });
  }

  /** Switches it on; `hall` is the address of the coordinator, on this machine. */
  static async start(card: Card, hall: string): Promise<EmulatedSeat> {
    const seat = new EmulatedSeat(card, hall);
    seat.#server.listen(seat.#socket);
    await once(seat.#server, 'listening');
    // Before that it has the network of this machine.
    const networkOf = (pid: number | string | undefined) => readlinkSync(`/proc/${pid}/ns/net`);
    await until(
      'the card has a network of its own',
      60,
      () => networkOf(seat.#seat.pid) !== networkOf('self'),
    );
    seat.#cable = seat.#inItsNetwork(CABLE, seat.#socket);
    return seat;
  }

  #nsenter(): string[] {
    return [`--net=/proc/${this.#seat.pid}/ns/net`, process.execPath, '--input-type=module', '--eval'];
  }

  #inItsNetwork(script: string, ...args: string[]): ChildProcess {
    return spawn('setpriv', ['--pdeathsig', 'KILL', 'nsenter', ...this.#nsenter(), script, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  async #told(script: string): Promise<string> {
    const run = promisify(execFile);
    // Its folder is where `ws` is found.
    return (await run('nsenter', [...this.#nsenter(), script], { cwd: CHECKOUT })).stdout;
  }

  /** Waits until its page hears these words first; gives the page, as it is served. */
  async shows(words: string, seconds: number): Promise<string> {
    let last = '';
    await until(
      () => `${words}\nit shows: ${last}\n${this.log}`,
      seconds,
      async () => {
        if (this.#seat.exitCode !== null) throw new Error(`the seat has ended: ${this.log}`);
        last = await this.#told(LOOK).catch(String);
        return last.includes(words);
      },
    );
    return this.#told(PAGE);
  }

  /** Pulls its plug. */
  async unplug(): Promise<void> {
    this.#cable?.kill('SIGKILL');
    this.#server.close();
    this.#seat.kill('SIGKILL');
    await this.#ended;
    rmSync(this.#socket, { force: true });
  }
}
