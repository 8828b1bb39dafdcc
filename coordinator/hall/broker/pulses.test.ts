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
