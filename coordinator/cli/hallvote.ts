#!/usr/bin/env node
import { Command } from 'commander';
import { builtProgram, packageVersion } from '../../shared/package-root.ts';
import { FINE, USAGE } from './exit-codes.ts';

/** The seat's programs run as processes of their own: nothing here imports them. */
const seatProgram = (file: string): string => builtProgram(`terminal/${file}`);

/** What each is for; loaded only when called: a coordinator that begins again has no time for the others. */
const COMMANDS: Readonly<Record<string, { readonly says: string; readonly load: () => Promise<Command> }>> = {
  demo: {
    says: '在本机运行示例会场 · run a whole sample hall',
    load: async () => (await import('../rehearsal/demo.ts')).demoCommand(),
  },
  init: {
    says: '生成会场配置、示例名册和议程 · write a hall’s configuration with a sample roll and agenda',
    load: async () => (await import('./init.ts')).initCommand(),
  },
  coordinator: {
    says: '运行会场主机 · run a hall',
    load: async () => (await import('./coordinator.ts')).coordinatorCommand(),
  },
  register: {
    says: '民生实事项目库 · a register of livelihood projects',
    load: async () => (await import('./register.ts')).registerCommand(),
  },
  certificates: {
    says: '会场证书 · the hall’s CA',
    load: async () => (await import('./certificates.ts')).certificatesCommand(),
  },
  staff: {
    says: '工作人员忘了密码 · a person of the staff who has forgotten the password',
    load: async () => (await import('./staff.ts')).staffCommand(),
  },
  cards: {
    says: '管理证件卡 · issue, block and replace deputies’ cards',
    load: async () => (await import('./cards.ts')).cardsCommand(),
  },
  scrutineer: {
    says: '监票人：生成密钥、解密、签字 · a scrutineer’s part, without a browser',
    load: async () => (await import('./scrutineer.ts')).scrutineerCommand(),
  },
  release: {
    says: '发布：密钥与签名的更新包 · the release key and signed packages',
    load: async () => (await import('./release.ts')).releaseCommand(),
  },
  update: {
    says: '席位的更新包 · packages for the seats',
    load: async () => (await import('./update.ts')).updateCommand(),
  },
  export: {
    says: '导出存证包 · write the bundle of a sitting or a register',
    load: async () => (await import('./export.ts')).exportCommand(),
  },
  verify: {
    says: '离线核验存证包 · recount and check a bundle offline',
    load: async () => (await import('./verify.ts')).verifyCommand(),
  },
  bench: {
    says: '性能测量 · benchmarks',
    load: async () => (await import('../rehearsal/bench.ts')).benchCommand(),
  },
};

const program = new Command('hallvote')
  .description('会堂表决 · open in-hall voting')
  .version(packageVersion())
  // Whatever stands behind a command is its own: `register` and `register feed` both have --config.
  .enablePositionalOptions()
  .command('terminal', '运行一个席位 · run a seat', { executableFile: seatProgram('main.js') })
  .command('simulate', '模拟多个席位 · run many seats without hardware', {
    executableFile: seatProgram('rehearsal/simulate.js'),
  });
const [, , first = '', second = ''] = process.argv;
const called = first === 'help' ? second : first;
for (const [name, { says, load }] of Object.entries(COMMANDS)) {
  const command = name === called ? await load() : new Command(name);
  program.addCommand(command.description(says));
}

/** Wrong usage ends every command alike. */
function exitAlike(command: Command): void {
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? FINE : USAGE));
  command.commands.forEach(exitAlike);
}
exitAlike(program);

await program.parseAsync();
