import { EventEmitter } from 'node:events';
import {
  AVRClock,
  AVRIOPort,
  AVRTimer,
  AVRTWI,
  AVRUSART,
  AVRWatchdog,
  avrInstruction,
  CPU,
  clockConfig,
  PinState,
  portBConfig,
  portCConfig,
  portDConfig,
  timer0Config,
  timer1Config,
  timer2Config,
  twiConfig,
  usart0Config,
  watchdogConfig,
} from 'avr8js';
import type { After } from '../after.ts';
import { AvrBus } from './avr-bus.ts';
import { parseIntelHex } from './intel-hex.ts';

const HZ = 16_000_000;
const FLASH = 0x8000;
const SRAM = 2048;
const MCUSR = 0x54;
const TWEN = 0x04;
const CAUSES = { power: 0x01, external: 0x02, watchdog: 0x08 } as const;
export type ResetCause = keyof typeof CAUSES;

/** Cycles run in one turn of the event loop, and how far simulated time may fall behind before it lets go. */
const TURN = 16_000;
const MAX_DEBT_MS = 100;
/** Cycles that an idle program's time goes on at once: well within a byte on the line, which takes 2,778. */
const REST = 32;

/** Everything that a reset replaces. */
interface Chip {
  readonly cpu: CPU;
  readonly usart: AVRUSART;
  readonly ports: readonly [AVRIOPort, AVRIOPort, AVRIOPort];
  /** The memory when the program's loop began last. */
  readonly loop: { isAtHead: boolean; readonly memory: Uint8Array };
}

/**
 * An ATmega328P at 16 MHz with its real firmware, run in this process at the pace of the wall clock: its pins by
 * their Arduino numbers, its serial line as a transport for firmata-io, its I2C bus with simulated devices.
 */
export class AvrBoard {
  /** The line as the host has opened it last. */
  transport = new AvrTransport(this);
  readonly bus = new AvrBus();
  readonly #image: Uint16Array;
  #chip: Chip;
  #low = new Set<number>();
  #listeners: { pin: number; was: boolean; listener: (isHigh: boolean) => void }[] = [];
  #toChip: number[] = [];
  #fromChip: number[] = [];
  #isCut = false;
  #isStopped = false;
  #isRunning = false;
  #timers = new Set<{ readonly at: number; readonly then: () => void }>();
  #startedAt = 0;
  #startCycles = 0;
  /** How often the chip was reset. */
  resets = 0;
  /** Simulated ms lost because this machine was too slow. */
  lostMs = 0;

  constructor(hex: string) {
    this.#image = new Uint16Array(parseIntelHex(hex, FLASH).buffer);
    this.#chip = this.#boot('power');
  }

  /** Powers the board. */
  start(): void {
    this.#isRunning = true;
    this.#rebase();
    this.transport.emit('open');
    setImmediate(this.#turn);
  }

  /** Opens the serial line, as a host does that starts anew; on most boards this resets the chip. */
  openLine(): AvrTransport {
    this.transport = new AvrTransport(this);
    this.reset('external');
    return this.transport;
  }

  stop(): void {
    this.#isRunning = false;
  }

  /** Simulated ms since power was first given. */
  get now(): number {
    return (this.#chip.cpu.cycles / HZ) * 1000;
  }

  /** A host's clock that is as slow as the chip's: on a busy machine neither is late for the other. */
  readonly after: After = (ms, then) => {
    const timer = { at: this.now + ms, then };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  // ---- hands and eyes --------------------------------------------------------------------------------

  /** Connects a pin to ground, as a key does. */
  press(pin: number): void {
    this.#low.add(pin);
    this.#level(pin);
  }

  release(pin: number): void {
    this.#low.delete(pin);
    this.#level(pin);
  }

  /** Presses and releases pins at exact simulated times, in ms from now. */
  script(...moves: readonly (readonly [ms: number, act: 'press' | 'release', pin: number])[]): void {
    const { cpu } = this.#chip;
    for (const [ms, act, pin] of moves) cpu.addClockEvent(() => this[act](pin), Math.round((ms * HZ) / 1000));
  }

  /** Whether the chip drives the pin high: its lamp is lit. */
  isLit(pin: number): boolean {
    const [port, bit] = this.#place(pin);
    return port.pinState(bit) === PinState.High;
  }

  hasPullUp(pin: number): boolean {
    const [port, bit] = this.#place(pin);
    return port.pinState(bit) === PinState.InputPullUp;
  }

  /** Calls `listener` whenever the chip starts or stops driving the pin high. */
  onLamp(pin: number, listener: (isLit: boolean) => void): void {
    this.#listeners.push({ pin, was: this.isLit(pin), listener });
  }

  // ---- faults ----------------------------------------------------------------------------------------

  reset(cause: ResetCause = 'external'): void {
    this.resets += 1;
    this.#chip = this.#boot(cause);
    this.#rebase();
  }

  /** The program stops: time passes, and nothing happens any more. */
  stopCpu(): void {
    this.#isStopped = true;
  }

  /** The program runs into an endless loop; only the watchdog can help. */
  hangProgram(how: 'interrupts on' | 'interrupts off' = 'interrupts off'): void {
    const { cpu } = this.#chip;
    const end = FLASH / 2 - 1;
    cpu.progMem[end] = 0xcfff; // rjmp .-2
    cpu.pc = end;
    cpu.data[95] = how === 'interrupts on' ? 0x80 : 0;
  }

  /** Cuts the serial line: bytes are lost in both directions, and the host sees the port close. */
  cut(): void {
    this.#isCut = true;
    this.#toChip = [];
    this.transport.emit('close');
  }

  /** Plugs the line in again; the host must open a transport of its own. */
  restore(): void {
    this.#isCut = false;
  }

  /** Puts bytes on the line to the host, as noise does. */
  inject(bytes: Uint8Array): void {
    this.#fromChip.push(...bytes);
  }

  /** Bytes from the host; lost while the line is cut. */
  receive(bytes: Uint8Array): void {
    if (this.#isCut) return;
    this.#toChip.push(...bytes);
    this.#feed();
  }

  /** Bytes from the host faster than the line can carry them: most are overrun. */
  flood(bytes: Uint8Array): void {
    const { cpu, usart } = this.#chip;
    bytes.forEach((byte, i) => {
      cpu.addClockEvent(() => usart.writeByte(byte, true), 40 * (i + 1));
    });
  }

  // ---- the machine -----------------------------------------------------------------------------------

  #boot(cause: ResetCause): Chip {
    const cycles = this.#chip?.cpu.cycles ?? 0;
    const cpu = new CPU(this.#image.slice(), SRAM);
    cpu.cycles = cycles;
    cpu.data[MCUSR] = CAUSES[cause];
    const ports = [
      new AVRIOPort(cpu, portDConfig),
      new AVRIOPort(cpu, portBConfig),
      new AVRIOPort(cpu, portCConfig),
    ] as const;
    for (const config of [timer0Config, timer1Config, timer2Config]) new AVRTimer(cpu, config);
    const usart = new AVRUSART(cpu, usart0Config, HZ);
    usart.onByteTransmit = (byte) => this.#fromChip.push(byte);
    usart.onRxComplete = () => this.#feed();
    this.#wireBus(cpu);
    new AVRWatchdog(cpu, watchdogConfig, new AVRClock(cpu, HZ, clockConfig));
    const loop = { isAtHead: false, memory: new Uint8Array(cpu.data.length) };
    const fed = cpu.onWatchdogReset;
    cpu.onWatchdogReset = () => {
      fed();
      loop.isAtHead = true;
    };
    // The simulator's own reset keeps the peripherals as they were; ours begins anew.
    cpu.reset = () => this.reset('watchdog');
    for (const port of ports) port.addListener(() => this.#look());
    const chip = { cpu, usart, ports, loop };
    for (let pin = 0; pin < 20; pin += 1) this.#level(pin, chip);
    return chip;
  }

  #wireBus(cpu: CPU): void {
    const twi = new AVRTWI(cpu, twiConfig, HZ);
    this.bus.connect(twi, (then, cycles) => cpu.addClockEvent(then, cycles));
    const control = cpu.writeHooks[twiConfig.TWCR];
    cpu.writeHooks[twiConfig.TWCR] = (value, old, address, mask) => {
      // Switching the unit off gives up whatever it waited for.
      if (!(value & TWEN)) twi.completeStop();
      return control?.(value, old, address, mask);
    };
  }

  #place(pin: number, { ports } = this.#chip): readonly [AVRIOPort, number] {
    if (pin < 8) return [ports[0], pin];
    return pin < 14 ? [ports[1], pin - 8] : [ports[2], pin - 14];
  }

  #level(pin: number, chip = this.#chip): void {
    const [port, bit] = this.#place(pin, chip);
    port.setPin(bit, !this.#low.has(pin));
  }

  #look(): void {
    for (const held of this.#listeners) {
      const isLit = this.isLit(held.pin);
      if (isLit === held.was) continue;
      held.was = isLit;
      held.listener(isLit);
    }
  }

  #feed(): void {
    const { usart } = this.#chip;
    const [byte] = this.#toChip;
    if (byte !== undefined && !usart.rxBusy && usart.writeByte(byte)) this.#toChip.shift();
  }

  #rebase(): void {
    this.#startedAt = performance.now();
    this.#startCycles = this.#chip.cpu.cycles;
  }

  #turn = (): void => {
    if (!this.#isRunning) return;
    const due = this.#startCycles + ((performance.now() - this.#startedAt) * HZ) / 1000;
    const { cpu } = this.#chip;
    const debt = ((due - cpu.cycles) / HZ) * 1000;
    if (debt > MAX_DEBT_MS) {
      this.lostMs += debt;
      this.#rebase();
    }
    const until = Math.min(due, cpu.cycles + TURN);
    if (this.#isStopped) cpu.cycles = until;
    else this.#run(until);
    if (this.#fromChip.length > 0) {
      const bytes = Buffer.from(this.#fromChip);
      this.#fromChip = [];
      if (!this.#isCut) this.transport.emit('data', bytes);
    }
    for (const timer of [...this.#timers].filter(({ at }) => at <= this.now)) {
      this.#timers.delete(timer);
      timer.then();
    }
    if (this.#chip.cpu.cycles + TURN < due) setImmediate(this.#turn);
    else setTimeout(this.#turn, 1);
  };

  #run(until: number): void {
    const chip = this.#chip;
    const { cpu, loop } = chip;
    this.#feed();
    while (cpu.cycles < until) {
      avrInstruction(cpu);
      cpu.tick();
      if (this.#chip !== chip) return;
      if (loop.isAtHead) this.#rest(chip, until);
    }
  }

  /**
   * The program feeds its watchdog at the head of its loop. A turn that has left registers and memory as they were will
   * do so again: until an event of the chip changes something, only time goes on.
   */
  #rest(chip: Chip, until: number): void {
    const { cpu, loop } = chip;
    loop.isAtHead = false;
    const head = cpu.pc;
    const isUnchanged = () => cpu.pc === head && Buffer.compare(cpu.data, loop.memory) === 0;
    if (!isUnchanged()) {
      loop.memory.set(cpu.data);
      return;
    }
    while (cpu.cycles < until && this.#chip === chip && isUnchanged()) {
      cpu.cycles += REST;
      cpu.tick();
      // One event a tick: it goes on in small steps, and none is left behind.
    }
  }
}

/** The serial port as firmata-io wants one. */
class AvrTransport extends EventEmitter {
  readonly #board: AvrBoard;

  constructor(board: AvrBoard) {
    super();
    this.#board = board;
  }

  write(bytes: Buffer, done?: () => void): void {
    this.#board.receive(bytes);
    done?.();
  }
}
