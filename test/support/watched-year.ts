import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import type { WorkDocument } from '../../coordinator/contract/register/works.ts';
import { sampleScan } from '../../coordinator/rehearsal/register/sample-scan.ts';
import { playYear } from './public-year.ts';
import {
  answered,
  OCTOBER,
  openRegister,
  type RegisterSetting,
  type TestRegister,
  YEAR,
} from './running-register.ts';

/** In the year in which the projects are carried out; the reports of May are there. */
export const JUNE = Date.parse('2027-06-20T10:00:00+08:00');

/** Beside the sample's staff: who reports on the lamps, and a deputy who acts for the same body. */
const STAFF = `
staff:
  - { id: lamps, name: 丁强, roles: [department], body: city-management }
  - { id: kin, name: 韩梅, roles: [deputy], body: city-management, fields: [housing] }
`;

/** What was reported of the lamps by the end of May, in thousandths. */
export const REPORTED = 480_000;

/** A register whose congress has chosen `lamps`; part 1 is planned and reported, its evidence attached, and has a group: deputy1 and kin. */
export async function openWatchedYear(given: RegisterSetting = {}): Promise<TestRegister> {
  const { change = (file: string) => file } = given;
  const begun = await openRegister({
    ...given,
    change: (file) => change(file).replace('\nstaff:\n', STAFF),
  });
  await begun.act('congress', { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' });
  await playYear(begun, 'voted');
  // Sessions do not last so long: everybody signs in anew.
  const register = await begun.again();
  register.pass(JUNE - OCTOBER);
  const act = async (...asked: Parameters<TestRegister['act']>) => {
    const answer = await register.act(...asked);
    if (answer.is !== 'done') throw new Error(JSON.stringify(answer));
  };
  const onPart = { project: 'lamps', part: '1' };
  await act('lamps', {
    ...{ act: 'plan', ...onPart, safeguards: '' },
    months: [
      { month: '2027-05', permille: 500, fen: 100_000_000 },
      { month: '2027-11', permille: 1000, fen: 320_000_000 },
    ],
  });
  const evidence = await upload(register, 'lamps', await sampleScan());
  await act('lamps', {
    ...{ act: 'report', ...onPart, month: '2027-05', done: REPORTED, appropriated: 0, paid: 0 },
    ...{ words: '已安装480盏', evidence: [evidence], reason: null },
  });
  const members = ['deputy1', 'kin'];
  await act('congress', { act: 'appoint-group', project: 'lamps', committee: '城建环资工委', members });
  return register;
}

/** Gives a picture to the register; what it calls it. */
export async function upload(register: TestRegister, person: string, bytes: Uint8Array): Promise<string> {
  const body = new Uint8Array(bytes);
  const taken = answered(await (await register.as(person)).ask(REGISTER_ROUTES.upload, { body }));
  if (taken.is !== 'taken') throw new Error(taken.reason);
  return taken.hash;
}

/** A project whole, as this person reads it. */
export const workAs = async (register: TestRegister, person: string, id = 'lamps'): Promise<WorkDocument> =>
  answered(await (await register.as(person)).ask(REGISTER_ROUTES.work, { params: { id } }));
