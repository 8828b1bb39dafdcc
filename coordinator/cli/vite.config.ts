import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * The commands, each of them and what several share in a file or a few: `hallvote verify` would else open 400 small ones
 * before it begins. Names and lines stay, and the maps beside them lead to the sources: `node --enable-source-maps`.
 */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  publicDir: false,
  // Compiled for the machine, they stay where npm put them; so does what only seats load.
  ssr: { noExternal: true, external: ['better-sqlite3', 'sharp', 'sodium-native'] },
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
        'register/clean-program': 'coordinator/register/attachments/clean-program.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
});
