import { describe, expect, it } from 'vitest';
import type { UpdateStep } from '../../../shared/update/messages.ts';
import type { TerminalView } from '../../contract/documents.ts';
import { updateStateOf } from './operator-update.ts';

const A = 'a'.repeat(64);
const OFFERED = { manifest: A, version: '2', order: 7, note: '', files: 1, bytes: 1 };

function seat(update: TerminalView['update'], connected = true): TerminalView {
  const nothing = { place: null, since: null, lastContact: null, version: null, panel: null, reader: null };
  const more = {
    firmware: null,
    machine: null,
    clockOffset: null,
    selfTest: null,
    waiting: null,
    roundTrip: null,
    away: null,
  };
  return {
    terminal: 'T1',
    seat: '1',
    kid: A,
    key: A,
    state: 'enrolled',
    connected,
    faults: [],
    deputy: null,
    update,
    ...nothing,
    ...more,
  };
}
const at = (step: UpdateStep, connected = true, order = 3, manifest = A) =>
  updateStateOf(seat({ order, manifest, step }, connected), OFFERED);

describe('how far a seat is with the release on offer', () => {
  it.each<[ReturnType<typeof at>, string]>([
    [at({ is: 'idle' }, true, 3), 'todo'],
    [at({ is: 'downloading', percent: 3 }), 'busy'],
    [at({ is: 'installing' }, false), 'busy'],
    [at({ is: 'waiting' }), 'waiting'],
    [at({ is: 'trial' }, true, 7), 'trial'],
    [at({ is: 'confirmed' }), 'done'],
    [at({ is: 'idle' }, false, 7), 'done'],
    [at({ is: 'refused', why: 'older' }), 'failed'],
    [at({ is: 'rolled-back', why: 'crashed' }, false), 'failed'],
    [at({ is: 'rolled-back', why: 'crashed' }, true, 3, 'b'.repeat(64)), 'todo'],
    [at({ is: 'idle' }, false), 'offline'],
    [updateStateOf(seat(null), OFFERED), 'cannot'],
    [updateStateOf(seat(null, false), OFFERED), 'offline'],
  ])('is %s', (found, expected) => {
    expect(found).toBe(expected);
  });
});
