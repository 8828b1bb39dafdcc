import { resultOfBundle } from '../../coordinator/register/bridge/result-of-bundle.ts';
import { makeRegisterBundle } from '../../coordinator/register/feed/bundle/make-bundle.ts';
import type { RegisterAct } from '../../coordinator/register/model/acts.ts';
import { submittedHash } from '../../coordinator/register/model/state.ts';
import {
  type SmallRegister,
  smallRegister,
} from '../../coordinator/register/model/testing/small-register.ts';
import { sheet } from '../../shared/projects/testing/sample-sheet.ts';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { bundleOf, PROGRAM } from './both-verifiers.ts';
import { listedLedger, SAMPLE_LIST, SAMPLE_LIST_HASH } from './list-sample.ts';
import { seededBytes } from './sample-ledger.ts';

/** The signed sheet of a vote on paper, as far as anybody looks at it here. */
export const PAPER_SHEET = Buffer.from('the signed sheet of 2028, as a picture');
/** A scan of a letter, which no public entry speaks of. */
export const LETTER = Buffer.from('a letter with a name under it');

/** The hall's bundle from which the result of 2027 was taken. */
export const hallBundle = (): Uint8Array => bundleOf(listedLedger());

/**
 * A city's register with two years in it: a list that was frozen and withdrawn, one that a hall voted on, and one that was voted
 * on by paper. The same on every run.
 */
export function registerSample(): SmallRegister {
  const { categories, bodies, areas, sources } = SAMPLE_LIST.names;
  const register = smallRegister({
    key: makeKeyPair(seededBytes(91)),
    about: {
      register: SAMPLE_LIST.register,
      name: { zh: '样例市民生实事项目库', en: 'Livelihood projects of Sample City' },
      congress: { zh: SAMPLE_LIST.congress },
      level: 'city',
    },
    vocabulary: {
      ...{ categories: [...categories], bodies: [...bodies], areas: [...areas], sources: [...sources] },
      grounds: [{ id: 'private', name: { zh: '个人诉求', en: 'A private matter' } }],
    },
  });
  const act = (by: string | null, asked: RegisterAct, second?: string, day?: string) => {
    register.clock.pass(60_000);
    const done = register.act(asked, by, second, day);
    if (!done.ok) throw new Error(`${asked.act}: ${done.reason}`);
  };
  const freeze = (cycle: number) => {
    const found = register.state().cycles.get(cycle);
    const list = (found && submittedHash(register.state(), found)) ?? '';
    act('congress', { act: 'freeze-list', cycle, list }, 'congress-2');
    return list;
  };
  const draft = (cycle: number, projects: readonly { id: string; sheet: ReturnType<typeof sheet> }[]) => {
    for (const { id, sheet: on } of projects) {
      act('government', { act: 'draft-project', project: id, cycle, sheet: on });
      act('government', { act: 'name-candidate', project: id });
    }
  };
  const [A, B, C] = ['2027-7K3QM0A', '2027-000000B', '2027-000000C'];
  for (const proposal of [A, B, C] as string[])
    act(null, {
      ...{ act: 'propose', proposal, cycle: 2027, channel: 'online', proposer: null },
      words: sha256Hex(proposal),
      attachments: [sha256Hex(LETTER)],
    });
  act('congress', { act: 'clear-wording', proposal: A ?? '', title: '修北路', text: '北路坑洼，请改造。' });
  act('government', { act: 'clear-wording', proposal: B ?? '', title: '装路灯', text: '晚上看不清。' });
  draft(2027, SAMPLE_LIST.projects as { id: string; sheet: ReturnType<typeof sheet> }[]);
  const projects = SAMPLE_LIST.projects.map(({ id }) => id);
  act('government', { act: 'submit-list', cycle: 2027, places: 3, projects });
  const first = freeze(2027);
  act('congress', { act: 'withdraw-list', cycle: 2027, list: first, reason: '名额有误' }, 'congress-2');
  act('government', { act: 'submit-list', cycle: 2027, places: SAMPLE_LIST.places, projects });
  act('government', {
    act: 'draft-decision',
    proposal: A ?? '',
    outcome: { is: 'adopted', project: '2027-1' },
  });
  const outcome = { is: 'not-adopted', reason: '已列入明年计划' } as const;
  act('government', { act: 'draft-decision', proposal: B ?? '', outcome });
  act('congress', { act: 'release', cycle: 2027, proposals: 2 });
  if (freeze(2027) !== SAMPLE_LIST_HASH) throw new Error('another list');
  const ledger = listedLedger();
  const found = resultOfBundle(hallBundle(), ledger.key.x, SAMPLE_LIST_HASH, { program: PROGRAM });
  if (!found.ok) throw new Error(found.reason);
  act('congress', { act: 'enter-result', cycle: 2027, result: found.result });

  const day = '2027-10-08';
  act('congress', { act: 'open-cycle', cycle: 2028, from: '2027-10-01', to: '2027-10-31' }, undefined, day);
  draft(2028, [
    { id: '2028-1', sheet: sheet('南路改造') },
    { id: '2028-2', sheet: sheet('养老食堂') },
  ]);
  act('government', { act: 'submit-list', cycle: 2028, places: 1, projects: ['2028-1', '2028-2'] });
  const list = freeze(2028);
  act(
    'congress',
    {
      ...{ act: 'enter-paper-result', cycle: 2028, list, roll: 60, present: 58, cast: 57 },
      votes: [
        { project: '2028-1', votes: 17 },
        { project: '2028-2', votes: 40 },
      ],
      chosen: ['2028-2'],
      sheet: sha256Hex(PAPER_SHEET),
      reason: '停电，改用纸质表决',
    },
    'congress-2',
  );
  // What comes behind the last public entry is in no feed yet.
  act('government', { act: 'draft-decision', proposal: C ?? '', outcome });
  return register;
}

/** The register's bundle; every file that is asked for is there. */
export function registerBundle({ rows, key }: Pick<SmallRegister, 'rows' | 'key'>): Uint8Array {
  const files = new Map([PAPER_SHEET, LETTER].map((bytes) => [sha256Hex(bytes), bytes]));
  const made = makeRegisterBundle(
    {
      rows: () => rows,
      attachment: (hash) => {
        const bytes = files.get(hash);
        return bytes ? { type: 'jpg', bytes } : null;
      },
    },
    nodeSigner(key),
    PROGRAM,
  );
  if (!made.ok) throw new Error(made.problem);
  return made.bytes;
}
