import type { Language } from '../../../shared/protocol/ids.ts';
import type { FleetView, TerminalView } from '../../contract/documents.ts';
import { type FleetWords, fleetWords } from './fleet-words.ts';
import { timeOfDay } from './operator-desk.ts';

/** A seat as the fleet's view knows it; `standing` is null where it has not told. */
export interface FleetRow {
  readonly view: TerminalView;
  readonly standing: FleetView | null;
}

/** One property of a seat. Another one is another line of {@link GROUPS}. */
export interface FleetColumn {
  readonly key: string;
  /** What it is, to sort and compare by; null where it is not known, or there is none. */
  readonly value: (row: FleetRow) => string | number | null;
  /** The value in words; asked only where there is one. */
  readonly text: (row: FleetRow, speech: Speech) => string;
  /** What is true of this seat alone, beside the value: not compared. */
  readonly beside?: (row: FleetRow, speech: Speech) => string;
  /** Whether all seats should have the same. */
  readonly isCompared?: true;
}

export interface Speech {
  readonly words: FleetWords;
  readonly language: Language;
}

export const speechOf = (language: Language): Speech => ({ words: fleetWords[language], language });

const MINUTE = 60_000;

/** What a rehearsal's seat calls its machine, its image and its reader. */
const SIMULATED = 'simulated';

/** A property whose value is its own text, a name that somebody gave; only what is simulated is a word. */
function plain(key: string, value: (row: FleetRow) => string | null): FleetColumn {
  const text: FleetColumn['text'] = (row, { words }) => {
    const is = value(row) ?? '';
    return is === SIMULATED ? words.simulated : is;
  };
  return { key, value, text, isCompared: true };
}

/** A property that is one of few words. */
function oneOf<K extends string>(
  key: string,
  value: (row: FleetRow) => K | null,
  say: (words: FleetWords) => Readonly<Record<K, string>>,
  beside?: FleetColumn['beside'],
): FleetColumn {
  const text: FleetColumn['text'] = (row, { words }) => {
    const is = value(row);
    return is === null ? '' : say(words)[is];
  };
  return { key, value, text, isCompared: true, ...(beside ? { beside } : {}) };
}

function power({ view, standing }: FleetRow): 'now' | 'since' | 'fine' | null {
  if (view.machine?.undervoltage) return 'now';
  if (standing?.wasUndervoltage) return 'since';
  return view.machine?.undervoltage == null ? null : 'fine';
}

/** A seat's clock is as its machine says; null where that is not known. */
function clock({ standing }: FleetRow): 'set' | 'unset' | null {
  if (standing?.isClockSynchronised == null) return null;
  return standing.isClockSynchronised ? 'set' : 'unset';
}

function duration(ms: number, { words }: Speech): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  return words.duration(Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60);
}

/** With its sign, and no zero below zero. */
const signed = (value: number) => {
  const text = value.toFixed(1);
  return Number(text) === 0 ? '0.0' : value > 0 ? `+${text}` : text;
};

const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);

const uptime: FleetColumn = {
  key: 'uptime',
  // Up to its last word: how long it runs when it is away nobody knows.
  value: ({ view, standing }) =>
    standing?.bootedAt == null || view.lastContact === null ? null : view.lastContact - standing.bootedAt,
  text: ({ view, standing }, speech) => duration((view.lastContact ?? 0) - (standing?.bootedAt ?? 0), speech),
};

const disk: FleetColumn = {
  key: 'disk',
  value: ({ view }) => view.machine?.diskFree ?? null,
  text: ({ view: { machine, faults } }, { words }) => {
    const size = machine?.diskSize == null ? '' : ` / ${gigabytes(machine.diskSize)}`;
    const isReadOnly = faults.includes('disk-read-only');
    return `${gigabytes(machine?.diskFree ?? 0)}${size} GB${isReadOnly ? ` ${words.diskReadOnly}` : ''}`;
  },
};

const state: FleetColumn = {
  key: 'state',
  value: ({ view }) => (view.connected ? 'online' : (view.away?.why ?? 'never')),
  text: ({ view }, { words }) => (view.connected ? words.online : words.away[view.away?.why ?? 'never']),
  beside: ({ view }, { words, language }) =>
    view.away?.since == null ? '' : words.since(timeOfDay(view.away.since, language)),
};

/** All that is shown of a seat: one column of the table a group, one line of it a property. */
export const GROUPS: readonly (readonly FleetColumn[])[] = [
  [
    { key: 'seat', value: ({ view }) => view.seat, text: ({ view }) => view.seat ?? '' },
    { key: 'terminal', value: ({ view }) => view.terminal, text: ({ view }) => view.terminal },
  ],
  [state],
  [plain('version', ({ view }) => view.version), plain('image', ({ standing }) => standing?.image ?? null)],
  [plain('model', ({ view }) => view.machine?.model ?? null), uptime],
  [
    oneOf(
      'boot',
      ({ standing }) => standing?.boot ?? null,
      (words) => words.boot,
    ),
    oneOf(
      'ended',
      ({ standing }) => standing?.ended ?? null,
      (words) => words.ended,
    ),
  ],
  [
    oneOf('power', power, (words) => words.power),
    {
      key: 'celsius',
      value: ({ view }) => view.machine?.celsius ?? null,
      text: ({ view }) => `${Math.round(view.machine?.celsius ?? 0)} °C`,
    },
    disk,
  ],
  [
    oneOf('clock', clock, (words) => words.clock),
    {
      key: 'offset',
      value: ({ view }) => view.clockOffset,
      text: ({ view }, { words }) => words.seconds(signed((view.clockOffset ?? 0) / 1000)),
    },
  ],
  [
    oneOf(
      'screen',
      ({ standing }) => standing?.screen?.is ?? null,
      (words) => words.screen,
      ({ standing }, { words, language }) =>
        standing?.screen ? words.since(timeOfDay(standing.screen.since, language)) : '',
    ),
    plain('build', ({ standing }) => standing?.screen?.build ?? null),
  ],
  [
    plain('reader', ({ standing }) => standing?.reader ?? null),
    plain('firmware', ({ view }) => view.firmware),
  ],
  [
    {
      key: 'roundTrip',
      value: ({ view }) => view.roundTrip,
      text: ({ view }) => `${view.roundTrip}\u00a0ms`,
    },
    { key: 'waiting', value: ({ view }) => view.waiting, text: ({ view }) => `${view.waiting}` },
  ],
];

export const COLUMNS: readonly FleetColumn[] = GROUPS.flat();

/** The value in words, also where there is none. */
export function textOf(column: FleetColumn, row: FleetRow, speech: Speech): string {
  return column.value(row) === null ? '' : column.text(row, speech);
}

/** Seats in the order of the column with this key, `-` before it for the other way round; those without a value last. */
export function sorted(rows: readonly FleetRow[], sort: string): FleetRow[] {
  const isDown = sort.startsWith('-');
  const column = COLUMNS.find(({ key }) => key === (isDown ? sort.slice(1) : sort));
  if (!column) return [...rows];
  const collator = new Intl.Collator('zh-CN', { numeric: true });
  const known = rows.filter((row) => column.value(row) !== null);
  known.sort((one, other) => {
    const [a, b] = [column.value(one) ?? '', column.value(other) ?? ''];
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(`${a}`, `${b}`);
    return isDown ? -order : order;
  });
  return [...known, ...rows.filter((row) => column.value(row) === null)];
}
