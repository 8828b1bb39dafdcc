import { expect, it } from 'vitest';
import { linesOf } from './feed-places.ts';

it('lines are cut however the bytes come, and one that is too long ends it', async () => {
  const text = 'a\n\n灯bc\nd';
  const all = async (size: number) => {
    const bytes = Buffer.from(text);
    const chunks = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    };
    const lines: string[] = [];
    for await (const line of linesOf(chunks(), { line: 6, all: 100 })) lines.push(line);
    return lines;
  };
  for (const size of [1, 2, 3, 100]) expect(await all(size)).toEqual(['a', '', '灯bc']);
  const long = async function* () {
    yield Buffer.alloc(7, 0x41);
  };
  await expect(async () => {
    for await (const _ of linesOf(long(), { line: 6, all: 100 }));
  }).rejects.toThrow();
});
