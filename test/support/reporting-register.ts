import { playYear } from './public-year.ts';
import { OCTOBER, openRegister, type RegisterSetting, type TestRegister, YEAR } from './running-register.ts';

const MAY = Date.parse('2027-05-20T09:00:00+08:00');

/** The departments that lead two of the projects that were chosen: `lamps`, and `canteens`. */
export const LAMPS = 'transport';
export const CANTEENS = 'education';

/** A register in May of the year for which it has decided; nobody has planned anything yet. */
export async function openReporting(setting: RegisterSetting = {}): Promise<TestRegister> {
  const register = await openRegister({
    ...setting,
    change: (file) =>
      file
        .replace('body: transport }', 'body: city-management }')
        .replace('body: education }', 'body: civil-affairs }'),
  });
  await register.act('congress', { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' });
  await playYear(register, 'voted');
  // Begun anew: whoever signed in last year has been signed out since.
  const later = await register.again();
  later.pass(MAY - OCTOBER);
  return later;
}
