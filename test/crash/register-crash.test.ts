import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { replay } from '../../coordinator/chronicle/chronicle.ts';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import type { StaffClient } from '../../coordinator/cli/staff-client.ts';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { SideStore } from '../../coordinator/register/beside/side-store.ts';
import { REGISTER, REGISTER_LEDGER } from '../../coordinator/register/model/book.ts';
import { importPublicKey, verifyJws } from '../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength } from '../../shared/protocol/jws.ts';
import { askFrom, manyParts } from '../support/from-address.ts';
import { eventually } from '../support/open-hall.ts';
import { codeOn, hiddenField } from '../support/public-form.ts';
import { YEAR } from '../support/running-register.ts';
import { RegisterProcess } from './register-process.ts';

const KILLS = 20;
/** In so many of these lives strangers fill in the public form, which nobody does in less than three seconds. */
const WITH_FORMS = 2;
const STRANGERS = 6;

/** What was answered, and so has to be there whatever happened afterwards. */
class Journal {
  readonly tried: string[] = [];
  readonly receipts: { readonly title: string; readonly proposal: string | null; readonly code: string }[] =
    [];
  readonly cleared = new Map<string, string>();
  readonly erased = new Set<string>();

  title(): string {
    const title = `第${this.tried.length + 1}件建议`;
    this.tried.push(title);
    return title;
  }
}

/** One proposal of a deputy, or of a department; each is asked for once. */
async function propose(client: StaffClient, journal: Journal): Promise<void> {
  const title = journal.title();
  const wording = { title, text: '夜里太黑，老人不敢出门。', place: null };
  const body = { cycle: YEAR, channel: 'online', wording, proposer: null, attachments: [] } as const;
  const received = await client.ask(REGISTER_ROUTES.propose, { body });
  if (received.is !== 'received') throw new Error(received.reason);
  journal.receipts.push({ title, proposal: received.proposal, code: received.code });
}

/** Reads the newest that nobody has read, and now and then erases one that was. */
async function screen(office: StaffClient, congress: StaffClient, journal: Journal): Promise<void> {
  const filter = { cycle: YEAR, stage: 'received' } as const;
  const { rows } = await office.ask(REGISTER_ROUTES.proposals, { body: filter });
  for (const { id } of rows.slice(0, 4)) {
    const title = `读过的${id}`;
    const body = { act: 'clear-wording', proposal: id, title, text: '读过了' } as const;
    const done = await office.ask(REGISTER_ROUTES.act, { body });
    if (done.is === 'done') journal.cleared.set(id, title);
    if (journal.cleared.size % 5 !== 0) continue;
    const erase = { act: 'erase', proposal: id, reason: '本人要求' } as const;
    const gone = await congress.ask(REGISTER_ROUTES.act, { body: erase });
    if (gone.is === 'done') journal.erased.add(id);
  }
}

/** Somebody at an address of their own fills in the form, and presses twice. */
async function fillIn(http: string, from: string, journal: Journal): Promise<void> {
  const matter = { title: journal.title(), text: '从网页上提的建议。' };
  const page = await askFrom(from, `${http}/propose/matter`, new URLSearchParams(matter));
  const fields = { ...matter, token: hiddenField(page.text, 'token') };
  for (;;) {
    const press = () => askFrom(from, `${http}/propose`, manyParts(fields));
    const answers = await Promise.all([press(), press()]);
    const taken = answers.filter(({ status }) => status !== 429);
    // Both may come too early, or only the one that was faster: nobody fills in a form in less than three seconds.
    if (taken.length === 0) continue;
    const code = codeOn(taken[0]?.text ?? '');
    for (const { status, text } of taken)
      expect({ status, code: codeOn(text) }).toEqual({ status: 200, code });
    journal.receipts.push({ title: matter.title, proposal: null, code });
    return;
  }
}

let register: RegisterProcess;
afterEach(() => register.remove());

it('kill -9 at random instants: whoever has a receipt finds the proposal with its words, once, and acts that were done are done', async () => {
  register = new RegisterProcess();
  const journal = new Journal();
  await register.start();
  const congress = await register.as('congress');
  const office = await register.as('gov');
  const proposers = [await register.as('deputy1'), await register.as('transport')];
  const opened = { act: 'open-cycle', cycle: YEAR, from: '2020-01-01', to: '2099-12-31' } as const;
  expect(await congress.ask(REGISTER_ROUTES.act, { body: opened })).toEqual({ is: 'done' });

  for (let kill = 0; kill < KILLS; kill += 1) {
    let isKilled = false;
    /** Does `work` again and again, until the process is killed under it. */
    const keepOn = async (work: () => Promise<void>): Promise<void> => {
      try {
        while (!isKilled) await work();
      } catch (error) {
        if (!isKilled) throw error;
      }
    };
    const { http } = register;
    const isWithForms = kill % Math.floor(KILLS / WITH_FORMS) === 1;
    const before = journal.receipts.length;
    const forms = () => journal.receipts.filter(({ proposal }) => proposal === null).length;
    const formsBefore = forms();
    const lives = [
      ...[...proposers, ...proposers].map((each) => keepOn(() => propose(each, journal))),
      keepOn(() => screen(office, congress, journal)),
      ...(isWithForms ? Array.from({ length: STRANGERS }, (_, i) => i) : []).map((i) =>
        keepOn(() => fillIn(http, `127.0.${kill}.${i + 2}`, journal)),
      ),
    ];
    const whole = Promise.all(lives);
    const some = eventually(
      () => journal.receipts.length > before + 4 && (!isWithForms || forms() > formsBefore),
      `receipts before kill ${kill}`,
    );
    await Promise.race([some, whole]);
    // The instant is what is random here; that something was going on is waited for.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    isKilled = true;
    await register.end('SIGKILL');
    await whole;
    await register.start();
  }

  const [last] = journal.receipts.slice(-1);
  const found = await askFrom(
    '127.0.0.1',
    `${register.http}/follow`,
    new URLSearchParams({ code: last?.code ?? '' }),
  );
  expect(found.status).toBe(200);
  await register.end('SIGTERM');
  const told = check(register, journal);
  process.stdout.write(
    `register crash: ${KILLS} kills, ${journal.tried.length} sent, ${journal.receipts.length} receipts, ${journal.cleared.size} read, ${journal.erased.size} erased, ${told} entries\n`,
  );
});

/** What must be true of the files whatever was killed when. @returns how many entries there are. */
function check({ data, key }: RegisterProcess, { tried, receipts, cleared, erased }: Journal): number {
  const ledger = Ledger.read(join(data, 'yunxi.ledger'), REGISTER_LEDGER);
  const rows = [...ledger.rows()];
  ledger.close();
  const publicKey = importPublicKey(key);
  for (const { seq, body } of rows) {
    const jws = parseJwsOfAnyLength(body, REGISTER_LEDGER.typ);
    expect({ seq, isSigned: jws && publicKey && verifyJws(jws, publicKey) }).toEqual({ seq, isSigned: true });
  }
  const { proposals } = replay(REGISTER, rows);
  const beside = SideStore.open(join(data, 'beside.db'));
  try {
    const titles = [...proposals.values()].flatMap(({ id, erased: isErased }) => {
      const kept = beside.of(id);
      expect({ id, hasWords: kept !== null }).toEqual({ id, hasWords: !isErased });
      return kept ? [kept.wording.title] : [];
    });
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.filter((title) => !tried.includes(title))).toEqual([]);
    expect(new Set(receipts.map(({ code }) => code)).size).toBe(receipts.length);
    for (const { title, proposal, code } of receipts) {
      const id = beside.followed(code) ?? '';
      if (proposal !== null) expect(id).toBe(proposal);
      const one = proposals.get(id);
      expect({ title, isThere: one !== undefined }).toEqual({ title, isThere: true });
      if (!one?.erased) expect(beside.of(id)?.wording.title).toBe(title);
    }
    for (const [id, title] of cleared) expect(proposals.get(id)?.wording?.title).toBe(title);
    for (const id of erased) expect(proposals.get(id)?.erased).toBe(true);
    expect(beside.settle(proposals.values(), [])).toEqual({ swept: [], lost: [] });
  } finally {
    beside.close();
  }
  return rows.length;
}
