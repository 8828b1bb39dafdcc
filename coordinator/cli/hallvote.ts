#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { VERSION } from '../main.ts';
import { benchCommand } from './bench.ts';
import { cardsCommand } from './cards.ts';
import { coordinatorCommand } from './coordinator.ts';
import { demoCommand } from './demo.ts';
import { FINE, USAGE } from './exit-codes.ts';
import { exportCommand } from './export.ts';
import { initCommand } from './init.ts';
import { scrutineerCommand } from './scrutineer.ts';
import { verifyCommand } from './verify.ts';

/** The seat's programs run as processes of their own: nothing here imports them. */
const seatProgram = (file: string): string =>
  fileURLToPath(new URL(`../../terminal/${file}`, import.meta.url));

const program = new Command('hallvote')
  .description('会堂表决 · open in-hall voting')
  .version(VERSION)
  .addCommand(demoCommand())
  .addCommand(initCommand())
  .addCommand(coordinatorCommand())
  .command('terminal', '运行一个席位 · run a seat', { executableFile: seatProgram('main.js') })
  .command('simulate', '模拟多个席位 · run many seats without hardware', {
    executableFile: seatProgram('simulate.js'),
  })
  .addCommand(cardsCommand())
  .addCommand(scrutineerCommand())
  .addCommand(exportCommand())
  .addCommand(verifyCommand())
  .addCommand(benchCommand());

/** Wrong usage ends every command alike. */
function exitAlike(command: Command): void {
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? FINE : USAGE));
  command.commands.forEach(exitAlike);
}
exitAlike(program);

await program.parseAsync();
