import { Command } from 'commander';
import { servingOptions, wholeNumber } from './options.ts';
import type { HallRun } from './serve-hall.ts';

/** `hallvote coordinator`: runs a hall until told to stop. */
export function coordinatorCommand(): Command {
  return servingOptions(
    new Command('coordinator').requiredOption('--config <hall.yaml>', '会场配置 · the hall’s configuration'),
  )
    .option(
      '--mqtt <port>',
      '终端端口，代替配置中的 · port for terminals, in place of the configured',
      wholeNumber(0, 65_535),
    )
    .action(async (run: HallRun) => (await import('./serve-hall.ts')).serveHall(run));
}
