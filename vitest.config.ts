import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

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
        },
      },
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
