import { Command, Option } from 'commander';
import type { VerifyOptions } from './verify-common.ts';

/** `hallvote verify`: recounts a bundle offline. */
export function verifyCommand(): Command {
  return new Command('verify')
    .argument(
      '<bundle>',
      '会场或项目库的存证包，或一次无记名表决的 .bel 文件 · the bundle of a hall or a register, or the .bel of one secret vote',
    )
    .option(
      '--key <key>',
      '应有的主机公钥或指纹 · the coordinator’s key, thumbprint or fingerprint, known from elsewhere',
    )
    .option(
      '--hall <bundle>',
      '项目库结果所依据的会场存证包，可多次 · a hall’s bundle that a register has taken a result from; may come again',
      (file: string, all: readonly string[] = []) => [...all, file],
    )
    .option('--json', '输出 JSON · print JSON')
    .addOption(new Option('--lang <language>', '语言 · language').choices(['zh', 'en']).default('zh'))
    .action(async (file: string, options: VerifyOptions) =>
      (await import('./verify-file.ts')).verifyFile(file, options),
    );
}
