import { expect, it } from 'vitest';
import type { Kept, SiteAct } from './kept.ts';
import { type Line, Outbox, type Stop, type Told } from './outbox.ts';

const HASHES: Readonly<Record<string, string>> = { '1': 'a'.repeat(64), '2': 'b'.repeat(64) };
const lost = { is: 'unreachable' } as const;
type Step = 'person' | 'upload' | 'act' | 'entryOf';

/** A register with a ledger and files, and a way to it that can be cut before or after it has heard. */
class FakeRegister {
  person: string | null = 'deputy1';
  readonly ledger: SiteAct[] = [];
  readonly files = new Set<string>();
  /** At which step the line is cut, and on which side of the register. */
  cut: { readonly step: Step; readonly side: 'before' | 'after' } | null = null;
  refusal: string | null = null;
  uploads = 0;

  async #through<T>(step: Step, does: () => Told<T>): Promise<Told<T>> {
    await Promise.resolve();
    if (this.cut?.step === step && this.cut.side === 'before') return lost;
    const told: Told<T> = this.person === null ? { is: 'signed-out' } : does();
    return this.cut?.step === step ? lost : told;
  }

  readonly line: Line = {
    person: () => this.#through('person', () => ({ is: 'answered', value: this.person ?? '' })),
    upload: (bytes) =>
      this.#through('upload', () => {
        this.uploads += 1;
        const hash = HASHES[String(bytes[0])];
        if (hash === undefined) return no('not-a-picture');
        this.files.add(hash);
        return { is: 'answered', value: hash };
      }),
    act: (act) =>
      this.#through('act', () => {
        if (this.refusal !== null) return no(this.refusal);
        if (!act.photos.every((hash) => this.files.has(hash))) return no('unknown-attachment');
        if (!this.ledger.some((one) => idOf(one) === idOf(act))) this.ledger.push(act);
        return { is: 'answered', value: null };
      }),
    entryOf: (act) =>
      this.#through('entryOf', () => {
        const seq = this.ledger.findIndex((one) => idOf(one) === idOf(act));
        return { is: 'answered', value: seq === -1 ? null : { seq, at: 1_000 + seq } };
      }),
  };
}

const no = (reason: string) => ({ is: 'refused', reason, text: { zh: reason, en: reason } }) as const;
const idOf = (act: SiteAct) =>
  act.act === 'visit' ? act.visit : act.act === 'find' ? act.finding : act.lookBack;

const visit = (id: string, more: Partial<Kept> = {}): Kept => ({
  ...{ id, person: 'deputy1', made: 1, what: 'visit', project: 'a', part: '1', title: '老旧小区改造' },
  fields: { words: '看过了' },
  photos: ['1', '2'].map((n) => ({ bytes: new Uint8Array([Number(n)]), small: 'data:,', hash: null })),
  state: {
    is: 'kept',
    act: {
      act: 'visit',
      project: 'a',
      part: '1',
      visit: id,
      day: '2027-06-20',
      figure: null,
      words: '看过了',
      photos: [],
    },
  },
  ...more,
});

/** A telephone with these on its shelf. `tabs` of it share the shelf, and who sends. */
function telephone(register: FakeRegister, ...all: readonly Kept[]) {
  const shelf = new Map(all.map((kept) => [kept.id, kept]));
  let isTaken = false;
  const alone = async (work: () => Promise<Stop>) => {
    if (isTaken) return null;
    isTaken = true;
    try {
      return await work();
    } finally {
      isTaken = false;
    }
  };
  const tab = () => {
    const seen: (string | null)[] = [];
    const outbox: Outbox = new Outbox({
      line: register.line,
      shelf: {
        of: async (person) => [...shelf.values()].filter((kept) => kept.person === person),
        put: async (kept) => {
          shelf.set(kept.id, kept);
        },
      },
      alone,
      onChange: () => void seen.push(outbox.sending),
    });
    return { outbox, seen };
  };
  return { shelf, tab };
}

it('what is kept is sent with its photographs, and then nothing of it is on the telephone but where it stands', async () => {
  const register = new FakeRegister();
  const { shelf, tab } = telephone(register, visit('v1'), visit('v2', { state: { is: 'draft' } }));
  const { outbox, seen } = tab();
  expect(await outbox.send('deputy1')).toBe('none');
  expect(register.ledger.map(idOf)).toEqual(['v1']);
  expect(register.ledger[0]?.photos).toEqual([HASHES['1'], HASHES['2']]);
  expect(shelf.get('v1')).toMatchObject({
    state: { is: 'received', seq: 0, at: 1_000 },
    photos: [],
    fields: {},
  });
  // What is still being written stays what it is.
  expect(shelf.get('v2')).toEqual(visit('v2', { state: { is: 'draft' } }));
  expect(seen).toEqual(['v1', null]);
});

const CUTS = (['person', 'upload', 'act', 'entryOf'] as const).flatMap((step) =>
  (['before', 'after'] as const).map((side) => ({ step, side })),
);
it.each(CUTS)(
  'the line is cut at $step, $side the register heard it: kept, and sent once when it is back',
  async (cut) => {
    const register = new FakeRegister();
    const { shelf, tab } = telephone(register, visit('v1'));
    register.cut = cut;
    expect(await tab().outbox.send('deputy1')).toBe('unreachable');
    expect(shelf.get('v1')).toMatchObject({ state: { is: 'kept' }, fields: { words: '看过了' } });
    expect(shelf.get('v1')?.photos.map(({ bytes }) => bytes[0])).toEqual([1, 2]);
    register.cut = null;
    // As after a reload: another outbox, the same shelf.
    expect(await tab().outbox.send('deputy1')).toBe('none');
    expect(register.ledger.map(idOf)).toEqual(['v1']);
    expect(register.files.size).toBe(2);
    expect(shelf.get('v1')?.state.is).toBe('received');
  },
);

it('a photograph that the register has taken is not sent again', async () => {
  const register = new FakeRegister();
  const { tab } = telephone(register, visit('v1'));
  register.cut = { step: 'act', side: 'before' };
  await tab().outbox.send('deputy1');
  register.cut = null;
  await tab().outbox.send('deputy1');
  expect(register.uploads).toBe(2);
});

it('photographs that the register has swept away since are sent once more', async () => {
  const register = new FakeRegister();
  const { shelf, tab } = telephone(register, visit('v1'));
  register.cut = { step: 'act', side: 'before' };
  await tab().outbox.send('deputy1');
  register.cut = null;
  register.files.clear();
  expect(await tab().outbox.send('deputy1')).toBe('unreachable');
  expect(await tab().outbox.send('deputy1')).toBe('none');
  expect(shelf.get('v1')?.state.is).toBe('received');
});

it('what is refused stays as it was typed, with why, is not sent by itself again, and holds up nothing behind it', async () => {
  const register = new FakeRegister();
  const bad = { bytes: new Uint8Array([9]), small: 'data:,', hash: null };
  const { shelf, tab } = telephone(register, visit('v1', { photos: [bad] }), visit('v2'));
  expect(await tab().outbox.send('deputy1')).toBe('none');
  expect(shelf.get('v1')).toMatchObject({
    state: { is: 'refused', text: { zh: 'not-a-picture' } },
    fields: { words: '看过了' },
  });
  expect(shelf.get('v1')?.photos).toHaveLength(1);
  expect(shelf.get('v2')?.state.is).toBe('received');
  register.refusal = 'not-in-group';
  shelf.set('v3', visit('v3'));
  expect(await tab().outbox.send('deputy1')).toBe('none');
  expect(shelf.get('v3')?.state).toEqual({ is: 'refused', text: { zh: 'not-in-group', en: 'not-in-group' } });
  expect(shelf.get('v3')?.photos.map(({ bytes }) => bytes[0])).toEqual([1, 2]);
});

it('a session that ran out: kept until the same person has signed in again, and never sent in another’s name', async () => {
  const register = new FakeRegister();
  const { shelf, tab } = telephone(register, visit('v1'));
  register.person = null;
  expect(await tab().outbox.send('deputy1')).toBe('signed-out');
  register.person = 'deputy2';
  expect(await tab().outbox.send('deputy1')).toBe('signed-out');
  expect(await tab().outbox.send('deputy2')).toBe('none');
  expect(register.ledger).toEqual([]);
  expect(shelf.get('v1')?.state.is).toBe('kept');
  register.person = 'deputy1';
  expect(await tab().outbox.send('deputy1')).toBe('none');
  expect(register.ledger).toHaveLength(1);
});

it('of two tabs one sends; where both do, since a browser has no locks, the register still has it once', async () => {
  const register = new FakeRegister();
  const { tab } = telephone(register, visit('v1'));
  const both = await Promise.all([tab().outbox.send('deputy1'), tab().outbox.send('deputy1')]);
  expect(both.sort()).toEqual(['elsewhere', 'none']);
  expect(register.uploads).toBe(2);

  const again = new FakeRegister();
  const [one, two] = [telephone(again, visit('v2')), telephone(again, visit('v2'))];
  await Promise.all([one.tab().outbox.send('deputy1'), two.tab().outbox.send('deputy1')]);
  expect(again.ledger.map(idOf)).toEqual(['v2']);
  expect([one, two].map(({ shelf }) => shelf.get('v2')?.state.is)).toEqual(['received', 'received']);
});

it('who signs in while the photographs go up does not send another’s visit in their own name', async () => {
  const register = new FakeRegister();
  const { shelf, tab } = telephone(register, visit('v1'));
  const { upload } = register.line;
  const line: Line = {
    ...register.line,
    upload: async (bytes) => {
      const told = await upload(bytes);
      if (register.uploads === 2) register.person = 'deputy2';
      return told;
    },
  };
  const outbox = new Outbox({
    line,
    shelf: { of: async () => [...shelf.values()], put: async (kept) => void shelf.set(kept.id, kept) },
    alone: (work) => work(),
    onChange: () => {},
  });
  expect(await outbox.send('deputy1')).toBe('signed-out');
  expect(register.ledger).toEqual([]);
  register.person = 'deputy1';
  expect(await tab().outbox.send('deputy1')).toBe('none');
  expect(register.ledger).toHaveLength(1);
});
