import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { Command } from 'commander';
import { loadHall } from '../config/hall-file.ts';
import { describeProblem } from '../config/problem.ts';
import { describeFault } from '../process/fault.ts';
import { caFile, fingerprintIn, makeCa } from '../wire/hall-certificates.ts';
import { CONFIG } from './cards-common.ts';
import { USAGE } from './exit-codes.ts';

function fail(message: string): never {
  process.stderr.write(`hallvote certificates: ${message}\n`);
  process.exit(USAGE);
}

/** The folder and the id of the hall in `config`, or the end of the command. */
function hallOf(config: string) {
  const hall = loadHall(config);
  if (!hall.ok) return fail(hall.problems.map(describeProblem).join('\n'));
  return { data: hall.value.data, id: hall.value.hall.id };
}

function say(data: string): void {
  const found = fingerprintIn(data);
  if (!found.ok) fail(found.problem);
  process.stdout.write(`证书文件 its file  ${caFile(data)}\n证书指纹 CA       ${found.value}\n`);
}

async function makeNew({ config }: { config: string }): Promise<void> {
  const { data, id } = hallOf(config);
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    await makeCa(data, id, { random: randomBytes, now: Date.now() });
  } catch (error) {
    fail(describeFault(data, error) ?? String(error));
  }
  say(data);
  process.stdout.write(`下一步：重新启动主机，把此文件带到每个席位和每台设备
Next: start the coordinator again, and bring this file to every seat and browser (coordinator/tls/drill.md)\n`);
}

/** `hallvote certificates`: the hall's CA. */
export function certificatesCommand(): Command {
  const certificates = new Command('certificates');
  certificates
    .command('show')
    .description('证书文件和指纹 · the CA’s file and fingerprint')
    .requiredOption(...CONFIG)
    .action(({ config }: { config: string }) => say(hallOf(config).data));
  certificates
    .command('new')
    .description(
      '换一个 CA：原有席位和设备都须重新信任 · another CA: all seats and browsers must be given it',
    )
    .requiredOption(...CONFIG)
    .action(makeNew);
  return certificates;
}
