import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import { readAgenda } from '../../coordinator/config/agenda-file.ts';
import { sittingMessage } from '../../coordinator/contract/seat-message.ts';
import { SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { askedTag, directionOf, inLanguage, tagFor } from '../../shared/protocol/ids.ts';
import { bundleOf, independent, verdict } from '../support/both-verifiers.ts';
import { openHall } from '../support/open-hall.ts';

const BO = 'སྔོན་རྩིས།';
const UG = 'خامچوت';

function agenda(title: string) {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-languages-'));
  const path = join(folder, 'agenda.yaml');
  writeFileSync(path, `motions:\n  - id: m1\n    kind: decision\n    title: ${title}\n`);
  const read = readAgenda(path, 'agenda.yaml', { num: 1, den: 2 });
  rmSync(folder, { recursive: true });
  return read;
}

function rowsOf(file: string) {
  const ledger = Ledger.read(file, SITTING_LEDGER);
  const rows = [...ledger.rows()];
  ledger.close();
  return rows;
}

it('brings a Tibetan and a Uyghur title from the agenda to the seat, the ledger and both verifiers', async () => {
  const read = agenda(`{ ug: ${UG}, zh: 预算, bo: ${BO} }`);
  if (!read.ok) throw new Error(JSON.stringify(read));
  const open = await openHall({ motions: read.value.motions });
  try {
    for (const { deputy } of open.seats)
      expect(await open.act({ act: 'check-in', deputy: deputy.id, reason: '忘带卡' })).toMatchObject({
        ok: true,
      });
    expect(await open.act({ act: 'open', motion: 'm1', rehearsal: false })).toMatchObject({ ok: true });
    expect(JSON.stringify(sittingMessage(open.chronicle.state))).toContain(
      `{"zh":"预算","bo":"${BO}","ug":"${UG}"}`,
    );
    await open.act({ act: 'close', round: 'm1/1' });
    await open.act({ act: 'announce', round: 'm1/1' });
    const made = bundleOf({ rows: rowsOf(open.ledgerFile), key: open.key });
    expect(verdict(made)).toBe('fine');
    expect(independent(Buffer.from(made), open.key.kid)).toBeTruthy();
    const text = Buffer.from(made).toString();
    expect(text).toContain(`<bdi lang="bo" dir="ltr">${BO}</bdi>`);
    expect(text).toContain(`<bdi lang="ug" dir="rtl">${UG}</bdi>`);
  } finally {
    await open.close();
  }
});

it.each([
  ['{ bo: x }', 'title.zh is missing', 'add the setting zh'],
  ['{ zh: 预算, Bo: x }', 'is no language tag', 'title.Bo'],
  ['{ zh: 预算, bo: "" }', 'title.bo', 'at least 1 characters'],
])('names line and cure of a title %s', (title, what, cure) => {
  const read = agenda(title);
  if (read.ok) throw new Error('it was read');
  const said = JSON.stringify(read);
  expect(said).toContain(what);
  expect(said).toContain(cure);
  expect(said).toContain('"line":4');
});

it('reads the asked language, without region or script where there is no other, or else Chinese', () => {
  const text = { zh: '预算', bo: BO, ug: UG };
  expect(['bo', 'bo-CN', 'ug-Arab-CN', 'mn-Mong', 'en'].map((tag) => tagFor(text, tag))).toEqual([
    'bo',
    'bo',
    'ug',
    'zh',
    'zh',
  ]);
  expect(inLanguage(text, 'constructor')).toBe('预算');
  expect([askedTag('?lang=bo'), askedTag('?lang=<b>'), askedTag('')]).toEqual(['bo', 'zh', 'zh']);
  expect(['ug', 'ug-Latn', 'kk-Arab', 'bo', 'zh'].map(directionOf)).toEqual([
    'rtl',
    'ltr',
    'rtl',
    'ltr',
    'ltr',
  ]);
});
