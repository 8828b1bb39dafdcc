import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Language } from '../../shared/ids.ts';
import { summary, summaryJson } from '../verify/summary.ts';
import { verifyBundle } from '../verify/verify.ts';
import { USAGE, WRONG } from './exit-codes.ts';

interface Options {
  key?: string;
  json?: boolean;
  lang: Language;
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    process.stderr.write(`hallvote verify: ${file}: cannot be read; check the path\n`);
    process.exit(USAGE);
  }
}

/** `hallvote verify`: recounts a bundle offline. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('离线核验存证包 · recount and check a bundle offline')
    .argument('<bundle>', '存证包 · the bundle')
    .option('--key <key>', '应有的主机公钥或指纹 · the coordinator’s key or thumbprint, known from elsewhere')
    .option('--json', '输出 JSON · print JSON')
    .addOption(new Option('--lang <language>', '语言 · language').choices(['zh', 'en']).default('zh'))
    .action((file: string, { key, json, lang }: Options) => {
      const showProgress = process.stderr.isTTY && !json;
      const verification = verifyBundle(read(file), {
        key,
        onProgress: (done, all) => {
          if (showProgress) process.stderr.write(`\r${done}/${all}${done === all ? '\n' : ''}`);
        },
      });
      process.stdout.write(json ? summaryJson(verification) : summary(verification, lang));
      if (!verification.ok) process.exitCode = WRONG;
    });
}
