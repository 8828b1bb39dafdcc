import { inflateSync } from 'node:zlib';
import {
  EncryptedPDFError,
  ParseSpeeds,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFPage,
  PDFRawStream,
  type PDFStream,
} from '@cantoo/pdf-lib';
import { jpeg2000WithoutNotes, jpegWithoutNotes } from './picture-notes.ts';
import type { AttachmentRefusal } from './refusals.ts';

const MOST_PAGES = 200;

/** What a page needs to be drawn; all else of it (actions, scripts, embedded files, notes of programs) is left behind. */
const OF_PAGE = names(
  'Type Resources MediaBox CropBox BleedBox TrimBox ArtBox Contents Rotate Group UserUnit',
);
/** What is seen of a remark or of a form's field. Links lead nowhere. */
const OF_REMARK = names('Type Subtype Rect AP AS F BS Border C CA');
const REMARKS = new Set(
  [
    'Widget',
    'FreeText',
    'Stamp',
    'Highlight',
    'Underline',
    'StrikeOut',
    'Ink',
    'Line',
    'Square',
    'Circle',
    'Polygon',
    'PolyLine',
  ].map((name) => `/${name}`),
);
/** What can hang on a picture, a font or a form and is not needed to draw it. */
const BESIDE = [...names('Metadata PieceInfo LastModified Ref OPI AF F FFilter FDecodeParms Alternates OC')];

export type CleanPdf =
  | { readonly ok: true; readonly pdf: Uint8Array }
  | { readonly ok: false; readonly reason: AttachmentRefusal };

/**
 * A PDF built anew from what can be seen on its pages: no script, action, link, form, embedded file or metadata of the one
 * that was sent comes over, nor anything in front of it or behind it. Pictures within lose their notes.
 */
export async function cleanPdf(bytes: Uint8Array): Promise<CleanPdf> {
  try {
    const sent = await PDFDocument.load(bytes, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });
    const pages = sent.getPages();
    if (pages.length > MOST_PAGES) return { ok: false, reason: 'too-many-pages' };
    for (const page of pages) stripPage(page);
    const made = await PDFDocument.create({ updateMetadata: false });
    for (const page of await made.copyPages(sent, sent.getPageIndices())) made.addPage(page);
    for (const [ref, object] of made.context.enumerateIndirectObjects()) {
      if (object instanceof PDFRawStream) made.context.assign(ref, withoutExtras(object));
      else if (object instanceof PDFDict) stripResources(object);
    }
    const pdf = await made.save({ addDefaultPage: false, updateFieldAppearances: false });
    if (pages.length === 0) return { ok: false, reason: 'unreadable-pdf' };
    return holdsArchive(pdf) ? { ok: false, reason: 'also-an-archive' } : { ok: true, pdf };
  } catch (error) {
    return { ok: false, reason: error instanceof EncryptedPDFError ? 'locked-pdf' : 'unreadable-pdf' };
  }
}

function names(all: string): ReadonlySet<PDFName> {
  return new Set(all.split(' ').map((name) => PDFName.of(name)));
}

function stripPage({ node, doc }: PDFPage): void {
  const remarks = node.Annots();
  const seen: PDFDict[] = [];
  for (let i = 0; i < (remarks?.size() ?? 0); i++) {
    const remark = remarks?.lookup(i);
    if (!(remark instanceof PDFDict) || !REMARKS.has(String(remark.get(PDFName.of('Subtype'))))) continue;
    keepOnly(remark, OF_REMARK);
    seen.push(remark);
  }
  // The page's parent is dropped by whoever copies it.
  keepOnly(node, new Set([...OF_PAGE, PDFName.of('Parent')]));
  if (seen.length > 0) node.set(PDFName.of('Annots'), doc.context.obj(seen));
}

function keepOnly(dict: PDFDict, kept: ReadonlySet<PDFName>): void {
  for (const key of dict.keys()) if (!kept.has(key)) dict.delete(key);
}

/** Lists of layers and of what programs noted can hang on resources. */
function stripResources(dict: PDFDict): void {
  const resources = dict.get(PDFName.of('Resources'));
  for (const one of [dict, resources]) if (one instanceof PDFDict) one.delete(PDFName.of('Properties'));
}

/** A stream with what draws it alone; what was written in the clear is packed, so that it reads as nothing else. */
function withoutExtras(stream: PDFRawStream): PDFStream {
  const { dict } = stream;
  for (const name of BESIDE) dict.delete(name);
  stripResources(dict);
  const filters = filtersOf(dict);
  const picture = pictureIn(stream, filters);
  if (picture) {
    dict.set(FILTER, PDFName.of(filters.at(-1) ?? ''));
    return PDFRawStream.of(dict, picture);
  }
  if (filters.length > 0) return stream;
  const packed = dict.context.flateStream(stream.getContents());
  for (const [key, value] of dict.entries())
    if (!packed.dict.has(key) && key !== PARAMETERS) packed.dict.set(key, value);
  return packed;
}

const FILTER = PDFName.of('Filter');
const PARAMETERS = PDFName.of('DecodeParms');
const DRAWN = new Map([
  ['DCTDecode', jpegWithoutNotes],
  ['JPXDecode', jpeg2000WithoutNotes],
]);

/** A photograph without its notes; null where the stream is none. @throws where its notes cannot be reached. */
function pictureIn(stream: PDFRawStream, filters: readonly string[]): Uint8Array | null {
  const withoutNotes = DRAWN.get(filters.at(-1) ?? '');
  if (!withoutNotes) return null;
  const isPacked = filters.length === 2 && filters[0] === 'FlateDecode';
  if (filters.length > 1 && !isPacked) throw new Error('a picture within is packed in an unusual way');
  const contents = stream.getContents();
  const picture = withoutNotes(
    isPacked ? inflateSync(contents, { maxOutputLength: MOST_UNPACKED }) : contents,
  );
  if (!picture) throw new Error('a picture within is damaged');
  return picture;
}

const MOST_UNPACKED = 64_000_000;

function filtersOf(dict: PDFDict): string[] {
  const filter = dict.lookup(FILTER);
  const all = filter instanceof PDFArray ? filter.asArray().map((one) => dict.context.lookup(one)) : [filter];
  return all.flatMap((one) => (one instanceof PDFName ? [one.decodeText()] : []));
}

/** How far from its end an archive says that it is one. */
const ARCHIVE_END = 65_557;

function holdsArchive(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .subarray(-ARCHIVE_END)
    .includes('PK\x05\x06', 0, 'latin1');
}
