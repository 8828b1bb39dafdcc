import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { takeLock } from '../chronicle/ledger.ts';
import { describeProblem } from '../config/problem.ts';
import { loadStaffPlace } from '../config/staff-place.ts';
import { machineClock, machineTimer } from '../process/clock.ts';
import { describeFault } from '../process/fault.ts';
import { beginAnew } from '../staff/begin-anew.ts';
import { USAGE } from './exit-codes.ts';

function fail(message: string): never {
  process.stderr.write(`hallvote staff: ${message}\n`);
  process.exit(USAGE);
}

function reset({ config, person }: { config: string; person: string }): void {
  const place = loadStaffPlace(config);
  if (!place.ok) fail(place.problems.map(describeProblem).join('\n'));
  const { of, data, ledger, staff } = place.value;
  const known = staff.find(({ id }) => id === person);
  if (!known) fail(`${person}: 名单中没有此人 · there is no such person in ${config}`);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    // A coordinator that runs has it.
    const lock = takeLock(join(data, `${ledger}.ledger`));
    try {
      const had = beginAnew(data, person, {
        random: randomBytes,
        machine: machineClock(),
        after: machineTimer,
      });
      say(
        had
          ? `${known.name}：密码、验证器和登录均已取消 · password, authenticator and sessions are gone`
          : `${known.name}：本来就没有密码 · had no password`,
      );
    } finally {
      lock.close();
    }
  } catch (error) {
    fail(describeFault(data, error) ?? (error instanceof Error ? error.message : String(error)));
  }
  const [zh, en] = of === 'hall' ? ['主机', 'coordinator'] : ['项目库', 'register'];
  say(`下一步：启动${zh}。没有一位管理员有密码时，屏幕上显示第一位管理员的一次性码；否则由管理员给出
Next: start the ${en}. Where no administrator has a password, it shows the first one’s code; else an administrator gives one`);
}

/** `hallvote staff`: what is done about the staff on the coordinator's own machine. */
export function staffCommand(): Command {
  const staff = new Command('staff');
  staff
    .command('reset')
    .description(
      '一个人忘了密码，重新开始（主机或项目库须先停下）· one person begins anew, with a code; stop the coordinator or the register first',
    )
    .requiredOption('--config <file>', '会场或项目库配置 · hall.yaml or register.yaml')
    .requiredOption('--person <id>', '人员编号 · whose')
    .action(reset);
  return staff;
}
