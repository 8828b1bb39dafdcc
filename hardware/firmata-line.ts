import { EventEmitter } from 'node:events';
import { guarded } from '../shared/protocol/guarded.ts';
import type { FirmataTransport } from './firmata-board.ts';

const START_SYSEX = 0xf0;
const END_SYSEX = 0xf7;
const SHORT_MESSAGE = 3;

/** The longest message a panel has reason to send is about its pins, and a tenth of this. */
export const MOST_MESSAGE = 4096;

/**
 * The line between a microcontroller and firmata-io, which takes whatever it reads for a message in order and throws where
 * it is none: messages go on one by one, whole, and none grows without end. One that firmata-io cannot read is told of by
 * `onDamaged` and harms no other; a cable that stands beside a motor makes some.
 */
export function firmataLine(port: FirmataTransport, onDamaged: (error: unknown) => void): FirmataTransport {
  const line = Object.assign(new EventEmitter(), {
    write: (bytes: Buffer, done?: (error?: Error | null) => void) => port.write(bytes, done),
  });
  let message: number[] = [];
  const whole = guarded(
    'a message from the panel',
    (_, error) => onDamaged(error),
    (bytes: readonly number[]) => line.emit('data', Buffer.from(bytes)),
  );
  const take = (byte: number) => {
    const [first] = message;
    if (byte >= 0x80 && !(byte === END_SYSEX && first === START_SYSEX)) message = [byte];
    else if (first !== undefined) message.push(byte);
    const isEnded = first === START_SYSEX ? byte === END_SYSEX : message.length === SHORT_MESSAGE;
    if (isEnded) whole(message);
    if (isEnded || message.length > MOST_MESSAGE) message = [];
  };
  port.on('data', (bytes: Uint8Array) => {
    for (const byte of bytes) take(byte);
  });
  port.on('error', (error) => line.emit('error', error));
  for (const event of ['open', 'close'])
    port.on(event, (...values: unknown[]) => line.emit(event, ...values));
  return line;
}
