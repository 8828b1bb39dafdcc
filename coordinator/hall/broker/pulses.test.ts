import { beforeEach, expect, it } from 'vitest';
import { PULSE_MS } from '../../../shared/protocol/pulse.ts';
import { HandClock } from '../../../test/support/hand-clock.ts';
import { Pulses } from './pulses.ts';

let clock: HandClock;
let sent: string[];
let news: string[];
let pulses: Pulses;
beforeEach(() => {
  clock = new HandClock();
  sent = [];
  news = [];
  pulses = new Pulses({
    send: (terminal) => sent.push(terminal),
    onSilent: (terminal, isSilent) => news.push(`${terminal} ${isSilent ? 'silent' : 'back'}`),
    now: clock.mono,
    after: clock.after,
  });
});

it('beats for every terminal at its own moment, until its line ends', () => {
  pulses.begin('T1');
  clock.pass(PULSE_MS / 2);
  pulses.begin('T2');
  clock.pass(PULSE_MS * 2);
  expect(sent).toEqual(['T1', 'T2', 'T1', 'T2']);
  pulses.end('T1');
  clock.pass(PULSE_MS);
  expect(sent.slice(4)).toEqual(['T2']);
  pulses.stop();
  expect(clock.timers).toBe(0);
});

it('a line that carries something both ways needs no pulse, and none is later than without', () => {
  pulses.begin('T1');
  for (const _ of [1, 2, 3]) {
    clock.pass(PULSE_MS / 2);
    pulses.heard('T1');
    pulses.told('T1');
  }
  expect(sent).toEqual([]);
  // Cut: it is silent as long after what it carried last as a line that nothing but pulses was on.
  clock.pass(PULSE_MS - 1);
  expect(sent).toEqual([]);
  clock.pass(2 * PULSE_MS);
  expect([sent.length, news]).toEqual([2, []]);
  clock.pass(1);
  expect(news).toEqual(['T1 silent']);
});

it('a line that carries something one way only needs its pulse', () => {
  pulses.begin('T1');
  pulses.begin('T2');
  for (const _ of [1, 2, 3, 4]) {
    clock.pass(PULSE_MS / 2);
    pulses.heard('T1');
    pulses.told('T2');
  }
  expect(sent).toEqual(['T1', 'T2', 'T1', 'T2']);
  pulses.told('unknown');
});

it('two pulses that nothing answers are silence, told once, and any packet ends it', () => {
  pulses.begin('T1');
  clock.pass(PULSE_MS * 2);
  pulses.heard('T1');
  clock.pass(PULSE_MS * 2);
  expect(news).toEqual([]);
  clock.pass(PULSE_MS);
  expect(news).toEqual(['T1 silent']);
  clock.pass(PULSE_MS * 20);
  expect(news).toEqual(['T1 silent']);
  for (const _ of [1, 2]) pulses.heard('T1');
  expect(news).toEqual(['T1 silent', 'T1 back']);
  // A line in place of another begins anew.
  clock.pass(PULSE_MS * 2);
  pulses.begin('T1');
  clock.pass(PULSE_MS * 2);
  expect(news).toHaveLength(2);
});

it('a terminal whose message is being judged is not read from, and not silent', () => {
  pulses.begin('T1');
  const first = pulses.judging('T1');
  const second = pulses.judging('T1');
  clock.pass(PULSE_MS * 10);
  first();
  clock.pass(PULSE_MS * 10);
  second();
  expect(news).toEqual([]);
  clock.pass(PULSE_MS * 3);
  expect(news).toEqual(['T1 silent']);
  pulses.judging('unknown')();
});
