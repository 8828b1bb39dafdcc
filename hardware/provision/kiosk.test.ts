import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), 'seat/opt/hallvote/bin/hallvote-kiosk');

/** The script with a browser, a terminal and a clock of this test's: half a minute goes by between two looks. */
describe('hallvote-kiosk', () => {
  let folder: string;
  let path: string;
  const fake = (name: string, lines: string) =>
    writeFileSync(join(path, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hallvote-kiosk-'));
    path = join(folder, 'bin');
    mkdirSync(path);
    writeFileSync(join(folder, 'clock'), '0');
    fake('date', `cat ${folder}/clock`);
    fake('sleep', `echo $(($(cat ${folder}/clock) + 30)) >${folder}/new; mv ${folder}/new ${folder}/clock`);
    fake('hallvote-why', '');
    const script = readFileSync(SCRIPT, 'utf8').replaceAll('/opt/hallvote/bin/', `${path}/`);
    writeFileSync(join(path, 'hallvote-kiosk'), script, { mode: 0o755 });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs it to its end; gives the times at which a browser was ended because it showed nothing. */
  async function patiences(): Promise<number[]> {
    const kiosk = spawn(join(path, 'hallvote-kiosk'), {
      env: { PATH: `${path}:${process.env.PATH}`, RUNTIME_DIRECTORY: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    kiosk.stderr.on('data', (text) => {
      said += String(text);
    });
    await once(kiosk, 'close');
    return [...said.matchAll(/no page was drawn in (\d+) s/g)].map(([, seconds]) => Number(seconds));
  }

  it('gives a browser that draws nothing twice as long each time, then starts the compositor anew', async () => {
    fake('systemctl', "echo 'no page on the screen'");
    // It hangs, and heeds no gentle signal.
    fake('chromium', "trap '' TERM; while :; do tail -f /dev/null; done");
    expect([...new Set(await patiences())]).toEqual([90, 180, 360, 720]);
  });

  it('gives a page that the terminal misses no less time, where only the page that waits was drawn', async () => {
    fake('systemctl', "echo 'no page on the screen'");
    fake('chromium', 'echo hallvote-shown; exec tail -f /dev/null');
    expect([...new Set(await patiences())]).toEqual([90, 180, 360, 720]);
  });

  it('starts the compositor anew at once where a page was drawn before', async () => {
    fake('systemctl', `[ "$(cat ${folder}/clock)" -lt 200 ] || echo 'no page on the screen'`);
    fake('chromium', 'echo hallvote-shown; exec tail -f /dev/null');
    expect([...new Set(await patiences())]).toEqual([90]);
  });
});
