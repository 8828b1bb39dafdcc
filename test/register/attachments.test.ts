import { rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { answered, openRegister, type TestRegister, YEAR } from '../support/running-register.ts';
import { signedIn } from '../support/signed-in.ts';

let register: TestRegister;

beforeEach(async () => {
  register = await openRegister();
  await register.act('congress', { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' });
});
afterEach(() => register.stop());

const picture = async () =>
  new Uint8Array(
    await sharp({ create: { width: 60, height: 40, channels: 3, background: '#98181a' } })
      .png()
      .toBuffer(),
  );

/** A letter with its scan, entered by the congress office. */
async function letter(title: string) {
  const congress = await register.as('congress');
  const taken = answered(await congress.ask(REGISTER_ROUTES.upload, { body: await picture() }));
  if (taken.is !== 'taken') throw new Error(taken.reason);
  const body = {
    cycle: YEAR,
    channel: 'letter' as const,
    wording: { title, text: `${title}，请考虑。`, place: null },
    proposer: null,
    attachments: [taken.hash],
  };
  const received = answered(await congress.ask(REGISTER_ROUTES.propose, { body }));
  if (received.is !== 'received') throw new Error(received.reason);
  return { hash: taken.hash, proposal: received.proposal };
}

const get = async (person: string | null, hash: string, size = 'small') =>
  fetch(`${register.running.http}/api/attachments/${hash}/${size}`, {
    headers: person === null ? {} : { cookie: await signedIn(register.running, person) },
  });

it('a scan is shown to the offices and to nobody else', async () => {
  const { hash, proposal } = await letter('菜市场加盖雨棚');
  const shown = await get('gov', hash);
  expect([shown.status, shown.headers.get('content-type'), shown.headers.get('cache-control')]).toEqual([
    200,
    'image/jpeg',
    'no-store',
  ]);
  expect(shown.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  expect(
    await Promise.all([null, 'deputy1', 'transport', 'auditor'].map((who) => get(who, hash))),
  ).toMatchObject([{ status: 401 }, { status: 403 }, { status: 403 }, { status: 403 }]);
  const seen = async (person: string) =>
    (await register.as(person)).ask(REGISTER_ROUTES.proposal, { params: { id: proposal } });
  expect(answered(await seen('gov')).files).toEqual([{ hash, type: 'jpg' }]);
  expect(answered(await seen('transport')).files).toEqual([]);
});

it('who knows the name of a scan does not publish it: only who has sent the file in again, for that', async () => {
  const { hash, proposal } = await letter('菜市场加盖雨棚');
  const count = { roll: 60, present: 60, cast: 60, votes: [{ project: 'a', votes: 1 }], chosen: [] };
  const paper = { act: 'enter-paper-result', cycle: YEAR, list: hash, ...count, sheet: hash } as const;
  const enter = (person: string) => register.act(person, { ...paper, reason: '会场停电' });
  const refused = { is: 'refused', reason: 'private-attachment' };
  // The clerk who entered the letter has sent it in for that alone.
  expect(await enter('congress')).toMatchObject(refused);
  const congress = await register.as('congress');
  expect(answered(await congress.ask(REGISTER_ROUTES.upload, { body: await picture() }))).toMatchObject({
    hash,
  });
  expect(await enter('congress')).toMatchObject({ reason: 'not-frozen' });
  expect(await enter('congress2')).toMatchObject(refused);
  await register.act('congress', { act: 'erase', proposal, reason: '本人要求' });
  expect(await enter('congress')).toMatchObject({ reason: 'unknown-attachment' });
});

it('erasing a proposal takes its scan away, unless another came with the same', async () => {
  const one = await letter('菜市场加盖雨棚');
  const other = await letter('市场门口修路');
  expect(other.hash).toBe(one.hash);
  const erase = (proposal: string) =>
    register.act('congress', { act: 'erase', proposal, reason: '本人要求' });
  await erase(one.proposal);
  expect((await get('gov', one.hash)).status).toBe(200);
  await erase(other.proposal);
  expect((await get('gov', one.hash)).status).toBe(404);
});

it('what is no picture, too large, or not bytes at all is not taken', async () => {
  const congress = await register.as('congress');
  const text = new TextEncoder().encode('<svg onload="alert(1)">');
  expect(answered(await congress.ask(REGISTER_ROUTES.upload, { body: text }))).toMatchObject({
    is: 'refused',
    reason: 'unknown-type',
  });
  const send = async (type: string, body: string | Uint8Array<ArrayBuffer>) => {
    const cookie = await signedIn(register.running, 'congress');
    const headers = { 'content-type': type, cookie };
    return (await fetch(`${register.running.http}/api/attachments`, { method: 'POST', headers, body }))
      .status;
  };
  expect(await send('application/octet-stream', new Uint8Array(10_000_001))).toBe(413);
  expect(await send('application/json', '{}')).toBe(400);
  expect(await send('image/png', await picture())).toBe(415);
  // Whoever attaches nothing to what they do sends nothing.
  const auditor = await register.as('auditor');
  expect(await auditor.ask(REGISTER_ROUTES.upload, { body: text })).toMatchObject({
    is: 'refused',
    status: 403,
  });
});

it('deputies find what has been cleared, and nothing of what the offices think of it', async () => {
  const { proposal } = await letter('菜市场加盖雨棚');
  const deputy = await register.as('deputy1');
  const queue = async () => answered(await deputy.ask(REGISTER_ROUTES.proposals, { body: { cycle: YEAR } }));
  const one = () => deputy.ask(REGISTER_ROUTES.proposal, { params: { id: proposal } });
  expect(await queue()).toMatchObject({ rows: [], total: 0, counts: { drafted: null, draftedAs: null } });
  expect(await one()).toMatchObject({ is: 'refused', status: 404 });
  await register.act('gov', { act: 'clear-wording', proposal, title: '菜市场加盖雨棚', text: '加盖雨棚。' });
  const opinion = { question: 'needed', answer: 'yes', reason: '确有需要' } as const;
  await register.act('gov', { act: 'opine', proposal, opinion });
  await register.act('gov', {
    act: 'draft-decision',
    proposal,
    outcome: { is: 'not-adopted', reason: '已有安排' },
  });
  expect(await queue()).toMatchObject({ rows: [{ id: proposal, opinions: 0, draft: null }] });
  expect(answered(await one())).toMatchObject({ sent: null, proposer: null, opinionsGiven: [], draft: null });
  const drafted = answered(
    await (await register.as('congress')).ask(REGISTER_ROUTES.proposals, { body: { cycle: YEAR } }),
  );
  expect(drafted.counts).toMatchObject({ drafted: 1, draftedAs: { 'not-adopted': 1 } });
});

it('it does not start without its pages', async () => {
  await register.running.stop();
  rmSync(join(register.folder, 'coordinator/pages/register/desk/desk.html'));
  await expect(openRegister({ folder: register.folder, built: register.folder })).rejects.toThrow(
    /desk\.html: there is no such page/,
  );
  register = await openRegister({ folder: register.folder });
});
