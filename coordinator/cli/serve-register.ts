import { type RegisterOptions, type RunningRegister, runRegister } from '../register/program/run-register.ts';
import { elsewhereWords, firstWords, serve, trustWords } from './serve.ts';

export interface RegisterRun extends RegisterOptions {
  readonly config: string;
  readonly json?: boolean;
}

function describe(running: RunningRegister): string {
  const { http, elsewhere, key } = running;
  return `${firstWords(running)}公开页 public   ${http}/
征集筛选 desk   ${http}/desk
项目清单 list   ${http}/projects
管理 admin      ${http}/admin
其他机器 other machines  ${elsewhereWords(elsewhere)}
公钥 key        ${key.x}
${trustWords(running)}`;
}

function asJson({ http, elsewhere, trust, key, firstCode }: RunningRegister): string {
  return `${JSON.stringify({ http, elsewhere, trust, key: key.x, firstCode })}\n`;
}

/** Runs a register until told to stop. */
export const serveRegister = ({ config, json, ...options }: RegisterRun): Promise<void> =>
  serve((log) => runRegister(config, options, log), json ? asJson : describe);
