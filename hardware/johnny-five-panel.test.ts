import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import type { Key, PanelStatus } from './capabilities.ts';
import { JohnnyFivePanel } from './johnny-five-panel.ts';
import { SIMULATED_WIRING, SimulatedBoard } from './simulated-board.ts';

async function started() {
  const io = new SimulatedBoard();
  const panel = new JohnnyFivePanel({ io, wiring: SIMULATED_WIRING, cards: io });
  const presses: Key[] = [];
  const cards: string[] = [];
  const statuses: PanelStatus[] = [];
  panel.onPress((key) => presses.push(key));
  panel.onCard((card) => cards.push(card));
  panel.onStatus((status) => statuses.push(status));
  await panel.start();
  return { io, panel, presses, cards, statuses };
}

describe('the panel on johnny-five, over the simulated board', () => {
  test('is ready, dark, and silent until touched', async () => {
    const { io, statuses, presses } = await started();
    expect(statuses).toEqual([{ is: 'ready' }]);
    expect(io.lamps()).toEqual([false, false, false, false, false]);
    expect(presses).toEqual([]);
  });

  test('each key presses once each time it goes down, however long it is held', async () => {
    const { io, presses } = await started();
    vi.useFakeTimers();
    const keys = [1, 2, 3, 4, 5, 5, 2] as const;
    for (const key of keys) {
      io.hold(key, true);
      vi.advanceTimersByTime(2_000);
      io.hold(key, false);
      vi.advanceTimersByTime(50);
    }
    vi.useRealTimers();
    expect(presses).toEqual(keys);
  });

  test('lamps: valid and counted are steady, chosen blinks, dead is dark', async () => {
    const { io, panel } = await started();
    panel.show(['off', 'valid', 'chosen', 'counted', 'off']);
    expect(io.lamps()).toEqual([false, true, true, true, false]);
    const seen = new Set<string>();
    const end = io.onLamps((lamps) => seen.add(lamps.join()));
    await vi.waitFor(() => expect(seen.size).toBe(2));
    end();
    expect(seen).toEqual(
      new Set([[false, true, true, true, false].join(), [false, true, false, true, false].join()]),
    );
    await panel.stop();
    expect(io.lamps()).toEqual([false, false, false, false, false]);
  });

  test('what is shown before the board is ready is shown when it is', async () => {
    const io = new SimulatedBoard();
    const panel = new JohnnyFivePanel({ io, wiring: SIMULATED_WIRING, cards: io });
    panel.show(['valid', 'off', 'off', 'off', 'valid']);
    await panel.start();
    expect(io.lamps()).toEqual([true, false, false, false, true]);
  });

  test('cards reach the listener', async () => {
    const { io, cards } = await started();
    io.tap('04A1B2C3');
    expect(cards).toEqual(['04A1B2C3']);
  });

  test('a board that fails is a status, not the end of the process', async () => {
    const { io, statuses } = await started();
    io.emit('error', new Error('unplugged'));
    await vi.waitFor(() => expect(statuses.at(-1)).toEqual({ is: 'fault', what: 'unplugged' }));
  });

  test('a board that never answers is a fault', async () => {
    vi.useFakeTimers();
    const silent = Object.assign(new EventEmitter(), { pins: [], analogPins: [], MODES: {}, isReady: false });
    const panel = new JohnnyFivePanel({ io: silent, wiring: SIMULATED_WIRING, cards: new SimulatedBoard() });
    const statuses: PanelStatus[] = [];
    panel.onStatus((status) => statuses.push(status));
    const done = panel.start();
    await vi.advanceTimersByTimeAsync(10_000);
    await done;
    vi.useRealTimers();
    expect(statuses).toEqual([{ is: 'fault', what: 'the board does not answer' }]);
  });
});
