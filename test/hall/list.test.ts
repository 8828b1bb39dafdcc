import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import { readAgenda } from '../../coordinator/config/agenda-file.ts';
import { resultOfBundle } from '../../coordinator/register/bridge/result-of-bundle.ts';
import { chosenIn } from '../../coordinator/register/model/hall-result.ts';
import { SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { ScriptedDeputy } from '../../terminal/rehearsal/scripted-deputy.ts';
import type { SeatState } from '../../terminal/seat/seat-state.ts';
import { bundleOf, PROGRAM, verdict } from '../support/both-verifiers.ts';
import { SAMPLE_LIST, SAMPLE_LIST_HASH, SAMPLE_LIST_TEXT } from '../support/list-sample.ts';
import { eventually, type OpenHall, openHall, testSeat } from '../support/open-hall.ts';
import { fleetOf } from '../support/test-fleet.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The register's agenda and list as they lie in the hall's folder. */
function handedOver() {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-list-'));
  ends.push(async () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'list-2027.txt'), SAMPLE_LIST_TEXT);
  writeFileSync(
    join(folder, 'agenda.yaml'),
    'motions:\n  - { id: m, kind: selection, title: 民生实事项目票决, voting: secret, threshold: null, list: list-2027.txt }\n',
  );
  const agenda = readAgenda(join(folder, 'agenda.yaml'), 'agenda.yaml', { num: 1, den: 2 });
  if (!agenda.ok) throw new Error(JSON.stringify(agenda.problems));
  return agenda.value;
}

function rowsOf({ ledgerFile }: OpenHall) {
  const ledger = Ledger.read(ledgerFile, SITTING_LEDGER);
  const rows = [...ledger.rows()];
  ledger.close();
  return rows;
}

it('the register’s list comes to every seat, and its result back out of the bundle', async () => {
  const seats = Array.from({ length: 5 }, (_, i) => testSeat(i + 1));
  const hall = await openHall({ seats, ...handedOver(), secrecy: { holder: 'coordinator' } });
  ends.push(() => hall.close());
  const { chronicle, key } = hall;

  /** What each deputy can read as they look at their seat. */
  const seen = new Map<Deputy, SeatState>();
  class Deputy extends ScriptedDeputy {
    override look(state: SeatState): void {
      seen.set(this, state);
      super.look(state);
    }
  }
  const fleet = fleetOf(hall, {
    deputy: (manner, clock, random) => new Deputy(manner, clock, random, random),
  });
  ends.push(() => fleet.stop());
  await fleet.start();
  await eventually(() => chronicle.state.presence.size === 5, 'everybody’s check-in');

  const vote = async (motion: string) => {
    expect(await hall.act({ act: 'open', motion, rehearsal: false })).toMatchObject({ ok: true });
    await eventually(() => chronicle.state.current?.cast === 5, 'everybody’s ballot');
    await hall.act({ act: 'close', round: `${motion}/1` });
    await eventually(() => chronicle.state.current?.result, 'the sum');
    expect(await hall.act({ act: 'announce', round: `${motion}/1` })).toMatchObject({ ok: true });
    const outcome = chronicle.state.current?.result?.outcome;
    return outcome?.kind === 'selection' && outcome.runoffPlaces > 0;
  };
  for (let motion = 'm', n = 0; await vote(motion); n += 1) {
    expect(await hall.act({ act: 'follow-up', round: `${motion}/1` })).toMatchObject({ ok: true });
    motion = `${motion}-r1`;
    // Level again and again is nobody's fault, but no test of a runoff.
    expect(n).toBeLessThan(8);
  }
  await eventually(
    () => seen.size === 5 && [...seen.values()].every(({ lists }) => lists.has(SAMPLE_LIST_HASH)),
    'the list at every seat',
  );
  for (const { lists } of seen.values()) expect(lists.get(SAMPLE_LIST_HASH)).toEqual(SAMPLE_LIST);

  const bundle = bundleOf({ rows: rowsOf(hall), key });
  expect(verdict(bundle, key.kid)).toBe('fine');
  const found = resultOfBundle(bundle, key.kid, SAMPLE_LIST_HASH, { program: PROGRAM });
  if (!found.ok) throw new Error(JSON.stringify(found));
  expect(found.result.rounds[0]).toMatchObject({ roll: 5, present: 5, cast: 5, secret: true, byHand: false });
  expect(found.result.rounds[0]?.candidates.map(({ project }) => project)).toEqual(
    SAMPLE_LIST.projects.map(({ id }) => id),
  );
  expect(chosenIn(found.result).size).toBe(SAMPLE_LIST.places);
  expect(chronicle.state.refusals).toEqual([]);
});

it('a hall that is started again, and reads its files anew, has the list it had and enters it once', async () => {
  const lists = () => rowsOf(first).filter(({ type }) => type === 'list-set').length;
  const handed = handedOver();
  const first = await openHall({ ...handed, secrecy: { holder: 'coordinator' } });
  expect(lists()).toBe(1);
  await first.close('keep');
  const { folder: kept, key, seats } = first;
  const again = await openHall({ ...handed, folder: kept, key, seats, secrecy: { holder: 'coordinator' } });
  ends.push(() => again.close());
  expect([...again.chronicle.state.lists]).toEqual([[SAMPLE_LIST_HASH, SAMPLE_LIST_TEXT]]);
  expect(lists()).toBe(1);
});
