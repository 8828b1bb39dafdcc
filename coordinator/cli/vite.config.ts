import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { builtPaperFiles, sourcePaperFiles } from '../register/papers/paper-files.ts';

/** What printed documents are made of, beside the program that makes them: the packages of fonts are not shipped. */
const papers: Plugin = {
  name: 'papers',
  writeBundle() {
    const [from, to] = [sourcePaperFiles(), builtPaperFiles()];
    cpSync(from.templates, to.templates, { recursive: true });
    for (const [at, face] of from.fonts.entries()) {
      const into = to.fonts[at];
      if (into === undefined) continue;
      cpSync(face, into, { recursive: true, filter: (path) => path === face || path.endsWith('.ttf') });
      cpSync(join(face, '../LICENSE_FONT'), join(into, '../OFL.txt'));
    }
  },
};

/**
 * The commands, each of them and what several share in a file or a few: `hallvote verify` would else open 400 small ones
 * before it begins. Names and lines stay, and the maps beside them lead to the sources: `node --enable-source-maps`.
 */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  publicDir: false,
  plugins: [papers],
  // Compiled for the machine, they stay where npm put them; so does what only seats load.
  ssr: {
    noExternal: true,
    external: ['@myriaddreamin/typst-ts-node-compiler', 'better-sqlite3', 'sharp', 'sodium-native'],
  },
  build: {
    ssr: true,
    outDir: 'dist/coordinator',
    target: 'node20',
    sourcemap: true,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        'cli/hallvote': 'coordinator/cli/hallvote.ts',
        'proofs/proof-worker': 'coordinator/proofs/proof-worker.ts',
        'register/bundle-program': 'coordinator/register/bridge/bundle-program.ts',
        'register/clean-program': 'coordinator/register/attachments/clean-program.ts',
        'papers/paper-process': 'coordinator/register/papers/paper-process.ts',
        'register/read-program': 'coordinator/register/tables/read-program.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
});
