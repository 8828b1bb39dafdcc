import { PaperCompiler } from './compile.ts';
import { Typeset } from './layout/typeset.ts';
import { builtPaperFiles } from './paper-files.ts';
import type { Answer } from './press.ts';

/** Makes one document after another until nobody asks any more. What a document holds is never printed or logged. */
const compiler = new PaperCompiler(builtPaperFiles());

process.on('message', (message: unknown) => process.send?.(answerTo(message)));
process.on('disconnect', () => process.exit());

function answerTo(message: unknown): Answer {
  try {
    return { pdf: compiler.pdf(Typeset.parse(message)) };
  } catch {
    return { pdf: null };
  }
}
