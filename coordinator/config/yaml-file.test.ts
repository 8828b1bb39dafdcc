import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nearest } from './nearest-key.ts';
import { describeProblem } from './problem.ts';
import { parseYaml } from './yaml-file.ts';

const Part = z.strictObject({ title: z.string().min(1), note: z.string().optional() });
const Schema = z.strictObject({
  name: z.string(),
  seconds: z.number().int().min(5).max(60).optional(),
  quorum: z
    .union([z.strictObject({ num: z.number() }), z.string().regex(/\//, 'write a fraction')])
    .optional(),
  parts: z
    .array(
      z.union([
        z
          .string()
          .min(1)
          .transform((title) => ({ title })),
        Part,
      ]),
    )
    .optional(),
  rule: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('open'), places: z.number() }),
      z.strictObject({ kind: z.literal('secret') }),
    ])
    .optional(),
});
const problems = (text: string) => {
  const read = parseYaml(text, 'f', Schema);
  return read.ok ? [] : read.problems.map(describeProblem);
};

describe('a YAML file with mistakes', () => {
  it.each([
    ['name: a\nname: b\n', ['f:2: not valid YAML: Map keys must be unique → write every setting once']],
    [
      'name: a\nparts:\n\t- b\n',
      ['f:3: not valid YAML: Tabs are not allowed as indentation → indent with spaces'],
    ],
    ['name: a\n---\nname: b\n', [/^f:2: not valid YAML: .* → remove the line ---$/]],
    ['name: a\nseconds：5\n', [/^f:2: not valid YAML: .* → write : and , as half-width/]],
    ['name：a\n', [/^f:1: the file: .* → write : and , as half-width/]],
    ['name: "a\n', [/^f:\d: not valid YAML: Missing closing/]],
    ['# nothing\n', [/^f:1: the file is empty → /]],
    ['\n# a\n- name: a\n', [/^f:3: the file: .* → write the file as settings/]],
    [
      'name: a\nsecnods: 5\nxyz: 1\n',
      [
        'f:2: secnods is not a setting here → remove it, or write seconds',
        'f:3: xyz is not a setting here → remove it, or correct its spelling',
      ],
    ],
    [
      'name: a\nparts:\n  - b\n  - titel: c\n',
      [
        'f:4: parts.1.title is missing → add the setting title',
        'f:4: parts.1.titel is not a setting here → remove it, or write title',
      ],
    ],
    ['name: a\nparts:\n  - ""\n', [/^f:3: parts\.0: .* → write at least 1 characters$/]],
    ['name: a\nrule:\n  kind: opne\n', [/^f:3: rule\.kind: .* → write one of: open, secret; perhaps open$/]],
    [
      'name: a\nrule:\n  kind: secret\n  palces: 1\n',
      ['f:4: rule.palces is not a setting here → remove it, or write places'],
    ],
    ['name: a\nrule: {}\n', ['f:2: rule.kind is missing → add the setting kind']],
    ['seconds: 5\n', ['f:1: name is missing → add the setting name']],
    ['name: 5\n', [/^f:1: name: .* → write name as text, in quotes/]],
    ['name: a\nseconds: 99\n', [/^f:2: seconds: .* → write at most 60$/]],
    ['name: a\nseconds: soon\n', [/^f:2: seconds: .* → write seconds as a number$/]],
    ['name: a\nquorum: half\n', ['f:2: quorum: write a fraction → correct quorum']],
    ['name: a\nquorum: 5\n', [/^f:2: quorum: .* → write quorum as text/]],
    ['name: *nobody\n', [/^f: an alias .* → write its value out/]],
  ])('%j: names every line and cure', (text, expected) => {
    expect(problems(text)).toEqual(
      expected.map((e) => (typeof e === 'string' ? e : expect.stringMatching(e))),
    );
  });

  it('does not expand aliases without end', () => {
    const bomb = ['a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef'].map((pair) => [...pair]))
      bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`);
    expect(problems(bomb.join('\n'))).toEqual([expect.stringContaining('an alias (*)')]);
  });

  it('never throws, and names a line that is there', () => {
    const pieces = fc.constantFrom(
      'name',
      ': ',
      '\n',
      '  ',
      '- ',
      'a',
      '"',
      '{',
      '}',
      '[',
      '*x',
      '&x ',
      '#',
      '\t',
      '：',
      'parts',
      '!!x ',
      '<<',
      '? ',
      '|',
      '\r\n',
    );
    let wrong = 0;
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const read = parseYaml(text, 'f', Schema);
        if (read.ok) return;
        wrong += 1;
        expect(read.problems.length).toBeGreaterThan(0);
        for (const { line, what, cure } of read.problems) {
          if (line !== null) expect(line >= 1 && line <= text.split('\n').length).toBe(true);
          expect(what && cure).not.toBe('');
        }
      }),
      { numRuns: 1000 },
    );
    expect(wrong).toBeGreaterThan(100);
  });
});

describe('the nearest key', () => {
  it('is one a slip away, whatever its case, never a short one that is merely as short', () => {
    const known = ['id', 'title', 'threshold', 'dontKnow', 'seconds'];
    expect(['titel', 'threshhold', 'dontknow', 'Title', 'second'].map((key) => nearest(key, known))).toEqual([
      'title',
      'threshold',
      'dontKnow',
      'title',
      'seconds',
    ]);
    for (const key of ['xy', 'title', 'colour', '', 'x'.repeat(10_000)])
      expect(nearest(key, known)).toBeUndefined();
  });
});
