import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { jpeg2000WithoutNotes, jpegWithoutNotes } from './picture-notes.ts';
import { archive, telephonePicture } from './testing/strangers.ts';

const pixels = (jpeg: Uint8Array) => sharp(jpeg, { failOn: 'error' }).raw().toBuffer();

describe('a JPEG', () => {
  it.each([true, false])(
    'keeps its pixels and loses its notes and what follows it; progressive: %s',
    async (progressive) => {
      const sent = await sharp(await telephonePicture(200, 100))
        .jpeg({ progressive })
        .keepExif()
        .toBuffer();
      const second = await telephonePicture();
      const stripped = jpegWithoutNotes(Buffer.concat([sent, second, archive()])) ?? Buffer.alloc(0);
      expect(sent.includes('Tiezhu')).toBe(true);
      for (const hidden of ['Exif', 'Tiezhu', 'PK\x05\x06'])
        expect(Buffer.from(stripped).includes(hidden)).toBe(false);
      expect((await pixels(stripped)).equals(await pixels(sent))).toBe(true);
    },
  );

  it('whatever it is, an end is found', async () => {
    const sent = await telephonePicture();
    fc.assert(
      fc.property(fc.nat(sent.length), fc.nat(255), fc.nat(sent.length), (at, byte, end) => {
        const broken = Buffer.from(sent.subarray(0, end));
        if (at < end) broken[at] = byte;
        const stripped = jpegWithoutNotes(broken);
        expect(stripped === null || stripped.length <= broken.length).toBe(true);
      }),
    );
  });
});

describe('a JPEG 2000', () => {
  const box = (type: string, body: string) => {
    const made = Buffer.alloc(8 + body.length);
    made.writeUInt32BE(made.length);
    made.write(type + body, 4, 'latin1');
    return made;
  };
  const drawn = [
    box('jP  ', '\r\n\x87\n'),
    box('ftyp', 'jp2 '),
    box('jp2h', 'header'),
    box('jp2c', 'pixels'),
  ] as const;

  it('keeps the boxes that draw it and loses the others', () => {
    const [a, b, c, d] = drawn;
    const sent = Buffer.concat([a, b, box('xml ', 'place'), c, box('uuid', 'camera'), d]);
    expect(jpeg2000WithoutNotes(sent)).toEqual(Buffer.concat([...drawn]));
  });

  it('may be bare', () => {
    const bare = Buffer.from([0xff, 0x4f, 0xff, 0x51]);
    expect(jpeg2000WithoutNotes(bare)).toBe(bare);
  });

  it.each([
    ['a box longer than the file', Buffer.from('\0\0\xff\xffjp2c', 'latin1')],
    ['a box shorter than its head', Buffer.from('\0\0\0\x01jp2c\0\0\0\0', 'latin1')],
    ['nothing', Buffer.alloc(0)],
  ])('%s is none', (_, bytes) => {
    expect(jpeg2000WithoutNotes(bytes)).toBeNull();
  });
});
