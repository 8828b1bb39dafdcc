import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { verifyBundle } from '../../coordinator/bundle/verify/verify.ts';
import { Programs } from '../../coordinator/cli/programs.ts';
import { Client } from '../../coordinator/contract/client.ts';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { SessionFetch } from '../../coordinator/contract/session-fetch.ts';
import { STAFF_ROUTES } from '../../coordinator/contract/staff-routes.ts';
import { hallFault, takenFrom } from '../../coordinator/register/feed/bundle/compare-hall.ts';
import { verifyRegisterBundle } from '../../coordinator/register/feed/bundle/verify-bundle.ts';
import { runSitting } from '../../coordinator/rehearsal/auto-chair.ts';
import {
  exchangeWith,
  sampleRegisterFolder,
  startRegister,
} from '../../coordinator/rehearsal/register/running-register.ts';
import { openSampleHall } from '../../coordinator/rehearsal/running-sample.ts';
import { simulateScrutineers } from '../../coordinator/rehearsal/simulated-scrutineers.ts';
import { answered } from '../support/running-register.ts';

const programs = new Programs();
afterAll(() => programs.stop());

const PASSWORD = '石狮子在会场东门口';
const SEATS = 9;

/** Somebody of the register's staff, signed in. */
async function signIn(http: string, person: string): Promise<Client> {
  const client = new Client({ base: http, fetch: new SessionFetch(fetch).fetch });
  answered(await client.ask(STAFF_ROUTES.signIn, { body: { person, secret: PASSWORD, code: null } }));
  return client;
}

it('G10: a list that two persons froze is voted on in secret, the bundle is brought back, and nobody has typed a number', async () => {
  const hall = await openSampleHall(programs, { seats: SEATS, port: 0, passwordOf: () => PASSWORD });
  const fleet = ['simulate', ...hall.seatArgs, '--speed', '40', '--health', '0'];
  programs.start(fleet, { quiet: true });
  const files = await sampleRegisterFolder(programs, { passwordOf: () => PASSWORD, proposals: 20 });
  exchangeWith(files.file, hall);
  const register = await startRegister(programs, files.file, 0);
  const [congress, gov] = [await signIn(register.http, 'congress'), await signIn(register.http, 'gov')];
  const session = answered(await congress.ask(REGISTER_ROUTES.session));
  const year = Math.max(...session.cycles.map((cycle) => cycle.year));
  const params = { year: String(year) };
  const cycle = async () => answered(await congress.ask(REGISTER_ROUTES.cycle, { params }));
  const list = (await cycle()).submitted?.hash ?? '';
  const take = async (name: string) =>
    answered(await congress.ask(REGISTER_ROUTES.takeBundle, { params, body: { name } }));

  expect(await take('sitting.zip')).toMatchObject({ is: 'refused', reason: 'no-such-bundle' });
  const body = { act: 'freeze-list', cycle: year, list } as const;
  const asked = answered(await congress.ask(REGISTER_ROUTES.act, { body }));
  const id = asked.is === 'waiting' ? asked.id : '';
  expect(answered(await gov.ask(REGISTER_ROUTES.confirmWaiting, { body: { id } }))).toEqual({ is: 'done' });
  expect(answered(await congress.ask(REGISTER_ROUTES.handOver, { params }))).toEqual({
    is: 'done',
  });

  // The same sitting grades what was carried out the year before.
  const before = { year: String(year - 1) };
  const carriedOut = answered(await congress.ask(REGISTER_ROUTES.works, { params: before })).works;
  const order = { by: 'congress' as const, projects: carriedOut.map(({ id }) => id) };
  expect(
    answered(await congress.ask(REGISTER_ROUTES.handOverAppraisal, { params: before, body: order })),
  ).toEqual({ is: 'done' });

  const operator = await hall.as('operator');
  expect(await operator.act({ act: 'reload' })).toMatchObject({ ok: true });
  const auditor = await hall.as('auditor');
  const bring = async (name: string) => {
    const bytes = await auditor.bundle();
    writeFileSync(join(hall.folder, name), bytes);
    return bytes;
  };
  await bring('early.zip');
  expect(await take('early.zip')).toMatchObject({ is: 'refused', reason: 'not-voted' });

  const scrutineers = await simulateScrutineers(hall, false, () => {});
  await runSitting(hall, [`projects-${year}`, `appraisal-${year - 1}`], () => {});
  await scrutineers.stop();
  const bytes = await bring('sitting.zip');
  const flipped = Uint8Array.from(bytes);
  flipped[flipped.length >> 1] = (flipped[flipped.length >> 1] ?? 0) ^ 1;
  const sent = async (bundle: Uint8Array) =>
    answered(await congress.ask(REGISTER_ROUTES.bundle, { params, body: new Uint8Array(bundle) }));
  // A courier without a browser brings it under their own name.
  const imported = (bundle: Uint8Array, password: string) => {
    const file = join(hall.folder, 'carried.zip');
    writeFileSync(file, bundle);
    const who = ['--url', register.http, '--person', 'congress', '--year', params.year];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['dist/coordinator/cli/hallvote.js', 'register', 'import', file, ...who],
      { encoding: 'utf8', input: `${password}\n` },
    );
    return { status, says: `${stdout}${stderr}` };
  };
  expect(imported(flipped, 'x'.repeat(12))).toMatchObject({ status: 2 });
  const refused = imported(flipped, PASSWORD);
  expect(refused).toMatchObject({ status: 1, says: expect.stringContaining('The bundle does not verify') });
  const gradings = answered(
    await congress.ask(REGISTER_ROUTES.takeAppraisal, { params: before, body: { name: 'sitting.zip' } }),
  );
  expect(gradings).toEqual({ is: 'done', graded: carriedOut.length });
  const { works } = answered(await congress.ask(REGISTER_ROUTES.works, { params: before }));
  for (const { grade, isRectifying } of works) {
    expect(grade).not.toBeNull();
    expect(isRectifying).toBe(grade === 'dissatisfied');
  }
  const taken = imported(bytes, PASSWORD);
  const { decided, projects } = await cycle();
  if (taken.status === 1) {
    // The simulated deputies left places level: then the register says so, and nothing has moved.
    expect(taken.says).toContain('Some are level for the last place');
    return;
  }
  const chosen = projects.filter(({ state }) => state === 'chosen');
  expect(taken.says).toContain(`${chosen.length} projects are chosen`);
  if (decided?.how !== 'bundle') throw new Error('not decided by a bundle');
  expect(decided.result.list).toBe(list);
  for (const round of decided.result.rounds) expect(round).toMatchObject({ secret: true, roll: SEATS });
  expect(await sent(bytes)).toMatchObject({ is: 'refused', reason: 'cycle-decided' });
  // Whoever doubts it has the very bytes.
  const proof = await fetch(`${register.http}/bundles/${decided.result.manifest}.zip`);
  expect(Buffer.from(await proof.arrayBuffer()).equals(bytes)).toBe(true);
  // And whoever takes the register's own bundle along finds in it the very result that the hall's proves.
  const zip = await fetch(`${register.http}/data/register.zip`);
  const whole = verifyRegisterBundle(new Uint8Array(await zip.arrayBuffer()));
  if (!whole.ok) throw new Error(whole.fault.text.en);
  const entered = takenFrom(whole.history, bytes);
  expect(entered.map((each) => each.is)).toEqual(['result', 'appraisal']);
  for (const each of entered)
    expect(hallFault(each, bytes, verifyBundle(bytes, { key: each.says.key }))).toBeNull();
});
