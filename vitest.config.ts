import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';
import { HANG_MS } from './test/support/hang.ts';

const INSTALL = 'test/install/*.test.ts';
const ARM = 'test/arm64/*.test.ts';
const VM = 'test/vm/*.test.ts';
/** What starts processes, halls or whole boards: everything that is not answered in a moment. */
const WHOLE = [
  'test/**',
  'coordinator/scrutineer/{remote,hostile}.test.ts',
  'coordinator/hall/secret/*.test.ts',
  'coordinator/hall/publisher.test.ts',
  'coordinator/register/papers/press.test.ts',
  'coordinator/update/{store,updates}.test.ts',
  'hardware/{firmata-board,panel/panel,provision/{kiosk,provision},raspberry-pi/raspberry-pi}.test.ts',
  'hardware/readers/{input,pcsc}-reader.test.ts',
  'shared/belenios/{archive,key-file,mixed-ceremony,sodium,verify-archive}.test.ts',
  'shared/belenios/verifier/*.test.ts',
  'terminal/update/{fetch,install}.test.ts',
  'terminal/{delivery/outbox,machine/systemd-notify,terminal,rehearsal/fleet,hostile,screen/server}.test.ts',
];
const ALL = '{shared,hardware,terminal,coordinator,test}/**/*.test.ts';

const common = {
  // Nothing here keeps what another file could stumble over: files share their modules, and with them the time to load them.
  isolate: false,
  // Conditions and the ends of processes decide; these end what hangs, later than any wait within a test.
  testTimeout: 2 * HANG_MS,
  hookTimeout: 2 * HANG_MS,
  teardownTimeout: HANG_MS,
  setupFiles: 'test/support/patience.ts',
};

/** Projects in turn, so that a worker keeps the modules of the one it is at. */
const TURN = ['install', 'arm', 'vm', 'node', 'wasm', 'unit'];
/** What mostly waits, or takes longest, first: begun last, the run would wait for it alone. */
const LONG = ['attack/attack', 'crash/', 'browser/', 'commands/', 'terminal/', 'start/'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const turn = ({ project }: TestSpecification) => TURN.indexOf(project.name);
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONG.findIndex((part) => moduleId.includes(`/test/${part}`));
      return found === -1 ? LONG.length : found;
    };
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => turn(a) - turn(b) || place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    // Four times the cores it is made for: browsers, halls and their programs are waited for; of thrice, a sixth of both cores stood idle.
    maxWorkers: 8,
    sequence: { sequencer: LongestFirst },
    globalSetup: 'test/support/run-mark.ts',
    coverage: {
      provider: 'v8',
      include: ['{shared,hardware,terminal,coordinator}/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**'],
      reporter: ['text-summary', 'html'],
      reportsDirectory: 'test/results/coverage',
    },
    projects: [
      {
        test: { ...common, name: 'unit', include: [ALL], exclude: WHOLE },
      },
      {
        test: {
          ...common,
          name: 'node',
          include: WHOLE.map((glob) => glob.replace(/\*\*$/, '**/*.test.ts')),
          exclude: [INSTALL, ARM, VM],
        },
      },
      // Boots Debian machines, where this machine can, and says so where it cannot: only when asked for, `npm run test:install`.
      { test: { ...common, name: 'install', include: [INSTALL], hookTimeout: 4 * HANG_MS } },
      // Makes cards’ images for a Pi and starts their seats by emulation: only when asked for, `npm run test:arm`.
      { test: { ...common, name: 'arm', include: [ARM] } },
      // Boots a seat in an emulator, again and again: only when asked for, `npm run test:vm`.
      { test: { ...common, name: 'vm', include: [VM] } },
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
