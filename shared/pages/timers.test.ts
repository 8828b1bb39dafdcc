import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Timers } from './timers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A page that comes and goes. */
function page() {
  const controllers: ReactiveController[] = [];
  const host: ReactiveControllerHost = {
    addController: (controller) => {
      controllers.push(controller);
    },
    removeController: () => {},
    requestUpdate: () => {},
    updateComplete: Promise.resolve(true),
  };
  const timers = new Timers(host);
  return {
    timers,
    comes: () => {
      for (const controller of controllers) controller.hostConnected?.();
    },
    goes: () => {
      for (const controller of controllers) controller.hostDisconnected?.();
    },
  };
}

it('does again and again what a page always does, while it is there and when it comes back', () => {
  const { timers, comes, goes } = page();
  const act = vi.fn();
  timers.always(100, act);
  vi.advanceTimersByTime(1_000);
  expect(act).toHaveBeenCalledTimes(0);
  comes();
  vi.advanceTimersByTime(350);
  expect(act).toHaveBeenCalledTimes(3);
  goes();
  vi.advanceTimersByTime(1_000);
  expect(act).toHaveBeenCalledTimes(3);
  comes();
  vi.advanceTimersByTime(100);
  expect(act).toHaveBeenCalledTimes(4);
});

it('does nothing more once it is cancelled, or the page is gone', () => {
  const { timers, comes, goes } = page();
  const [once, cancelled, left, often] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
  comes();
  timers.after(10, once);
  timers.after(10, cancelled)();
  timers.after(500, left);
  const stop = timers.every(10, often);
  vi.advanceTimersByTime(25);
  stop();
  goes();
  vi.advanceTimersByTime(1_000);
  expect([once, cancelled, left, often].map((act) => act.mock.calls.length)).toEqual([1, 0, 0, 2]);
  expect(vi.getTimerCount()).toBe(0);
});
