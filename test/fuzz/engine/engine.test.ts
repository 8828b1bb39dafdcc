import { runInNewContext, runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mustHold } from '../target.ts';
import { branches, COUNTERS, eachFeature, forgetCounters, installCounters, postscript } from './coverage.ts';
import { Engine, type Finding } from './engine.ts';
import { instrument } from './instrument.ts';

/** Every construct that gets a counter, nested where one ends with another. */
const EVERYTHING = `
'use strict';
const out = [];
function f(n) { 'use strict'; if (n > 2) if (n > 3) out.push('>3'); else out.push('3'); else if (n === 0) out.push('0'); }
for (let i = 0; i < 5; i += 1) f(i);
const g = (a) => a ? { b: a && a.c || 'none' } : ({ b: null });
out.push(g(null), g({}), g({ c: 1 }));
const h = async (x) => await x;
for (const k in { p: 1, q: 2 }) out.push(k); for (const v of [1, 2]) { if (v === 1) continue; out.push(v) }
let n = 3; do n -= 1; while (n > 1); while (n > 0) n--;
switch (n) { case 1: out.push('no'); case 0: out.push('zero'); break; default: }
try { throw new Error('x') } catch { out.push('caught') } finally { out.push('end') }
class A { #p = () => 7; static s = 1; get v() { return this.#p() ?? 0 } }
out.push(new A().v, A.s, ((a, b = a || 5) => a + b)(0), [1, 2, 3].map((x) => x % 2 ? x : -x), typeof h);
label: for (;;) { for (;;) break label; }
JSON.stringify(out);`;

describe('counters', () => {
  it('change nothing of what code does', () => {
    const { code, counters } = instrument(EVERYTHING, 0, 'c');
    expect(counters).toBeGreaterThan(30);
    const c = new Uint8Array(counters);
    expect(runInNewContext(code, { c })).toEqual(runInNewContext(EVERYTHING));
    expect(c.filter((count) => count > 0).length).toBeGreaterThan(25);
  });

  it('tell how often each branch ran', () => {
    const { code } = instrument('for (let i = 0; i < 9; i += 1) if (i > 7) i += 0;', 0, 'c');
    const c = new Uint8Array(3);
    runInNewContext(code, { c });
    expect([...c]).toEqual([9, 1, 8]);
  });
});

/** A reader with a mistake behind five doors, one behind the other. */
const DOORS = `(b) => {
  if (b[0] === 0x68) if (b[1] === 0x61) if (b[2] === 0x6c) if (b[3] === 0x6c) if (b[4] === 0x21) throw new TypeError('the fifth door');
}`;

const Reader = z.custom<(input: Uint8Array) => void>((f) => typeof f === 'function');

describe('an engine', () => {
  installCounters();
  const { code, counters } = instrument(DOORS, 0, COUNTERS);
  runInThisContext(postscript(['hall'], counters));

  async function fuzzed(run: (input: Uint8Array) => void, seeds: readonly string[]) {
    const found: Finding[] = [];
    const engine = new Engine({
      target: { run, seeds: () => ({}), time: { base: 4, perKib: 0 } },
      seed: 7,
      about: () => {},
      kept: () => {},
      found: (finding) => found.push(finding),
    });
    await engine.begin(seeds.map((seed) => Buffer.from(seed)));
    for (let round = 0; round < 200 && found.length === 0; round += 1) await engine.fuzz(100);
    return { found, engine };
  }

  it('opens one door after the other, and cuts down what it finds', async () => {
    const { found, engine } = await fuzzed(Reader.parse(runInThisContext(code)), ['nothing like it']);
    expect(found.map(({ input, what }) => [Buffer.from(input).toString(), what.split('\n')[0]])).toEqual([
      ['hall!', 'TypeError: the fifth door'],
    ]);
    expect(branches()).toBe(counters);
    expect(engine.tally.executions).toBeGreaterThan(10);
  });

  it('tells of a promise that does not hold, once', async () => {
    const { found, engine } = await fuzzed((input) => mustHold(input.length !== 3, 'three bytes'), ['abc']);
    expect(found).toHaveLength(1);
    await engine.fuzz(100);
    expect(found).toHaveLength(1);
  });

  it('tells of an input that takes longer than its length allows', async () => {
    let sum = 0;
    const busy = (input: Uint8Array) => {
      const rounds = input.includes(0x2a) ? 20_000_000 : 0;
      for (let i = 0; i < rounds; i += 1) sum = (sum + i) | 0;
    };
    const { found } = await fuzzed(busy, ['*']);
    expect(found.map(({ key }) => key)).toEqual(['slow']);
    expect(sum).not.toBe(0);
  });

  it('counts nothing of an earlier input', () => {
    const read = Reader.parse(runInThisContext(code));
    read(Buffer.from('ha'));
    forgetCounters();
    const seen: number[] = [];
    eachFeature((branch) => seen.push(branch));
    expect(seen).toEqual([]);
  });
});
