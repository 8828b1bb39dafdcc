import { PaperCompiler } from '../compile.ts';
import type { Paper } from '../documents.ts';
import { set } from '../layout/set.ts';
import { sourcePaperFiles } from '../paper-files.ts';

const compiler = new PaperCompiler(sourcePaperFiles());

export const pdfOf = (paper: Paper): Uint8Array => compiler.pdf(set(paper));

/** How many pages a document has, and everything that can be read on them, without the places where lines may end. */
export function readPaper(paper: Paper): { readonly pages: number; readonly text: string } {
  const { pages, svg } = compiler.svg(set(paper));
  const pieces = [...svg.matchAll(/<h5:div class="tsel"[^>]*>([^<]*)</g)].map(([, text = '']) => text);
  return { pages, text: unescaped(pieces.join('')).replaceAll('\u200B', '') };
}

const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** The faces that a PDF carries. */
export function facesIn(pdf: Uint8Array): readonly string[] {
  const text = Buffer.from(pdf).toString('latin1');
  const names = [...text.matchAll(/\/BaseFont\s*\/(?:[A-Z]{6}\+)?([^\s/]+)/g)].map(([, name = '']) => name);
  return [...new Set(names)].sort();
}
