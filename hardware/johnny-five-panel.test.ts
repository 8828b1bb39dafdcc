import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { DeviceStatus, Key } from './capabilities.ts';
import { simpleBoard } from './johnny-five-board.ts';
import { JohnnyFivePanel } from './johnny-five-panel.ts';
import { SIMULATED_WIRING, SimulatedBoard } from './simulated-board.ts';

async function started() {
  const io = new SimulatedBoard();
  const panel = io.panel();
  const presses: Key[] = [];
  const cards: string[] = [];
  const statuses: DeviceStatus[] = [];
  panel.onPress((key) => presses.push(key));
  io.reader.onTap(({ card }) => cards.push(card));
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

  /** Time moves only when told to; johnny-five's debounce and the panel's own clock see the same time. */
  async function timed() {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'],
    });
    const all = await started();
    const pass = (ms: number) => vi.advanceTimersByTime(ms);
    pass(1_000);
    return { ...all, pass };
  }
  afterEach(() => void vi.useRealTimers());

  test('each key presses once each time it goes down, however long it is held', async () => {
    const { io, presses, pass } = await timed();
    const keys = [1, 2, 3, 4, 5, 5, 2] as const;
    for (const key of keys) {
      io.hold(key, true);
      pass(2_000);
      io.hold(key, false);
      pass(50);
    }
    expect(presses).toEqual(keys);
  });

  test('a press of 10 ms counts', async () => {
    const { io, presses, pass } = await timed();
    io.hold(3, true);
    pass(10);
    io.hold(3, false);
    pass(100);
    expect(presses).toEqual([3]);
  });

  test('keys that go down together press nothing, and neither does one beside a key that is held', async () => {
    const { io, presses, pass } = await timed();
    io.hold(2, true);
    pass(5);
    io.hold(5, true);
    pass(300);
    io.hold(4, true);
    pass(300);
    for (const key of [2, 5, 4] as const) io.hold(key, false);
    pass(100);
    expect(presses).toEqual([]);
    io.hold(4, true);
    pass(100);
    expect(presses).toEqual([4]);
  });

  test('a stuck key is reported, is no longer in the way, and is well again when it comes loose', async () => {
    const { io, presses, statuses, pass } = await timed();
    io.hold(1, true);
    pass(9_000);
    expect(statuses).toEqual([{ is: 'ready' }]);
    pass(2_000);
    expect(statuses.at(-1)).toEqual({
      is: 'fault',
      what: 'key 1 is stuck: held down for over 10 s',
      zh: '第 1 键卡住：按下超过 10 秒',
    });
    io.hold(3, true);
    pass(200);
    expect(presses).toEqual([1, 3]);
    io.hold(1, false);
    pass(50);
    expect(statuses.at(-1)).toEqual({ is: 'ready' });
  });

  test('lamps differ by rhythm alone: dark, steady, an even blink, lit with two winks', async () => {
    const { io, panel, pass } = await timed();
    panel.show(['off', 'valid', 'chosen', 'counted', 'off']);
    const seen: boolean[][] = [];
    for (let i = 0; i < 40; i += 1) {
      pass(50);
      seen.push(io.lamps());
    }
    const lit = (lamp: number) => seen.filter((lamps) => lamps[lamp]).length;
    const changes = (lamp: number) =>
      seen.filter((lamps, i) => i > 0 && lamps[lamp] !== seen[i - 1]?.[lamp]).length;
    expect([lit(0), lit(1), lit(4)]).toEqual([0, 40, 0]);
    expect(lit(2)).toBeGreaterThan(15);
    expect(lit(2)).toBeLessThan(25);
    expect(changes(2)).toBeGreaterThanOrEqual(5);
    expect(lit(3)).toBeGreaterThan(30);
    expect(changes(3)).toBeGreaterThanOrEqual(3);
    await panel.stop();
    expect(io.lamps()).toEqual([false, false, false, false, false]);
  });

  test('what is shown before the board is ready is shown when it is', async () => {
    const io = new SimulatedBoard();
    const panel = io.panel();
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
    await vi.waitFor(() => expect(statuses.at(-1)).toMatchObject({ is: 'fault', what: 'unplugged' }));
  });

  test('a board that never answers is a fault', async () => {
    vi.useFakeTimers();
    const silent = Object.assign(new EventEmitter(), { pins: [], analogPins: [], MODES: {}, isReady: false });
    const panel = new JohnnyFivePanel(simpleBoard(silent), SIMULATED_WIRING);
    const statuses: DeviceStatus[] = [];
    panel.onStatus((status) => statuses.push(status));
    const done = panel.start();
    await vi.advanceTimersByTimeAsync(10_000);
    await done;
    vi.useRealTimers();
    expect(statuses).toMatchObject([{ is: 'fault', what: 'the board does not answer' }]);
  });
});
