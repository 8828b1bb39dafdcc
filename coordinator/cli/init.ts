import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { sampleHall } from '../rehearsal/sample/sample-hall.ts';
import { USAGE } from './exit-codes.ts';
import { wholeNumber } from './options.ts';

interface Options {
  readonly seats: number;
  readonly tls: 'on' | 'off';
}

/** Writes the sample hall's files; what is in the way, or null. */
function writeHall(dir: string, { seats, tls }: Options): string | null {
  try {
    mkdirSync(dir, { recursive: true });
    if (readdirSync(dir).length > 0) return '文件夹不为空，请另选 · the folder is not empty; name another';
    for (const [name, text] of Object.entries(sampleHall(seats, tls))) writeFileSync(join(dir, name), text);
    return null;
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return `无法写入，请另选 · cannot be written to (${why}); name another`;
  }
}

/** `hallvote init`: a hall's files to start from, in an empty folder. */
export function initCommand(): Command {
  return new Command('init')
    .argument('<dir>', '空文件夹 · an empty folder')
    .option('--seats <n>', '示例名册人数 · deputies on the sample roll', wholeNumber(3, 10_000), 164)
    .addOption(
      new Option(
        '--tls <on|off>',
        '会场网络是否加密；off 则只有本机能连接 · off: only this machine can connect',
      )
        .choices(['on', 'off'])
        .default('on'),
    )
    .action((dir: string, options: Options) => {
      const inTheWay = writeHall(dir, options);
      if (inTheWay !== null) {
        process.stderr.write(`${dir}: ${inTheWay}\n`);
        process.exitCode = USAGE;
        return;
      }
      process.stdout.write(
        `已生成 written: ${dir}\n下一步 next: 编辑 edit hall.yaml, roll.csv, agenda.yaml, 然后 then\n  hallvote coordinator --config ${join(dir, 'hall.yaml')}\n`,
      );
    });
}
