import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cleanPicture } from './picture.ts';
import {
  archive,
  clearPicture,
  pixelBomb,
  plainPicture,
  size,
  telephonePicture,
} from './testing/strangers.ts';

async function cleaned(bytes: Uint8Array) {
  const done = await cleanPicture(bytes);
  if (!done.ok) throw new Error(done.reason);
  return { ...done, about: await sharp(done.picture).metadata() };
}

async function colourAt(picture: Uint8Array, left: number, top: number): Promise<readonly number[]> {
  const pixel = await sharp(picture).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return [...pixel];
}

describe('a telephone’s picture', () => {
  it('has notes on where it was taken before, and none after', async () => {
    const sent = await telephonePicture();
    expect((await sharp(sent).metadata()).exif?.includes('Ouyang Tiezhu')).toBe(true);
    const { about, picture, small } = await cleaned(sent);
    expect([about.exif, about.xmp, about.iptc, about.icc, about.orientation]).toEqual(
      Array(5).fill(undefined),
    );
    for (const made of [picture, small]) expect(Buffer.from(made).includes('Tiezhu')).toBe(false);
  });

  it('stands upright without them', async () => {
    const { about, picture } = await cleaned(await telephonePicture());
    expect([about.width, about.height]).toEqual([size.height, size.width]);
    // The left half was blue; held sideways, it is on top.
    const [red = 0, , blue = 0] = await colourAt(picture, 10, 5);
    expect(blue).toBeGreaterThan(200);
    expect(red).toBeLessThan(60);
  });

  it('has at most 2560 pixels along its edge, and a small one beside it', async () => {
    const { about, small } = await cleaned(await telephonePicture(4000, 3000));
    expect([about.width, about.height]).toEqual([1920, 2560]);
    const { width, height } = await sharp(small).metadata();
    expect([width, height]).toEqual([240, 320]);
  });
});

it.each(['jpeg', 'png', 'webp'] as const)(
  '%s is drawn anew as JPEG, and the same file is the same again',
  async (type) => {
    const sent = await plainPicture(type);
    const [one, again] = [await cleaned(sent), await cleaned(sent)];
    expect(one.about).toMatchObject({ format: 'jpeg', width: size.width, height: size.height });
    expect(Buffer.from(one.picture).equals(again.picture)).toBe(true);
  },
);

it('what can be seen through stands on white', async () => {
  const { picture } = await cleaned(await clearPicture());
  expect(await colourAt(picture, 3, 3)).toEqual([255, 255, 255]);
});

it('an archive behind a picture does not come over', async () => {
  for (const type of ['jpeg', 'png', 'webp'] as const) {
    const { picture } = await cleaned(Buffer.concat([await plainPicture(type), archive()]));
    expect(Buffer.from(picture).includes('PK\x03\x04', 0, 'latin1')).toBe(false);
    expect(Buffer.from(picture).includes('<script>')).toBe(false);
  }
});

it('a picture of too many pixels is refused before they are drawn', async () => {
  expect(await cleanPicture(pixelBomb())).toEqual({ ok: false, reason: 'too-many-pixels' });
});

it.each([
  ['cut short', async () => (await plainPicture('png')).subarray(0, 60)],
  ['rubbish behind its first bytes', async () => Buffer.from('\xff\xd8\xff\xe0rubbish', 'latin1')],
  [
    'a drawing that names files',
    async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>'),
  ],
  [
    'a GIF',
    () =>
      sharp({ create: { width: 4, height: 4, channels: 3, background: '#fff' } })
        .gif()
        .toBuffer(),
  ],
])('%s is refused', async (_, make) => {
  expect(await cleanPicture(await make())).toEqual({ ok: false, reason: 'unreadable-picture' });
});
