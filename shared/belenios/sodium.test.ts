import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ORDER, scalarBytes } from './scalar.ts';
import { randomSecret } from './secret.ts';
import { sodium as node } from './sodium.ts';
import { sodium as browser } from './sodium-browser.ts';

/** The memory of the WebAssembly module. */
const seen = vi.hoisted(() => {
  // Another file may have loaded it, unseen.
  vi.resetModules();
  return { memory: (): Uint8Array => new Uint8Array() };
});

vi.mock('libsodium-sumo', async (original) => {
  const { default: initialize } = await original<typeof import('libsodium-sumo')>();
  return {
    default: async (options: Parameters<typeof initialize>[0]) => {
      const module = await initialize(options);
      seen.memory = () => module.HEAPU8;
      return module;
    },
  };
});

const scalar = fc
  .oneof(fc.bigInt({ min: 1n, max: ORDER - 1n }), fc.constantFrom(1n, 2n, ORDER - 1n, 2n ** 252n))
  .map(scalarBytes);
/** Of the same type too: Buffers are told from plain bytes. */
const same = (a: Uint8Array, b: Uint8Array) => expect(a).toEqual(b);

describe('libsodium in Node and in a browser', () => {
  it('gives the same of everything', () => {
    fc.assert(
      fc.property(
        scalar,
        scalar,
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        fc.string(),
        (a, b, wide, text) => {
          const [p, q] = [node.multiplyBase(a), node.multiplyBase(b)];
          same(browser.multiplyBase(a), p);
          same(browser.multiply(b, p), node.multiply(b, p));
          same(browser.add(p, q), node.add(p, q));
          same(browser.subtract(p, q), node.subtract(p, q));
          same(browser.addScalars(a, b), node.addScalars(a, b));
          same(browser.subtractScalars(a, b), node.subtractScalars(a, b));
          same(browser.multiplyScalars(a, b), node.multiplyScalars(a, b));
          same(browser.reduce(wide), node.reduce(wide));
          same(browser.sha256(text), node.sha256(text));
          expect(browser.isValidPoint(p)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes the same points for valid, and wipes', () => {
    for (let i = 0; i < 200; i += 1) {
      const bytes = randomBytes(32);
      expect(browser.isValidPoint(bytes)).toBe(node.isValidPoint(bytes));
    }
    for (const { wipe } of [node, browser]) {
      const bytes = new Uint8Array(randomBytes(32));
      wipe(bytes);
      expect(bytes).toEqual(new Uint8Array(32));
    }
  });

  it('keeps nothing of a secret in the memory of WebAssembly', () => {
    const holds = (bytes: Uint8Array) => Buffer.from(seen.memory()).includes(Buffer.from(bytes));
    for (let i = 0; i < 20; i += 1) {
      const [x, y] = [randomSecret(randomBytes), randomSecret(randomBytes)];
      browser.multiply(x, browser.multiplyBase(x));
      for (const result of [
        browser.multiplyScalars(x, y),
        browser.addScalars(x, y),
        node.multiplyScalars(x, y),
      ])
        expect(holds(result)).toBe(false);
      expect(holds(x) || holds(y)).toBe(false);
    }
    expect(seen.memory().length).toBeGreaterThan(0);
  });
});
