import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sourcesOf } from './sources.ts';

const SHEET = 'shared/pages/tokens.css';
const pages = ['coordinator/pages', 'terminal/screen', 'shared/pages']
  .flatMap((folder) => sourcesOf(folder, /\.(ts|css|html)$/))
  .filter((name) => name !== SHEET && !name.endsWith('.test.ts'));

const tokens = new Map(
  [...readFileSync(SHEET, 'utf8').matchAll(/--([\w-]+):\s+([^;]+);/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]),
);

/** The token's red, green and blue, linear, from 0 to 1. */
function linear(name: string): readonly [number, number, number] {
  const value = tokens.get(name) ?? '';
  const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
  if (other !== undefined) return linear(other);
  if (!/^#[0-9a-f]{6}$/.test(value)) throw new Error(`--${name} is “${value}”`);
  const channel = (at: number) => {
    const c = Number.parseInt(value.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(name: string): number {
  const [r, g, b] = linear(name);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

it('no page has a colour of its own: all stand on the one sheet', () => {
  const found = pages.flatMap((name) => {
    const text = readFileSync(name, 'utf8');
    // What is written like a colour and is a private member.
    const members = new Set([...text.matchAll(/this\.#(\w+)/g)].map(([, member]) => member));
    return [...text.matchAll(/(?<![\w.&])#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgba?|hsla?)\(/gi)]
      .filter(([, hex]) => hex === undefined || !members.has(hex))
      .map(([colour]) => `${name}: ${colour}`);
  });
  expect(found).toEqual([]);
});

it('what carries its style with it has no colour but those on the sheet', () => {
  const onSheet = new Set(tokens.values());
  for (const name of [
    'coordinator/bundle/export/report-style.ts',
    'coordinator/web/hosts.ts',
    'coordinator/register/public/style.ts',
  ]) {
    const colours = [...readFileSync(name, 'utf8').matchAll(/#[0-9a-f]{3,8}\b|\brgba?\(/gi)].map(
      ([colour]) => colour,
    );
    expect(colours.length).toBeGreaterThan(3);
    expect(colours.filter((colour) => !onSheet.has(colour))).toEqual([]);
  }
});

it('every property of a style that a page uses is on the sheet, or set by a page', () => {
  const all = pages.map((name) => readFileSync(name, 'utf8')).join('\n');
  const set = new Set([...all.matchAll(/--([a-z][\w-]*)['"]?[:,]/g)].map(([, name]) => name));
  const used = [...all.matchAll(/var\(--([\w-]+)/g)].map(([, name = '']) => name);
  expect(used.length).toBeGreaterThan(200);
  expect([...new Set(used)].filter((name) => !tokens.has(name) && !set.has(name))).toEqual([]);
});

/** Type, and what it stands on. */
const TYPE = [
  ...[
    'ink',
    'ink-soft',
    'red',
    'red-deep',
    'for',
    'against',
    'abstain',
    'go',
    'move',
    'secret',
    'rehearsal',
  ].flatMap((type) => ['paper', 'card'].map((ground) => [type, ground] as const)),
  ...[
    'red',
    'red-deep',
    'alarm',
    'secret',
    'rehearsal',
    'for',
    'against',
    'abstain',
    'go',
    'move',
    'ink',
  ].map((ground) => ['on-dark', ground] as const),
  ...['signal', 'gold', 'good-wash', 'bad-wash', 'warn-wash'].map((ground) => ['ink', ground] as const),
  ...['good-wash', 'bad-wash', 'warn-wash'].map((ground) => ['ink-soft', ground] as const),
  ['for', 'good-wash'],
  ['against', 'bad-wash'],
  ['red-deep', 'bad-wash'],
] as const;

it.each(TYPE)('%s on %s can be read: a contrast of 4.5 at least', (type, ground) => {
  expect(contrast(type, ground)).toBeGreaterThanOrEqual(4.5);
});

it.each([
  ['line-strong', 'paper'],
  ['quiet', 'card'],
  ['focus', 'paper'],
] as const)('%s stands out from %s: a contrast of 3 at least', (line, ground) => {
  expect(contrast(line, ground)).toBeGreaterThanOrEqual(3);
});

/** How those see who lack a kind of cone: Machado, Oliveira and Fernandes 2009, severity 1. */
const SIGHTS = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;

/** CIE L*a*b* of a linear colour, with the white of D65. */
function lab([r = 0, g = 0, b = 0]: readonly number[]): readonly [number, number, number] {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

it.each(Object.entries(SIGHTS))('the colours of choices stay apart under %s', (_sight, matrix) => {
  const seen = (name: string) => {
    const [r, g, b] = linear(name);
    return lab(matrix.map(([x, y, z]) => Math.max(0, x * r + y * g + z * b)));
  };
  const choices = ['for', 'against', 'abstain', 'move'].map((name) => [name, seen(name)] as const);
  const near = choices.flatMap(([one, [l, a, b]], i) =>
    choices
      .slice(i + 1)
      .filter(([, [L, A, B]]) => Math.hypot(l - L, a - A, b - B) < 12)
      .map(([other]) => `${one}, ${other}`),
  );
  expect(near).toEqual([]);
});
