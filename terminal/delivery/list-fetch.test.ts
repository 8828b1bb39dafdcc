import { beforeEach, expect, it } from 'vitest';
import { FETCH_WITHIN_MS, ListFetch } from './list-fetch.ts';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)] as const;

let asked: string[];
let timers: { ms: number; then: () => void }[];
let fetch: ListFetch;
const pass = () => {
  for (const { then } of timers.splice(0)) then();
};

beforeEach(() => {
  asked = [];
  timers = [];
  const after = (ms: number, then: () => void) => {
    const timer = { ms, then };
    timers.push(timer);
    return () => {
      timers = timers.filter((each) => each !== timer);
    };
  };
  fetch = new ListFetch({
    clock: { now: () => 0, after },
    random: () => 0.5,
    ask: (hash) => asked.push(hash),
  });
});

it('asks for every list once, some time after it is heard of', () => {
  fetch.wanted([A, B], null);
  fetch.wanted([A, B], null);
  expect(asked).toEqual([]);
  expect(timers.map(({ ms }) => ms)).toEqual([FETCH_WITHIN_MS / 2, FETCH_WITHIN_MS / 2]);
  pass();
  fetch.wanted([A, B], null);
  pass();
  expect(asked).toEqual([A, B]);
});

it('asks at once, and once, for the list of the vote that is open', () => {
  fetch.wanted([A, B], null);
  fetch.wanted([A, B], B);
  fetch.wanted([A, B], B);
  expect(asked).toEqual([B]);
  pass();
  expect(asked).toEqual([B, A]);
});

it('asks for nothing that is here, and anew for what did not come before the line was cut', () => {
  fetch.wanted([A], A);
  fetch.got(A);
  fetch.wanted([A, B], A);
  fetch.linkDown();
  expect(timers).toEqual([]);
  fetch.wanted([A, B], B);
  expect(asked).toEqual([A, B]);
  fetch.linkDown();
  fetch.wanted([A, B], B);
  expect(asked).toEqual([A, B, B]);
});
