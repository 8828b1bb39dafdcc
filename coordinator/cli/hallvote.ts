#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { packageVersion } from '../../shared/package-root.ts';
import { FINE, USAGE } from './exit-codes.ts';

/** The seat's programs run as processes of their own: nothing here imports them. */
const seatProgram = (file: string): string =>
  fileURLToPath(new URL(`../../terminal/${file}`, import.meta.url));

/** Each is loaded only when called: a coordinator that begins again has no time for the others. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('../rehearsal/demo.ts')).demoCommand(),
  init: async () => (await import('./init.ts')).initCommand(),
  coordinator: async () => (await import('./coordinator.ts')).coordinatorCommand(),
  cards: async () => (await import('./cards.ts')).cardsCommand(),
  scrutineer: async () => (await import('./scrutineer.ts')).scrutineerCommand(),
  release: async () => (await import('./release.ts')).releaseCommand(),
  update: async () => (await import('./update.ts')).updateCommand(),
  export: async () => (await import('./export.ts')).exportCommand(),
  verify: async () => (await import('./verify.ts')).verifyCommand(),
  bench: async () => (await import('../rehearsal/bench.ts')).benchCommand(),
};

const program = new Command('hallvote')
  .description('会堂表决 · open in-hall voting')
  .version(packageVersion())
  .command('terminal', '运行一个席位 · run a seat', { executableFile: seatProgram('main.js') })
  .command('simulate', '模拟多个席位 · run many seats without hardware', {
    executableFile: seatProgram('rehearsal/simulate.js'),
  });
const called = process.argv[2] ?? '';
const wanted = Object.hasOwn(COMMANDS, called) ? [called] : Object.keys(COMMANDS);
for (const name of wanted) {
  const command = await COMMANDS[name]?.();
  if (command) program.addCommand(command);
}

/** Wrong usage ends every command alike. */
function exitAlike(command: Command): void {
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? FINE : USAGE));
  command.commands.forEach(exitAlike);
}
exitAlike(program);

await program.parseAsync();
