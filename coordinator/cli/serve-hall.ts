import { runCoordinator } from '../main.ts';
import type { RunningHall, RunOptions } from '../running.ts';
import { elsewhereWords, firstWords, serve, trustWords } from './serve.ts';

export interface HallRun extends RunOptions {
  readonly config: string;
  readonly json?: boolean;
}

function describe(running: RunningHall): string {
  const { http, elsewhere, key } = running;
  return `${firstWords(running)}大屏 hall      ${http}/hall
主持 chair     ${http}/chair
会务 operator  ${http}/operator
管理 admin     ${http}/admin
其他机器 other machines  ${elsewhereWords(elsewhere.http)}
终端 terminals ${elsewhereWords(elsewhere.mqtt)}  (key: ${key.x})
${trustWords(running)}`;
}

function asJson({ http, mqtt, elsewhere, trust, key, firstCode }: RunningHall): string {
  return `${JSON.stringify({ http, mqtt, elsewhere, trust, key: key.x, firstCode })}\n`;
}

/** Runs a hall until told to stop. */
export const serveHall = ({ config, json, ...options }: HallRun): Promise<void> =>
  serve((log) => runCoordinator(config, options, log), json ? asJson : describe);
