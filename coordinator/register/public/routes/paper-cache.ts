import type { Paper } from '../../papers/documents.ts';
import type { PaperPress } from '../../papers/press.ts';

/** What is kept of documents, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Documents that are the same for everybody, each made once as long as it is asked for. */
export class PaperCache {
  readonly #press: Pick<PaperPress, 'renderPaper'>;
  /** The one asked for last at the end. */
  readonly #made = new Map<string, Buffer>();
  readonly #making = new Map<string, Promise<Buffer | null>>();
  #bytes = 0;

  constructor(press: Pick<PaperPress, 'renderPaper'>) {
    this.#press = press;
  }

  /** @param key names exactly this document. @returns null where it could not be made now. */
  async pdf(key: string, paper: Paper): Promise<Buffer | null> {
    const made = this.#made.get(key);
    if (made) {
      this.#made.delete(key);
      this.#made.set(key, made);
      return made;
    }
    const making = this.#making.get(key) ?? this.#make(key, paper);
    this.#making.set(key, making);
    return making;
  }

  async #make(key: string, paper: Paper): Promise<Buffer | null> {
    const rendered = await this.#press.renderPaper(paper);
    this.#making.delete(key);
    if (!('pdf' in rendered)) return null;
    const pdf = Buffer.from(rendered.pdf);
    this.#made.set(key, pdf);
    this.#bytes += pdf.length;
    for (const [old, { length }] of this.#made) {
      if (this.#bytes <= MOST_BYTES || this.#made.size === 1) break;
      this.#made.delete(old);
      this.#bytes -= length;
    }
    return pdf;
  }
}
