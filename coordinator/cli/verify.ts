import { readFileSync, statSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Language } from '../../shared/ids.ts';
import { MOST_BYTES } from '../export/archive.ts';
import { VERSION } from '../main.ts';
import { fault } from '../verify/problems.ts';
import { summary, summaryJson } from '../verify/summary.ts';
import { type Verification, verifyBundle } from '../verify/verify.ts';
import { USAGE, WRONG } from './exit-codes.ts';

/** A ledger longer than this takes long enough to say how far it is. */
const LONG = 2000;

interface Options {
  key?: string;
  json?: boolean;
  lang: Language;
}

function fail(file: string, error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`hallvote verify: ${file}: cannot be read; check the path (${why})\n`);
  process.exit(USAGE);
}

function verify(file: string, { key, json }: Options): Verification {
  let bytes: Uint8Array;
  try {
    if (statSync(file).size > MOST_BYTES)
      return { ok: false, broken: { ...fault('too-large'), entry: null, type: null } };
    bytes = readFileSync(file);
  } catch (error) {
    fail(file, error);
  }
  const showProgress = process.stderr.isTTY && !json;
  return verifyBundle(bytes, {
    program: VERSION,
    key,
    onProgress: (done, all) => {
      if (showProgress && all > LONG) process.stderr.write(`\r${done}/${all}${done === all ? '\n' : ''}`);
    },
  });
}

/** `hallvote verify`: recounts a bundle offline. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('离线核验存证包 · recount and check a bundle offline')
    .argument('<bundle>', '存证包 · the bundle')
    .option('--key <key>', '应有的主机公钥或指纹 · the coordinator’s key or thumbprint, known from elsewhere')
    .option('--json', '输出 JSON · print JSON')
    .addOption(new Option('--lang <language>', '语言 · language').choices(['zh', 'en']).default('zh'))
    .action((file: string, options: Options) => {
      const verification = verify(file, options);
      process.stdout.write(options.json ? summaryJson(verification) : summary(verification, options.lang));
      if (!verification.ok) process.exitCode = WRONG;
    });
}
