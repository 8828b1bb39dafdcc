import { crc32, deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFString, StandardFonts } from '@cantoo/pdf-lib';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';

/** Where the picture was taken, as a telephone notes it. */
const GPS = {
  IFD0: { Make: 'Telephone', Artist: 'Ouyang Tiezhu' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '41/1 16/1 3/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '118/1 53/1 7/1',
  },
};

export const size = { width: 40, height: 20 } as const;

/** A red picture with a blue left half. */
const drawing = (width: number = size.width, height: number = size.height) =>
  sharp({ create: { width, height, channels: 3, background: '#f00' } }).composite([
    {
      input: { create: { width: width / 2, height, channels: 3, background: '#00f' } },
      left: 0,
      top: 0,
    },
  ]);

/** A JPEG as a telephone makes it, held sideways: turned by its notes alone, with where it was taken. */
export const telephonePicture = (width?: number, height?: number): Promise<Buffer> =>
  drawing(width, height).jpeg({ quality: 95 }).withExif(GPS).withMetadata({ orientation: 6 }).toBuffer();

export const plainPicture = (type: 'jpeg' | 'png' | 'webp'): Promise<Buffer> => drawing()[type]().toBuffer();

export const clearPicture = (): Promise<Buffer> =>
  sharp({ create: { ...size, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .png()
    .toBuffer();

/** An archive with a page that would run. */
export const archive = (): Buffer =>
  Buffer.from(zipSync({ 'index.html': strToU8('<script>alert(1)</script>') }, { level: 0 }));

/** A few hundred bytes that say they are a picture of 30,000 × 30,000. */
export function pixelBomb(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(30_000, 0);
  header.writeUInt32BE(30_000, 4);
  header.set([8, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(30_001 * 300))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PDF of one page with everything in it that must not come over, and a line that must. */
export async function nastyPdf(): Promise<Buffer> {
  const made = await PDFDocument.create();
  const page = made.addPage([300, 200]);
  const font = await made.embedFont(StandardFonts.Helvetica);
  page.drawText('Please mend the lamp', { x: 20, y: 150, size: 14, font });
  const photo = await made.embedJpg(await telephonePicture());
  page.drawImage(photo, { x: 20, y: 20, width: 80, height: 40 });
  made.setAuthor('Ouyang Tiezhu');
  made.setTitle('Secret title');
  made.addJavaScript('boot', 'app.alert("hello from a script")');
  await made.attach(archive(), 'tools.zip', { description: 'hidden tools' });
  made.getForm().createTextField('phone').addToPage(page, { x: 150, y: 20, width: 100, height: 20 });
  made.getForm().getTextField('phone').setText('field text');
  const { context } = made;
  const launch = (program: string) => context.obj({ S: 'Launch', F: PDFString.of(program) });
  page.node.addAnnot(
    context.register(
      context.obj({
        Type: 'Annot',
        Subtype: 'Link',
        Rect: [0, 0, 300, 200],
        A: { S: 'URI', URI: PDFString.of('https://evil.example/') },
      }),
    ),
  );
  page.node.set(PDFName.of('AA'), context.obj({ O: launch('calc.exe') }));
  made.catalog.set(PDFName.of('OpenAction'), launch('cmd.exe'));
  const notes = context.register(context.stream('<x:xmpmeta>Ouyang Tiezhu</x:xmpmeta>'));
  made.catalog.set(PDFName.of('Metadata'), notes);
  page.node.set(PDFName.of('Metadata'), notes);
  page.node.set(PDFName.of('PieceInfo'), context.obj({ Program: { LastModified: PDFString.of('D:2026') } }));
  return Buffer.from(await made.save());
}
