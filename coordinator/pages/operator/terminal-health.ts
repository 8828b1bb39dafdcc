import { type MachineFault, machineFaults } from '../../../shared/protocol/machine-faults.ts';
import type { TerminalView } from '../../contract/documents.ts';
import type { OperatorWords } from './operator-words.ts';

/** Milliseconds that a seat's clock may be wrong. */
const CLOCK_OFFSET = 2_000;

/** What is wrong with a terminal that is connected, one line each, the worst first; none where it is well. */
export function faultsOf(view: TerminalView, { faults }: OperatorWords): string[] {
  const { panel, reader, machine, clockOffset, connected } = view;
  if (!connected) return [];
  const lines = view.faults.map((fault) => faults.seat[fault]);
  if (panel?.is === 'fault') lines.push(faults.panel(panel.what ?? ''));
  if (reader?.is === 'fault') lines.push(faults.reader(reader.what ?? ''));
  const of: Readonly<Record<MachineFault, () => string>> = {
    undervoltage: () => faults.undervoltage,
    disk: () => faults.disk(Math.round((machine?.diskFree ?? 0) / 1e6)),
    hot: () => faults.hot(Math.round(machine?.celsius ?? 0)),
  };
  for (const fault of machineFaults(machine)) lines.push(of[fault]());
  if (clockOffset !== null && Math.abs(clockOffset) > CLOCK_OFFSET)
    lines.push(faults.clock(Math.round(clockOffset / 1000)));
  return lines;
}

export const TEST_STATES = ['passed', 'testing', 'incomplete', 'failed', 'untested'] as const;
export type TestState = (typeof TEST_STATES)[number];

/** How far 每席自检 has come at a seat. `failed`: a key reported itself as another, or a device has a fault. */
export function testStateOf({ selfTest, panel, reader, connected }: TerminalView): TestState {
  if (!connected || selfTest === null) return 'untested';
  if (selfTest.wrong.length > 0 || panel?.is === 'fault' || reader?.is === 'fault') return 'failed';
  const keys = panel?.is === 'none' || selfTest.keys.length === 5;
  const card = reader?.is === 'none' || selfTest.card;
  if (keys && card) return 'passed';
  return selfTest.on ? 'testing' : 'incomplete';
}

/** What the test found at one seat: keys in order, keys out of order, card. */
export function testFindings({ selfTest, panel, reader }: TerminalView, { test }: OperatorWords): string {
  if (selfTest === null) return '';
  const parts = [
    panel?.is === 'none' ? '' : test.keys(selfTest.keys.length),
    selfTest.wrong.length > 0 ? test.wrong(selfTest.wrong.join(' ')) : '',
    reader?.is === 'none' ? '' : selfTest.card ? test.card : test.noCard,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
