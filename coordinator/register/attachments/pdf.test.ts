import { decodePDFRawStream, PDFDict, PDFDocument, PDFRawStream } from '@cantoo/pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { cleanPdf } from './pdf.ts';
import { archive, nastyPdf } from './testing/strangers.ts';

/** Everything that a PDF says, with what is packed in it, as one text. */
async function everything(bytes: Uint8Array): Promise<string> {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false });
  return [...context.enumerateIndirectObjects()]
    .map(([, object]) => {
      if (!(object instanceof PDFRawStream)) return String(object);
      const isPhoto = String(object.dict).includes('DCTDecode');
      const contents = isPhoto ? object.getContents() : decodePDFRawStream(object).decode();
      return `${object.dict}${Buffer.from(contents).toString('latin1')}`;
    })
    .join('\n')
    .replace(/<FEFF([0-9A-F]+)>/g, (_, hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le'));
}

async function cleaned(bytes: Uint8Array): Promise<Buffer> {
  const done = await cleanPdf(bytes);
  if (!done.ok) throw new Error(done.reason);
  return Buffer.from(done.pdf);
}

describe('a PDF with everything that can hide in one', () => {
  let sent: Buffer;
  let before: string;
  let after: string;
  beforeAll(async () => {
    sent = await nastyPdf();
    before = await everything(sent);
    after = await everything(await cleaned(sent));
  });

  it.each([
    '/JavaScript',
    'hello from a script',
    '/Launch',
    'calc.exe',
    'cmd.exe',
    '/URI',
    'evil.example',
    '/EmbeddedFile',
    'hidden tools',
    '/AcroForm',
    '/OpenAction',
    '/AA',
    '/Metadata',
    '/PieceInfo',
    'xmpmeta',
    'Ouyang Tiezhu',
    '/Producer',
    'Exif',
  ])('%s was in it and is not any more', (what) => {
    expect(before).toContain(what);
    expect(after).not.toContain(what);
  });

  it('still shows what it showed: words, photograph and what was written into its form', () => {
    // Words are drawn by the numbers of their letters.
    const drawn = (text: string) => Buffer.from(text, 'latin1').toString('hex').toUpperCase();
    for (const shown of [drawn('Please mend the lamp'), '/DCTDecode', drawn('field text')]) {
      expect(before).toContain(shown);
      expect(after).toContain(shown);
    }
  });

  it('is the same each time, whoever sends it', async () => {
    expect((await cleaned(sent)).equals(await cleaned(sent))).toBe(true);
  });
});

it('neither what stands in front of it nor what stands behind comes over', async () => {
  const inFront = Buffer.from('%PDF-1.7\n<html><script>alert(1)</script></html>\n');
  const pdf = await cleaned(Buffer.concat([inFront, await nastyPdf(), archive()]));
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  for (const hidden of ['<script>', 'PK\x03\x04', 'PK\x05\x06'])
    expect(pdf.includes(hidden, 0, 'latin1')).toBe(false);
});

it('an archive that is drawn as a page’s content is packed, and reads as none', async () => {
  const made = await PDFDocument.create();
  const page = made.addPage();
  page.node.addContentStream(
    made.context.register(PDFRawStream.of(PDFDict.withContext(made.context), archive())),
  );
  const sent = Buffer.from(await made.save());
  expect(sent.includes('PK\x05\x06', 0, 'latin1')).toBe(true);
  expect((await cleaned(sent)).includes('PK\x05\x06', 0, 'latin1')).toBe(false);
});

it('an archive in a packed stream that can still be read as one is refused', async () => {
  const made = await PDFDocument.create();
  const page = made.addPage();
  const dict = made.context.obj({ Filter: 'RunLengthDecode' });
  page.node.addContentStream(made.context.register(PDFRawStream.of(dict, archive())));
  expect(await cleanPdf(await made.save())).toEqual({ ok: false, reason: 'also-an-archive' });
});

it('one that is locked is refused', async () => {
  const made = await PDFDocument.create();
  made.addPage();
  made.encrypt({ userPassword: 'secret', ownerPassword: 'owner' });
  expect(await cleanPdf(await made.save())).toEqual({ ok: false, reason: 'locked-pdf' });
});

it('one of more than 200 pages is refused, and one of 200 taken', async () => {
  const made = await PDFDocument.create();
  for (let n = 0; n < 200; n++) made.addPage();
  const sent = await made.save();
  expect((await cleanPdf(sent)).ok).toBe(true);
  made.addPage();
  expect(await cleanPdf(await made.save())).toEqual({ ok: false, reason: 'too-many-pages' });
});

it.each([
  ['rubbish', Buffer.from('%PDF-1.7\nrubbish')],
  ['nothing but a beginning', Buffer.from('%PDF-')],
])('%s is refused', async (_, bytes) => {
  expect(await cleanPdf(bytes)).toEqual({ ok: false, reason: 'unreadable-pdf' });
});
