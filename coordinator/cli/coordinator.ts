import { Command } from 'commander';
import { LedgerError } from '../ledger/ledger.ts';
import { runCoordinator, StartError } from '../main.ts';
import { USAGE } from './exit-codes.ts';
import { wholeNumber } from './options.ts';

function describe(running: Awaited<ReturnType<typeof runCoordinator>>): string {
  const setup = running.setupCode
    ? `首次启动：请在主持人页或会务页输入设置码 ${running.setupCode} 并设定会场密码\nFirst start: open the chair’s page, enter the set-up code ${running.setupCode} and choose the hall password\n`
    : '';
  return `${setup}大屏 hall      ${running.http}/hall
主持 chair     ${running.http}/chair
会务 operator  ${running.http}/operator
终端 terminals ${running.mqtt}  (key: ${running.key.x})
`;
}

/** `hallvote coordinator`: runs a hall until told to stop. */
export function coordinatorCommand(): Command {
  return new Command('coordinator')
    .description('运行会场主机 · run a hall')
    .requiredOption('--config <hall.yaml>', '会场配置 · the hall’s configuration')
    .option(
      '--http <port>',
      '网页端口，代替配置中的 · port of the pages, in place of the configured',
      wholeNumber(0, 65_535),
    )
    .option(
      '--mqtt <port>',
      '终端端口，代替配置中的 · port for terminals, in place of the configured',
      Number,
    )
    .option('--json', '以一行 JSON 输出地址 · print the addresses as one line of JSON')
    .action(
      async ({
        config,
        json,
        ...ports
      }: {
        config: string;
        json?: boolean;
        http?: number;
        mqtt?: number;
      }) => {
        try {
          const running = await runCoordinator(config, ports);
          const { http, mqtt, key, setupCode } = running;
          process.stdout.write(
            json ? `${JSON.stringify({ http, mqtt, key: key.x, setupCode })}\n` : describe(running),
          );
          const stop = () => {
            running.stop().then(
              () => process.exit(0),
              () => process.exit(1),
            );
          };
          process.once('SIGINT', stop);
          process.once('SIGTERM', stop);
        } catch (error) {
          if (!(error instanceof StartError) && !(error instanceof LedgerError)) throw error;
          process.stderr.write(`${error.message}\n`);
          process.exit(USAGE);
        }
      },
    );
}
