import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const INSTALL = 'test/install/*.test.ts';
const ARM = 'test/arm64/*.test.ts';

const common = {
  // Tests that start whole programs share two cores with each other: condition waits, generous limits.
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: 'node',
          include: ['{shared,hardware,terminal,coordinator,test}/**/*.test.ts'],
          exclude: [INSTALL, ARM],
        },
      },
      // Builds Debian machines, for minutes: only when asked for, `npm run test:install`.
      { test: { ...common, name: 'install', include: [INSTALL] } },
      // Makes the card's image for a Pi and starts it by emulation, for longer still: `npm run test:arm`.
      { test: { ...common, name: 'arm', include: [ARM] } },
      {
        // The cryptography of pages: the same tests on libsodium's WebAssembly build.
        test: { ...common, name: 'wasm', include: ['shared/belenios/*.test.ts'] },
        resolve: {
          alias: [
            {
              find: /^\.\/sodium\.ts$/,
              replacement: fileURLToPath(new URL('shared/belenios/sodium-browser.ts', import.meta.url)),
            },
          ],
        },
      },
    ],
  },
});
