import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Typeset } from './layout/typeset.ts';

/** Where the engine finds its own files. It reads no others. */
export interface PaperFiles {
  /** The folder of the templates. */
  readonly templates: string;
  /** Folders of the faces. Those of the machine are never used: no template names one, and none falls back. */
  readonly fonts: readonly string[];
}

/** A template does not compile, or what it was given does not fit it. */
export class CompileError extends Error {}

/** Sets documents, one after another; native, and as long as it works nothing else does. */
export class PaperCompiler {
  readonly #compiler: NodeCompiler;

  constructor({ templates, fonts }: PaperFiles) {
    this.#compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: [...fonts] }] });
    this.#templates = templates;
  }

  readonly #templates: string;

  /** The document as PDF, the same bytes for the same input. @throws {CompileError} */
  pdf(typeset: Typeset): Uint8Array {
    return this.#with(typeset, (document) => this.#compiler.pdf(document, {}));
  }

  /** The document as its pages are drawn, for tests: text is text there. @throws {CompileError} */
  svg(typeset: Typeset): { readonly pages: number; readonly svg: string } {
    return this.#with(typeset, (document) => ({
      pages: document.numOfPages,
      svg: this.#compiler.svg(document),
    }));
  }

  #with<T>(
    { template, data }: Typeset,
    draw: (document: NonNullable<ReturnType<NodeCompiler['compile']>['result']>) => T,
  ): T {
    // What is given is a file of JSON beside the template and nowhere else: no code, and on no disk.
    this.#compiler.mapShadow(join(this.#templates, 'data.json'), Buffer.from(data));
    try {
      const compiled = this.#compiler.compile({ mainFilePath: join(this.#templates, `${template}.typ`) });
      if (compiled.result) return draw(compiled.result);
      const errors = compiled.takeDiagnostics();
      throw new CompileError(
        `${template}: ${errors ? JSON.stringify(this.#compiler.fetchDiagnostics(errors)) : '?'}`,
      );
    } finally {
      this.#compiler.resetShadow();
      // Nothing of one person's letter stays in memory for the next.
      this.#compiler.evictCache(0);
    }
  }
}
