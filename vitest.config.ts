import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,hardware,terminal,coordinator,test}/**/*.test.ts'],
    // Tests that start whole programs share two cores with each other: condition waits, generous limits.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
