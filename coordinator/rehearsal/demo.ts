import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { TERMS } from '../../shared/terms.ts';
import { WRONG } from '../cli/exit-codes.ts';
import { positiveNumber, wholeNumber } from '../cli/options.ts';
import { Programs } from '../cli/programs.ts';
import { loadFiles, loadHall } from '../config/hall-file.ts';
import type { Person, Role } from '../contract/person.ts';
import { runSitting } from './auto-chair.ts';
import { goByNames, namedAddress } from './named-address.ts';
import { Courier } from './register/courier.ts';
import {
  openThreeLevels,
  type ThreeFolders,
  type ThreeLevels,
  writeThreeLevels,
} from './register/three-levels.ts';
import { registerWelcome } from './register/welcome.ts';
import { openSampleHall, openSeat, type SampleHall } from './running-sample.ts';
import { simulateScrutineers } from './simulated-scrutineers.ts';

interface Options {
  seats: number;
  port: number;
  registerPort: number;
  register: boolean;
  auto?: boolean;
  tls?: boolean;
  out?: string;
  speed: number;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Where people of a role work. */
const PAGE_OF: Readonly<Record<Role, string>> = {
  chair: 'chair',
  operator: 'operator',
  scrutineer: 'scrutineer',
  auditor: 'auditor',
  administrator: 'admin',
};

const pageOf = (hall: SampleHall, role: Role): string =>
  namedAddress(hall.http, PAGE_OF[role], `/${PAGE_OF[role]}`);

function staffTable(hall: SampleHall, simulated: (person: Person) => boolean): string {
  return hall.staff
    .filter((person) => !simulated(person))
    .map(({ id, name, roles: [role = 'auditor'] }) => {
      const { zh } = TERMS[role];
      return `  ${zh}\t${role.padEnd(14)} ${pageOf(hall, role).padEnd(40)} 编号 person: ${id.padEnd(9)} 密码 password: ${hall.passwordOf(id)}  (${name})`;
    })
    .join('\n');
}

function welcome(hall: SampleHall, seat: string, ownPart: string | null): string {
  const isSimulated = ({ id, roles }: Person) => roles.includes('scrutineer') && id !== ownPart;
  const trust =
    hall.trust &&
    `如何信任其证书 how to trust its certificate: ${hall.trust.page}\n证书指纹 its fingerprint: ${hall.trust.fingerprint}\n`;
  return `
会堂表决 · Hallvote — 示例会场 sample hall

  大屏 hall display   ${hall.http}/hall
  您的席位 your seat   ${seat}
  回执码 receipts      ${hall.http}/receipts

${staffTable(hall, isSimulated)}

每个角色一个网址，同一浏览器可同时登录；打不开 *.localhost 时，请用 ${hall.http} 和不同的浏览器。
One address a role, so that one browser signs in as all of them; where *.localhost does not open, use ${hall.http} in several browsers.
无记名表决前，请打开“监票”一页，作为第三位监票人一起生成密钥。其余代表和监票人自行动作。按 Ctrl-C 结束。
Before the secret votes open “scrutineer”: you are the third of three who make the key. The others act by themselves. Ctrl-C ends.
文件 files: ${hall.folder}
${trust ?? ''}`;
}

function motionIds(hall: SampleHall): string[] {
  const config = loadHall(join(hall.folder, 'hall.yaml'));
  const files = config.ok ? loadFiles(config.value) : config;
  return files.ok ? files.value.motions.map((motion) => motion.id) : [];
}

/** `hallvote demo`: a whole sample hall on this machine, each part a process as in a real hall. */
export function demoCommand(): Command {
  return new Command('demo')
    .option('--seats <n>', '席位数 · seats', wholeNumber(3, 10_000), 164)
    .option('--port <p>', '网页端口，0 为任意 · port of the pages, 0 for any', wholeNumber(0, 65_535), 8080)
    .option(
      '--register-port <p>',
      '项目库网页端口，0 为任意；各级依次用其后的端口 · port of the register’s pages, 0 for any; those beneath take the ports behind it',
      wholeNumber(0, 65_535),
      8090,
    )
    .option('--no-register', '不开项目库 · no register beside the hall')
    .option(
      '--tls',
      '全部加密，用示例会场自己的证书 · everything over TLS, with certificates of the sample hall',
    )
    .option('--auto', '无人值守走完议程 · run the sitting unattended')
    .option('--out <bundle>', '存证包写到此文件 · write the bundle here (with --auto)')
    .option('--speed <x>', '代表动作快慢 · how fast the deputies are', positiveNumber)
    .action(async (options: Options) => {
      const programs = new Programs();
      const code = await (options.auto ? runAuto(programs, options) : runForPeople(programs, options)).catch(
        (error) => {
          process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
          return WRONG;
        },
      );
      await programs.stop();
      process.exit(code);
    });
}

async function runAuto(programs: Programs, { seats, port, tls, out, speed = 20 }: Options): Promise<number> {
  programs.stopWhenTold();
  const password = newPassword();
  const hall = await openSampleHall(programs, { seats, port, tls, passwordOf: () => password });
  const fleet = programs.start(['simulate', ...hall.seatArgs, '--speed', String(speed), '--health', '0'], {
    quiet: true,
  });
  const died = new Promise<never>((_, reject) => {
    programs.onDeath(fleet, (code) => reject(new Error(`the simulator ended with ${code}`)));
    programs.onDeath(hall.coordinator, (code) => reject(new Error(`the coordinator ended with ${code}`)));
  });
  const scrutineers = await simulateScrutineers(hall, false, say);
  await Promise.race([runSitting(hall, motionIds(hall), say), died]);
  await scrutineers.stop();
  if (out !== undefined) {
    const auditor = await hall.as('auditor');
    writeFileSync(out, await auditor.bundle());
    say(`存证包 bundle: ${out}`);
  }
  return 0;
}

async function runForPeople(programs: Programs, options: Options): Promise<number> {
  const { seats, port, tls, speed = 1 } = options;
  const passwords = new Map<string, string>();
  const passwordOf = (person: string) => {
    const password = passwords.get(person) ?? newPassword();
    passwords.set(person, password);
    return password;
  };
  const prepare = (folder: string) => goByNames(folder, Object.values(PAGE_OF));
  const registerPassword = newPassword();
  const [hall, folders] = await Promise.all([
    openSampleHall(programs, { seats, port, tls, passwordOf, prepare }),
    options.register ? writeThreeLevels(programs, () => registerPassword) : null,
  ]);
  const seat = await openSeat(programs, hall, terminalName(seats));
  const others = ['--skip', terminalName(seats), '--absent', '0.02', '--speed', String(speed)];
  const fleet = programs.start(['simulate', ...hall.seatArgs, ...others], { quiet: true });
  const scrutineers = await simulateScrutineers(hall, true, say);
  const registers = folders && (await besideHall(programs, folders, hall, options));
  say(welcome(hall, seat, scrutineers.forPerson));
  if (registers) say(registerWelcome(registers, registerPassword));
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve(0));
    process.once('SIGTERM', () => resolve(0));
    const beside = registers ? [registers.city, ...registers.beneath] : [];
    for (const program of [fleet, hall.coordinator, ...beside.map((each) => each.program)])
      programs.onDeath(program, (code) => {
        process.stderr.write(`${program.child.spawnargs[2]} ended with ${code}\n`);
        resolve(WRONG);
      });
  });
}

/** The sample registers, and what goes between the city's and the hall. */
async function besideHall(
  programs: Programs,
  folders: ThreeFolders,
  hall: SampleHall,
  { registerPort, port }: Options,
): Promise<ThreeLevels> {
  // Where the hall takes any port, so does what stands beside it.
  const registers = await openThreeLevels(programs, folders, { hall, port: port === 0 ? 0 : registerPort });
  new Courier(hall, say);
  return registers;
}

/** The first of `seats` terminals, as `simulate --make-keys` names them. */
function terminalName(seats: number): string {
  return `T${'1'.padStart(Math.max(3, String(seats).length), '0')}`;
}

function newPassword(): string {
  return Array.from({ length: 12 }, () => 'abcdefghjkmnpqrstuvwxyz23456789'[randomInt(31)]).join('');
}
