import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeProblem } from './problem.ts';
import { decodeText } from './text-file.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (bytes: Uint8Array) => {
  const text = decodeText(bytes, 'f');
  return text.ok ? text.value : text.problems.map(describeProblem).join();
};

/** Character → its two bytes, for the 6,763 characters of GB 2312, by asking the decoder for each pair. */
const GBK = new Map<string, [number, number]>();
for (let lead = 0xb0; lead <= 0xf7; lead += 1)
  for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
    const character = new TextDecoder('gb18030').decode(Uint8Array.of(lead, trail));
    if (/^\p{Script=Han}$/u.test(character)) GBK.set(character, [lead, trail]);
  }
const gbk = (text: string) =>
  Uint8Array.from([...text].flatMap((character) => GBK.get(character) ?? [character.charCodeAt(0)]));

const han = fc.constantFrom(...GBK.keys());
const name = fc.string({ unit: han, minLength: 2, maxLength: 4 });
const roll = fc
  .array(name, { minLength: 5, maxLength: 40 })
  .map((names) => ['编号,姓名,席位', ...names.map((n, i) => `D${i},${n},A${i}`)].join('\r\n'));

describe('a text as office programs save it', () => {
  it('knows every character of GB 2312', () => expect(GBK.size).toBe(6763));

  it('reads the same from UTF-8, UTF-8 with its mark, UTF-16 and GBK', () => {
    fc.assert(
      fc.property(roll, (text) => {
        const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
        for (const bytes of [
          utf8(text),
          utf8(`\uFEFF${text}`),
          little,
          Buffer.from(little).swap16(),
          gbk(text),
        ])
          expect(read(bytes)).toBe(text);
      }),
    );
  });

  it('never reads UTF-8 with a damaged byte as other names, and says which line it is in', () => {
    fc.assert(
      fc.property(roll, fc.nat(), fc.constantFrom(0x80, 0xc3, 0xff), (text, seed, byte) => {
        const bytes = utf8(text);
        const inHan = [...bytes.keys()].filter((i) => (bytes[i] ?? 0) > 0x7f);
        const at = inHan[seed % inHan.length] ?? 0;
        fc.pre(bytes[at] !== byte);
        const whole = new TextDecoder('utf-8', { fatal: true });
        bytes[at] = byte;
        // 0x80 in place of a continuation byte makes another character, which nobody can tell.
        fc.pre(!isText(whole, bytes));
        const line = new TextDecoder().decode(bytes.slice(0, at)).split('\r\n').length;
        expect(read(bytes)).toBe(
          `f:${line}: a character is damaged → write the text in this line again, and save the file as UTF-8`,
        );
      }),
    );
  });

  it('says of a character lost in an earlier conversion where it is', () => {
    expect(read(utf8('a\nb\uFFFD\n'))).toMatch(/^f:2: a character is damaged/);
  });

  it('says what to do with an Excel workbook', () => {
    for (const start of [Buffer.from('PK\u0003\u0004'), Buffer.from('d0cf11e0a1b11ae1', 'hex')])
      expect(read(start)).toMatch(/^f: this is an Excel workbook.* → .*save it as “CSV UTF-8”$/);
  });
});

function isText(decoder: TextDecoder, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
