import { describe, expect, it } from 'vitest';
import { appraisalOfBundle } from '../../coordinator/register/bridge/appraisal-of-bundle.ts';
import { resultOfBundle } from '../../coordinator/register/bridge/result-of-bundle.ts';
import { chosenIn, votesFor } from '../../coordinator/register/model/hall-result.ts';
import { SAMPLE_YEAR } from '../../shared/projects/testing/sample-sheet.ts';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { bundleOf, PROGRAM } from '../support/both-verifiers.ts';
import { filesOf } from '../support/forge.ts';
import {
  choosing,
  LISTED_APPRAISAL,
  LISTED_SELECTION,
  listedLedger,
  listedPlay,
  SAMPLE_LIST_HASH,
  TIED,
} from '../support/list-sample.ts';
import { type SampleLedger, seededBytes } from '../support/sample-ledger.ts';

/** What a register takes from a hall's bundle. */

const of = (ledger: SampleLedger, list = SAMPLE_LIST_HASH, key = ledger.key.kid) =>
  resultOfBundle(bundleOf(ledger), key, list, { program: PROGRAM });
const reasonOf = (...args: Parameters<typeof of>) => {
  const found = of(...args);
  return found.ok ? 'taken' : found.reason;
};
/** Four clear winners of the two places are impossible: here the first two. */
const CLEAR = [choosing(1, 2), choosing(1, 2), choosing(1, 2), choosing(1), choosing(3)];

describe('the result of a hall’s bundle', () => {
  it('is every round on the list, runoffs too, with what each candidate got', () => {
    const ledger = listedLedger();
    const found = of(ledger);
    if (!found.ok) throw new Error(found.reason);
    const { result } = found;
    expect(result).toMatchObject({
      list: SAMPLE_LIST_HASH,
      congress: '样例市人民代表大会',
      hall: 'sample-hall',
      sitting: 'sample-1',
      key: ledger.key.x,
      manifest: sha256Hex(filesOf(bundleOf(ledger))['manifest.jws']),
    });
    expect(result.rounds).toEqual([
      {
        round: 'choose/1',
        roll: 5,
        present: 5,
        cast: 5,
        byHand: false,
        secret: false,
        candidates: [
          { project: '2027-1', votes: 4, selected: true },
          { project: '2027-2', votes: 3, selected: false },
          { project: '2027-3', votes: 3, selected: false },
          { project: '2027-4', votes: 0, selected: false },
        ],
        tiedPlaces: 1,
      },
      {
        round: 'choose-r1/1',
        roll: 5,
        present: 5,
        cast: 5,
        byHand: false,
        secret: false,
        candidates: [
          { project: '2027-2', votes: 2, selected: false },
          { project: '2027-3', votes: 3, selected: true },
        ],
        tiedPlaces: 0,
      },
    ]);
    expect([...chosenIn(result)]).toEqual(['2027-1', '2027-3']);
    expect(votesFor(result, '2027-3')).toEqual({ round: 'choose/1', votes: 3, roll: 5 });
  });

  it('is taken with the fingerprint of the hall’s key, and with no other key', () => {
    const ledger = listedPlay({ first: CLEAR });
    expect(reasonOf(ledger, SAMPLE_LIST_HASH, ledger.key.kid.slice(0, 16))).toBe('taken');
    expect(of(ledger, SAMPLE_LIST_HASH, makeKeyPair(seededBytes(9)).kid)).toMatchObject({
      reason: 'bundle-broken',
      detail: { en: expect.stringContaining('another coordinator') },
    });
    expect(reasonOf(ledger, SAMPLE_LIST_HASH, '')).toBe('bundle-broken');
  });

  it('says of a show of hands that it was one', () => {
    const found = of(
      listedPlay({
        first: CLEAR,
        end: (play) => {
          play.act({ act: 'void', round: 'choose/1', reason: '设备故障' });
          play.act({
            act: 'by-hand',
            motion: 'choose',
            tally: {
              kind: 'selection',
              votes: [4, 3, 1, 0].map((votes, i) => ({ id: `2027-${i + 1}`, votes })),
            },
            cast: 5,
            reason: '改为举手表决',
          });
          play.act({ act: 'announce', round: 'choose/2' });
        },
      }),
    );
    expect(found).toMatchObject({ result: { rounds: [{ round: 'choose/2', byHand: true, cast: 5 }] } });
  });
});

describe('the grades of a hall’s bundle', () => {
  const ASKED = { list: SAMPLE_LIST_HASH, cycle: SAMPLE_YEAR };
  const graded = (announce: boolean) =>
    listedPlay({
      first: CLEAR,
      end: (play) => {
        play.act({ act: 'announce', round: 'choose/1' });
        play.act({ act: 'open', motion: LISTED_APPRAISAL.id, rehearsal: false });
        for (const [i, seat] of play.seats.entries())
          play.vote(seat, {
            kind: 'appraisal',
            grades: [
              { item: '2027-2', grade: i < 3 ? 'satisfied' : 'basic' },
              ...(i === 0 ? [] : [{ item: '2027-3', grade: 'dissatisfied' as const }]),
            ],
          });
        const round = `${LISTED_APPRAISAL.id}/1`;
        play.act({ act: 'close', round });
        if (announce) play.act({ act: 'announce', round });
      },
    });

  it('are the counts of each project, as the verifier has found them again, and who gave them', () => {
    const ledger = graded(true);
    const found = appraisalOfBundle(bundleOf(ledger), ledger.key.kid, ASKED, { program: PROGRAM });
    if (!found.ok) throw new Error(found.reason);
    expect(found.appraisal).toMatchObject({
      ...{ cycle: SAMPLE_YEAR, by: 'congress', roll: 5, cast: 5, secret: false },
      items: [
        { project: '2027-2', satisfied: 3, basic: 2, dissatisfied: 0, 'dont-know': 0 },
        { project: '2027-3', satisfied: 0, basic: 0, dissatisfied: 4, 'dont-know': 0 },
      ],
    });
  });

  it('are none before they are announced, of another list, or of another cycle', () => {
    const ledger = graded(false);
    const reason = (of: typeof ASKED) => {
      const found = appraisalOfBundle(bundleOf(ledger), ledger.key.kid, of, { program: PROGRAM });
      return found.ok ? null : found.reason;
    };
    expect(reason(ASKED)).toBe('not-announced');
    expect(reason({ ...ASKED, list: 'f'.repeat(64) })).toBe('list-not-named');
    expect(reason({ ...ASKED, cycle: 2026 })).toBe('list-not-named');
  });
});

describe('a bundle that decides nothing', () => {
  it('is refused where a byte of it is another, with what is wrong in it', () => {
    const bytes = Uint8Array.from(bundleOf(listedPlay({ first: CLEAR })));
    const at = Buffer.from(bytes).indexOf('"votes": 4');
    bytes[at + 9] = 0x35;
    const { key } = listedPlay({ first: CLEAR });
    expect(resultOfBundle(bytes, key.kid, SAMPLE_LIST_HASH, { program: PROGRAM })).toMatchObject({
      reason: 'bundle-broken',
      detail: { zh: expect.stringContaining('results.json'), en: expect.stringContaining('results.json') },
    });
    expect(resultOfBundle(new Uint8Array(), key.kid, SAMPLE_LIST_HASH)).toMatchObject({
      reason: 'bundle-broken',
    });
  });

  it('is refused where it is about another list, or about none', () => {
    const { list: _, ...selection } = LISTED_SELECTION;
    expect(reasonOf(listedPlay({ first: CLEAR }), 'f'.repeat(64))).toBe('list-not-named');
    expect(reasonOf(listedPlay({ first: CLEAR, selection }))).toBe('list-not-named');
  });

  it.each<[string, NonNullable<Parameters<typeof listedPlay>[0]['end']>]>([
    ['not-announced', () => {}],
    ['vote-void', (play) => play.act({ act: 'void', round: 'choose/1', reason: '重来' })],
    [
      'vote-void',
      (play) => {
        play.act({ act: 'announce', round: 'choose/1' });
        play.act({ act: 'void', round: 'choose/1', reason: '宣布有误' });
      },
    ],
  ])('is refused where the vote came to nothing: %s', (reason, end) => {
    expect(reasonOf(listedPlay({ first: CLEAR, end }))).toBe(reason);
  });

  it('is refused where the list was only rehearsed, or not voted on at all', () => {
    const rehearsed = listedPlay({ first: CLEAR, isRehearsal: true });
    expect(reasonOf(rehearsed)).toBe('rehearsal-only');
    expect(reasonOf(listedPlay({ first: [], isHeld: false }))).toBe('not-voted');
  });

  it('is refused while a tie is open: no runoff, or one that is level again', () => {
    expect(reasonOf(listedPlay({ first: TIED }))).toBe('tie-open');
    const level = [choosing(2), choosing(2), choosing(3), choosing(3)];
    expect(reasonOf(listedPlay({ first: TIED, runoff: level }))).toBe('tie-open');
  });
});
