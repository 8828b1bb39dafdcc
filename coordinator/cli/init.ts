import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { sampleHall } from '../config/sample/sample-hall.ts';
import { USAGE } from './exit-codes.ts';
import { wholeNumber } from './options.ts';

/** `hallvote init`: a hall's files to start from, in an empty folder. */
export function initCommand(): Command {
  return new Command('init')
    .description('生成会场配置、示例名册和议程 · write a hall’s configuration with a sample roll and agenda')
    .argument('<dir>', '空文件夹 · an empty folder')
    .option('--seats <n>', '示例名册人数 · deputies on the sample roll', wholeNumber(3, 10_000), 164)
    .action((dir: string, { seats }: { seats: number }) => {
      if (existsSync(dir) && readdirSync(dir).length > 0) {
        process.stderr.write(`${dir}: 文件夹不为空，请另选 · the folder is not empty; name another\n`);
        process.exit(USAGE);
      }
      mkdirSync(dir, { recursive: true });
      for (const [name, text] of Object.entries(sampleHall(seats))) writeFileSync(join(dir, name), text);
      process.stdout.write(
        `已生成 written: ${dir}\n下一步 next: 编辑 edit hall.yaml, roll.csv, agenda.yaml, 然后 then\n  hallvote coordinator --config ${join(dir, 'hall.yaml')}\n`,
      );
    });
}
