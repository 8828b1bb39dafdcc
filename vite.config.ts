import { defineConfig } from 'vite';

/** Every page is an entry; both servers serve what comes out of here, from `dist/pages`. */
export default defineConfig({
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
