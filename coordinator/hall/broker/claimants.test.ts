import { beforeEach, describe, expect, it } from 'vitest';
import { MOST_CLAIMS_SHOWN, terminalsDocument } from '../../contract/staff-documents.ts';
import { emptySitting } from '../../sitting/state.ts';
import { Claimants } from './claimants.ts';

let claimants: Claimants<string>;
let changes: number;
beforeEach(() => {
  changes = 0;
  claimants = new Claimants(() => {
    changes += 1;
  });
});

const x = 'A'.repeat(43);
const claim = (terminal: string, kid: string, place: string, since = 0) =>
  claimants.admit(`${terminal} ${kid}`, { terminal, key: x, kid, digest: '', place, since });

describe('those who wait to be enrolled', () => {
  it('are five to a name, of which nobody who comes from elsewhere keeps the spare out', () => {
    for (let n = 0; n < 5; n += 1) expect(claim('SPARE', `evil${n}`, '10.0.0.66')).toEqual([]);
    expect(claim('SPARE', 'evil5', '10.0.0.66')).toBe(null);
    expect(claim('SPARE', 'true', '10.0.0.7')).toEqual(['SPARE evil0']);
    expect(claimants.named('SPARE').map(([, { kid }]) => kid)).toContain('true');
    expect(claim('SPARE', 'evil6', '10.0.0.66', 10_000)).toEqual(['SPARE evil1']);
    expect(claimants.named('SPARE').map(([, { kid }]) => kid)).toContain('true');
  });

  it('are five hundred in all, and whoever claims many names makes room', () => {
    for (let n = 0; n < 500; n += 1) claim(`T${n}`, `evil${n}`, '10.0.0.66');
    expect(claim('T1000', 'evil', '10.0.0.66')).toBe(null);
    expect(claim('SPARE', 'true', '10.0.0.7')).toEqual(['T0 evil0']);
    expect(claimants.all).toHaveLength(500);
    expect(claimants.named('T0')).toEqual([]);
    expect(claimants.named('T1000')).toEqual([]);
  });

  it('are gone when their connection is, and leave nothing behind', () => {
    claim('SPARE', 'true', '10.0.0.7');
    claimants.leave('SPARE true');
    claimants.leave('SPARE true');
    expect(claimants.all).toEqual([]);
    expect(changes).toBe(2);
  });

  it('are shown a hundred at most, everybody who claims one name before who claims many', () => {
    for (let n = 0; n < 400; n += 1) claim(`A${n}`, `evil${n}`, '10.0.0.66');
    for (let n = 0; n < 20; n += 1) claim(`Z${n}`, `true${n}`, `10.0.1.${n}`);
    const shown = terminalsDocument(emptySitting(), new Map(), claimants.all);
    expect(shown).toHaveLength(MOST_CLAIMS_SHOWN);
    expect(shown.filter(({ terminal }) => terminal.startsWith('Z'))).toHaveLength(20);
  });
});
