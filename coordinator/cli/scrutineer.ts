import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { LEAST_PASSWORD, lockKey, unlockKey } from '../../shared/belenios/key-file.ts';
import { makeSeed } from '../../shared/belenios/pedersen-trustee.ts';
import { describeFault } from '../process/fault.ts';
import { writeNewSecret } from '../process/key-file.ts';
import { ScrutineerError } from '../scrutineer/coordinator-line.ts';
import { MemoryFile, memoryFileOf } from '../scrutineer/memory-file.ts';
import { RemoteScrutineer } from '../scrutineer/remote.ts';
import { type Ask, conversation } from './conversation.ts';
import { USAGE } from './exit-codes.ts';

interface Options {
  url: string;
  ca?: string | null;
  person: string;
  key: string;
}

function fail(why: string): never {
  process.stderr.write(`hallvote scrutineer: ${why}\n`);
  process.exit(USAGE);
}

const NO_MEMORY =
  '没有这把密钥解密过什么的记录。只有密钥刚从别处拿来、或从备份恢复时才可继续；否则请先从副本恢复此文件。继续吗？ · there is no record of what this key has decrypted. Go on only where the key has just been brought here or restored; else put that file back first. Go on?';

/** What this key has decrypted; ends the program where that is not known. */
async function memoryOf(key: string, yes: (question: string) => Promise<boolean>): Promise<MemoryFile> {
  const memory = new MemoryFile(memoryFileOf(key));
  if (memory.exists) {
    const read = memory.read();
    if (typeof read === 'string') fail(memory.describe(read));
    return memory;
  }
  if (existsSync(key) && !(await yes(`${memory.path}: ${NO_MEMORY}`))) fail(memory.describe('gone'));
  memory.begin();
  return memory;
}

/** The seed in the key file, or a new one that is kept there under a new password. */
async function seedIn(file: string, ask: Ask): Promise<string> {
  if (existsSync(file)) {
    const key = unlockKey(readFileSync(file, 'utf8'), await ask('密钥文件的密码 password of the key file: '));
    if (key === 'damaged') fail(`${file}: 不是密钥文件，或已损坏 · is no key file, or damaged`);
    if (key === 'wrong-password') fail('密码不对 · wrong password');
    return key.seed;
  }
  const password = await ask(`新密钥的密码（至少 ${LEAST_PASSWORD} 个字符）a password for the new key: `);
  if (password.length < LEAST_PASSWORD) fail('密码太短 · the password is too short');
  const seed = makeSeed(randomBytes);
  writeNewSecret(file, lockKey({ sitting: '', scrutineer: '', ceremony: 0, seed }, password, randomBytes));
  return seed;
}

/** `hallvote scrutineer`: a scrutineer's part from a program of their own, where pages from the coordinator are not trusted. */
export function scrutineerCommand(): Command {
  return new Command('scrutineer')
    .requiredOption('--url <url>', '主机网址 · the coordinator’s address, https://host:port')
    .option('--ca <file>', '会场证书文件 · the hall’s CA, over https')
    .requiredOption('--person <id>', '监票人的编号 · the scrutineer’s id on the hall’s staff')
    .requiredOption('--key <file>', '密钥文件；没有则新建 · the key file; made where there is none')
    .action(async (options: Options) => {
      const say = (line: string) => process.stdout.write(`${line}\n`);
      // What a key has done stands in its file before anything goes out: nothing that leaks here can make it forget.
      process.on('uncaughtException', (error) => say(`⚠ ${error}`));
      try {
        await takePart(options, say);
      } catch (error) {
        if (error instanceof ScrutineerError) fail(error.message);
        fail(describeFault(options.key, error) ?? String(error));
      }
    });
}

async function takePart(
  { url, ca = null, person, key }: Options,
  say: (line: string) => void,
): Promise<void> {
  const { ask, askSecretly } = conversation();
  const yes = async (question: string) => /^[yY是]/.test(await ask(`${question} [y/N] `));
  const memory = await memoryOf(key, yes);
  const seed = await seedIn(key, askSecretly);
  const scrutineer = new RemoteScrutineer({
    http: url.replace(/\/$/, ''),
    ca,
    identity: {
      person,
      secret: await askSecretly('登录密码或一次性码 password or one-time code: '),
      choosePassword: () =>
        askSecretly('设定登录密码（至少 10 个字符） choose a password, 10 characters or more: '),
      code: () => ask('验证码或恢复码 code of the authenticator, or a recovery code: '),
    },
    seed,
    memory,
    describe: (problem) => memory.describe(problem),
    say,
    consent: {
      compare: (code) =>
        yes(`校验码 check code: ${code}\n各位监票人念出的完全一样吗？ do all scrutineers read out the same?`),
      decrypt: (title, ballots) =>
        yes(
          `《${title}》密封票 ${ballots} 张；与大屏人数相符，解密？ ${ballots} sealed ballots; decrypt the sum?`,
        ),
      sign: (title, result) =>
        yes(`《${title}》${JSON.stringify(result.tally)}\n签署此结果？ sign this result?`),
    },
  });
  say(`${await scrutineer.start()}：已连接，按 Ctrl-C 结束 · connected, Ctrl-C ends`);
}
