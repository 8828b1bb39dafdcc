import { afterEach, describe, expect, it } from 'vitest';
import type { Motion } from '../../shared/kinds/kinds.ts';
import type { Fleet } from '../../terminal/rehearsal/fleet.ts';
import { eventually, type OpenHall, openHall, SELECTION, testSeat } from '../support/open-hall.ts';
import { fleetOf } from '../support/test-fleet.ts';

let open: OpenHall | null = null;
let fleet: Fleet | null = null;

afterEach(async () => {
  await fleet?.stop();
  await open?.close();
  fleet = null;
  open = null;
});

async function sit(n: number, motions?: readonly Motion[]): Promise<{ hall: OpenHall; fleet: Fleet }> {
  const seats = Array.from({ length: n }, (_, i) => testSeat(i + 1));
  const hall = await openHall({ seats, ...(motions ? { motions } : {}) });
  open = hall;
  fleet = fleetOf(hall);
  await fleet.start();
  return { hall, fleet };
}

describe('a sitting with real terminals', () => {
  it('checks deputies in, opens, counts, closes and announces', async () => {
    const { hall } = await sit(12);
    const { chronicle } = hall;
    await eventually(() => chronicle.state.presence.size === 12, 'everybody’s check-in');
    expect(await hall.act({ act: 'open', motion: 'm1', rehearsal: false })).toMatchObject({ ok: true });
    await eventually(() => chronicle.state.current?.cast === 12, 'everybody’s ballot');
    expect(await hall.act({ act: 'close', round: 'm1/1' })).toMatchObject({ ok: true });
    const round = chronicle.state.rounds.get('m1/1');
    expect(round?.result).toMatchObject({ roll: 12, present: 12, cast: 12, notPressed: 0 });
    expect(await hall.act({ act: 'announce', round: 'm1/1' })).toMatchObject({ ok: true });
    expect(await hall.act({ act: 'open', motion: 'm2', rehearsal: false })).toMatchObject({ ok: true });
    await eventually(() => chronicle.state.current?.cast === 12, 'everybody’s selection');
    expect(await hall.act({ act: 'close', round: 'm2/1' })).toMatchObject({ ok: true });
    expect(chronicle.state.rounds.get('m2/1')?.result?.outcome.kind).toBe('selection');
    expect(chronicle.state.refusals).toEqual([]);
  });

  it('votes on as many candidates as a motion may have, with long titles in two languages', async () => {
    const long = { zh: '老旧小区改造提升工程'.repeat(5), en: 'Renewal of older housing estates '.repeat(4) };
    const candidates = Array.from({ length: 100 }, (_, i) => ({ id: `c${i}`, title: long, note: long }));
    const many: Motion = { ...SELECTION, kind: 'selection', places: 90, candidates, threshold: null };
    const { hall } = await sit(3, [many]);
    await eventually(() => hall.chronicle.state.presence.size === 3, 'everybody’s check-in');
    expect(await hall.act({ act: 'open', motion: 'm2', rehearsal: false })).toMatchObject({ ok: true });
    await eventually(() => hall.chronicle.state.current?.cast === 3, 'everybody’s selection');
  });
});
