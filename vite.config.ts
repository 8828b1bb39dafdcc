import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Pages run libsodium's WebAssembly build. */
const IN_BROWSER = [
  {
    find: /^\.\/sodium\.ts$/,
    replacement: fileURLToPath(new URL('shared/belenios/sodium-browser.ts', import.meta.url)),
  },
];

/** Every page is an entry; both servers serve what comes out of here, from `dist/pages`. */
export default defineConfig({
  resolve: { alias: IN_BROWSER },
  appType: 'mpa',
  base: '/',
  build: {
    outDir: 'dist/pages',
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: {
        index: 'coordinator/pages/index.html',
        hall: 'coordinator/pages/hall.html',
        chair: 'coordinator/pages/chair.html',
        operator: 'coordinator/pages/operator.html',
        scrutineer: 'coordinator/pages/scrutineer.html',
        receipts: 'coordinator/pages/receipts.html',
        seat: 'terminal/screen/seat.html',
        board: 'terminal/screen/board.html',
      },
    },
  },
});
