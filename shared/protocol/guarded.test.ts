import { expect, it, vi } from 'vitest';
import { guarded } from './guarded.ts';

it('hands arguments on and reports nothing where nothing goes wrong', () => {
  const report = vi.fn();
  const handler = vi.fn();
  guarded('a timer', report, handler)(1, 'two');
  expect(handler).toHaveBeenCalledExactlyOnceWith(1, 'two');
  expect(report).not.toHaveBeenCalled();
});

it('reports what a handler throws and gives up on what it worked on', () => {
  const report = vi.fn();
  const giveUp = vi.fn();
  const error = new Error('Invalid URL');
  const handler = guarded(
    'an upgrade',
    report,
    (_socket: string) => {
      throw error;
    },
    giveUp,
  );
  expect(() => handler('socket')).not.toThrow();
  expect(report).toHaveBeenCalledExactlyOnceWith('an upgrade', error);
  expect(giveUp).toHaveBeenCalledExactlyOnceWith('socket');
});

it('reports what a promise rejects with', async () => {
  const error = new Error('late');
  const seen = await new Promise((resolve) => {
    guarded(
      'a message',
      (_what, why) => resolve(why),
      () => Promise.reject(error),
    )();
  });
  expect(seen).toBe(error);
});

it('reports a failure to give up, and leaks neither', () => {
  const reported: unknown[] = [];
  const fail = (text: string) => () => {
    throw new Error(text);
  };
  guarded('a socket', (_what, error) => reported.push(String(error)), fail('first'), fail('second'))();
  expect(reported).toEqual(['Error: first', 'Error: second']);
});
