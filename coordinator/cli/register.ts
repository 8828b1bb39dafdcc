import { Command, Option } from 'commander';
import { SAMPLE_REGISTERS } from '../rehearsal/register/sample-registers.ts';
import { USAGE } from './exit-codes.ts';
import { servingOptions, wholeNumber } from './options.ts';
import type { FeedAsked } from './register-feed.ts';
import type { BundleBrought } from './register-import.ts';
import type { Pulled } from './register-pull.ts';
import type { Sampled } from './register-sample.ts';
import type { RegisterRun } from './serve-register.ts';

/** `hallvote register`: runs a register of livelihood projects until told to stop. */
export function registerCommand(): Command {
  return servingOptions(
    new Command('register')
      .enablePositionalOptions()
      .option('--config <register.yaml>', '项目库配置 · the register’s configuration'),
  )
    .action(run)
    .addCommand(initCommand())
    .addCommand(sampleCommand())
    .addCommand(feedCommand())
    .addCommand(pullCommand())
    .addCommand(importCommand());
}

/** Not a required option: its commands would ask for it too. */
async function run({ config, ...options }: Partial<RegisterRun>): Promise<void> {
  if (config === undefined) {
    process.stderr.write('--config <register.yaml>: 请写明 · name the register’s configuration\n');
    process.exit(USAGE);
  }
  return (await import('./serve-register.ts')).serveRegister({ config, ...options });
}

/** `hallvote register init`: a register's file to start from, in an empty folder. */
function initCommand(): Command {
  return new Command('init')
    .description('生成项目库配置 · write a register’s configuration')
    .argument('<dir>', '空文件夹 · an empty folder')
    .action(async (dir: string) => (await import('./register-sample.ts')).initRegister(dir));
}

/** `hallvote register sample`: a register with years in it, to look at and to try things on. */
function sampleCommand(): Command {
  return new Command('sample')
    .description('生成示例项目库 · write a sample register with years in it')
    .argument('<dir>', '空文件夹 · an empty folder')
    .addOption(
      new Option('--register <which>', '哪一级 · which register')
        .choices(Object.keys(SAMPLE_REGISTERS))
        .default('city'),
    )
    .option('--proposals <n>', '征集建议数 · proposals', wholeNumber(20, 100_000), 400)
    .option('--years <n>', '分布在几个年度 · years that they are spread over', wholeNumber(1, 20), 1)
    .action(async (dir: string, asked: Sampled) =>
      (await import('./register-sample.ts')).sampleRegister(dir, asked),
    );
}

/** `hallvote register feed`: what a register publishes, into a folder. */
function feedCommand(): Command {
  return new Command('feed')
    .description(
      '把公开的台账写入文件夹（U 盘、网站） · write what is public of the ledger into a folder: a stick, a web server',
    )
    .requiredOption('--config <register.yaml>', '项目库配置 · the register’s configuration')
    .requiredOption('--out <folder>', '写到此文件夹 · write it here')
    .action(async (asked: FeedAsked) => (await import('./register-feed.ts')).registerFeed(asked));
}

/** `hallvote register pull`: reads on in the registers beneath, from the network or from a stick; the register may be running. */
function pullCommand(): Command {
  return new Command('pull')
    .description(
      '读入下级项目库的台账（U 盘或网络） · read the feeds of the registers beneath, from a stick or the network',
    )
    .requiredOption('--config <register.yaml>', '项目库配置 · the register’s configuration')
    .option('--from <folder>', '从此文件夹读取 · read from this folder')
    .action(async (asked: Pulled) => (await import('./register-pull.ts')).registerPull(asked));
}

/** `hallvote register import`: brings a hall's bundle to a running register, under one's own name; nobody types what is in it. */
function importCommand(): Command {
  return new Command('import')
    .description(
      '把会场的存证包交给运行中的项目库，完整验证后录入结果 · bring a hall’s bundle to a running register, which verifies it whole and enters the result',
    )
    .argument('<bundle>', '会场存证包 · the hall’s bundle')
    .requiredOption('--url <url>', '项目库网址 · the register’s address, https://host:port')
    .option('--ca <file>', '项目库的证书文件 · the register’s CA, over https')
    .requiredOption('--person <id>', '人大办人员的编号 · the id of somebody of the congress office')
    .requiredOption('--year <y>', '年度 · the cycle', wholeNumber(1954, 2200))
    .option('--appraisal', '满意度测评，而不是票决 · an appraisal, and not the vote on a list')
    .action(async (file: string, asked: BundleBrought) =>
      (await import('./register-import.ts')).registerImport(file, asked),
    );
}
