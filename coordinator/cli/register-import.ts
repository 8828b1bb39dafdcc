import { readFileSync } from 'node:fs';
import { Client, type Outcome } from '../contract/client.ts';
import { REGISTER_ROUTES } from '../contract/register/routes.ts';
import { SessionFetch } from '../contract/session-fetch.ts';
import { STAFF_ROUTES } from '../contract/staff-routes.ts';
import { describeFault } from '../process/fault.ts';
import { trustingFetch } from '../process/trusting-fetch.ts';
import { type Ask, conversation } from './conversation.ts';
import { FINE, USAGE, WRONG } from './exit-codes.ts';

export interface BundleBrought {
  readonly url: string;
  readonly ca?: string;
  readonly person: string;
  readonly year: number;
  readonly appraisal?: true;
}

/** Ends the command with one line. */
class Failed extends Error {}

/** What was answered. @throws {Failed} where nothing was. */
function answered<T>(url: string, outcome: Outcome<T>): T {
  if (outcome.is === 'answered') return outcome.value;
  const text = outcome.is === 'refused' ? outcome.text : null;
  throw new Failed(`${url}: ${text ? `${text.zh} · ${text.en}` : outcome.why}`);
}

async function signIn(
  client: Client,
  { url, person }: BundleBrought,
  secret: string,
  ask: Ask,
): Promise<void> {
  const tried = async (code: string | null) =>
    answered(url, await client.ask(STAFF_ROUTES.signIn, { body: { person, secret, code } })).is;
  let is = await tried(null);
  if (is === 'code-wanted') is = await tried(await ask('验证码或恢复码 code of the authenticator: '));
  if (is !== 'in')
    throw new Failed(`${person}: 请先在网页上设定密码 · choose a password on the register’s page first`);
}

/** Brings the bundle to the register, which verifies it whole; the exit code. */
async function bring(file: string, options: BundleBrought, ask: Ask, askSecretly: Ask): Promise<number> {
  const { url, ca, year, appraisal } = options;
  const body = new Uint8Array(readFileSync(file));
  const client = new Client({
    base: url.replace(/\/$/, ''),
    fetch: new SessionFetch(trustingFetch(ca ?? null)).fetch,
  });
  await signIn(client, options, await askSecretly('登录密码 password: '), ask);
  const told = { params: { year: String(year) }, body };
  const taken = appraisal
    ? answered(url, await client.ask(REGISTER_ROUTES.appraisalBundle, told))
    : answered(url, await client.ask(REGISTER_ROUTES.bundle, told));
  if (taken.is === 'refused') {
    const { text, detail } = taken;
    process.stdout.write(`✗ ${text.zh} · ${text.en}\n${detail ? `  ${detail.zh} · ${detail.en}\n` : ''}`);
    return WRONG;
  }
  const [zh, en] =
    'chosen' in taken
      ? [`${taken.chosen} 个项目入选`, `${taken.chosen} projects are chosen`]
      : [`${taken.graded} 个项目的测评`, `${taken.graded} projects are graded`];
  process.stdout.write(`✓ 验证通过，已录入：${zh} · verified and entered: ${en}\n`);
  return FINE;
}

/** Brings a hall's bundle to a running register, and says what came of it; sets the exit code. */
export async function registerImport(file: string, asked: BundleBrought): Promise<void> {
  const { ask, askSecretly, close } = conversation();
  try {
    process.exitCode = await bring(file, asked, ask, askSecretly);
  } catch (error) {
    const why = error instanceof Failed ? error.message : describeFault(file, error);
    if (why === null) throw error;
    process.stderr.write(`hallvote register import: ${why}\n`);
    process.exitCode = USAGE;
  } finally {
    close();
  }
}
