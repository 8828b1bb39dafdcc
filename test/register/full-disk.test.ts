import { afterAll, expect, it } from 'vitest';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { SmallDisk, smallDisk } from '../attack/tmpfs.ts';
import { codeOn, hiddenField, sendFiles, sendForm } from '../support/public-form.ts';
import { LAMPS, openReporting } from '../support/reporting-register.ts';
import { answered, type TestRegister, YEAR } from '../support/running-register.ts';

const disk = smallDisk(24);
let register: TestRegister;
afterAll(async () => {
  await register?.stop().catch(() => {});
  if (disk instanceof SmallDisk) disk.remove();
});

const SITE = '/projects/lamps/parts/1';
const LONG = '长'.repeat(900);
const at = (path: string) => `${register.running.http}${path}`;

/** A form's second step, lying there long enough. */
async function token(said: Readonly<Record<string, string>>): Promise<string> {
  const page = await (await sendForm(at(`${SITE}/voice/words`), said)).text();
  register.pass(60_000);
  return hiddenField(page, 'token');
}

/** Does it until it is no longer acknowledged: a file may have room left that it has used before. */
async function untilFull<T>(work: (n: number) => Promise<T | null>): Promise<readonly T[]> {
  const acknowledged: T[] = [];
  for (let n = 0; n < 500; n += 1) {
    const one = await work(n);
    if (one === null) return acknowledged;
    acknowledged.push(one);
  }
  throw new Error('the disk never was full');
}

it.skipIf(!(disk instanceof SmallDisk))(
  'on a full disk what cannot be kept is not acknowledged, and everything that was is there; when there is room all goes on',
  async () => {
    if (!(disk instanceof SmallDisk)) return;
    register = await openReporting({ folder: disk.folder });
    const [department, deputy] = [await register.as(LAMPS), await register.as('deputy1')];
    const plan = {
      ...({ act: 'plan', project: 'lamps', part: '1', safeguards: '' } as const),
      months: [
        { month: '2027-03', permille: 250, fen: 80_000_000 },
        { month: '2027-10', permille: 1000, fen: 320_000_000 },
      ],
    };
    expect(await register.act(LAMPS, plan)).toEqual({ is: 'done' });
    const next = { act: 'open-cycle', cycle: YEAR + 1, from: '2027-05-01', to: '2027-10-31' } as const;
    expect(await register.act('congress', next)).toEqual({ is: 'done' });
    const report = async (n: number) => {
      const body = {
        ...({ act: 'report', project: 'lamps', part: '1', month: '2027-03', done: 1000 + n } as const),
        ...{ appropriated: 0, paid: 0, words: LONG, evidence: [], reason: n === 0 ? null : '更正' },
      };
      const outcome = await department.ask(REGISTER_ROUTES.act, { body });
      return outcome.is === 'answered' && outcome.value.is === 'done' ? body.done : null;
    };
    const propose = async (n: number) => {
      const wording = { title: `路灯${n}`, text: LONG, place: null };
      const body = { cycle: YEAR + 1, channel: 'online', wording, proposer: null, attachments: [] } as const;
      const outcome = await deputy.ask(REGISTER_ROUTES.propose, { body });
      return outcome.is === 'answered' && outcome.value.is === 'received' ? outcome.value.code : null;
    };
    const said = { kind: 'objection', text: LONG };
    const forms = [await token(said), await token(said)];
    const speak = async (n: number) =>
      codeOn(await (await sendFiles(at(`${SITE}/voice`), { ...said, token: forms[n] ?? '' })).text()) || null;

    disk.fill();
    const reported = await untilFull(report);
    const codes = [...(await untilFull(propose))];
    codes.push(...(await untilFull(speak)));
    expect(await propose(501)).toBeNull();
    for (const path of ['/', SITE, '/feed.jsonl', '/proposals'])
      expect((await fetch(at(path))).status).toBe(200);

    disk.free();
    expect(await report(502)).toBe(1502);
    codes.push((await propose(503)) ?? 'proposal', (await speak(1)) ?? 'voice');
    register = await register.again();
    const followed = await Promise.all(
      codes.map(async (code) => (await sendForm(at('/follow'), { code })).status),
    );
    expect(codes.filter((_, n) => followed[n] !== 200)).toEqual([]);
    const told = await (await fetch(at('/feed.jsonl'))).text();
    const figures = told
      .trimEnd()
      .split('\n')
      .flatMap((line) => {
        const { body = '' }: { body?: string } = JSON.parse(line);
        const { typ, done } = JSON.parse(
          Buffer.from(body.split('.')[1] ?? '', 'base64url').toString() || '{}',
        );
        return typ === 'reported' ? [done] : [];
      });
    expect(figures).toEqual([...reported, 1502]);
    answered(await (await register.as('gov')).ask(REGISTER_ROUTES.voices));
  },
);
