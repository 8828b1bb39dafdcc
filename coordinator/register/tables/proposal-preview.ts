import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import { PROPOSAL_CHANNELS } from '../../../shared/terms.ts';
import type { Beside, KeptBeside } from '../beside/side-store.ts';
import type { RegisterAct } from '../model/acts.ts';
import { decide } from '../model/decide.ts';
import { Channel, ProposalId } from '../model/entries.ts';
import { Proposer, Wording } from '../model/wording.ts';
import { rowsUnder, type TableRow } from './columns.ts';
import { listed } from './names.ts';
import type { TableProblem } from './problems.ts';
import type { ImportInto } from './project-preview.ts';
import { ENTRY_COLUMNS } from './proposal-columns.ts';
import type { ReadSheet } from './workbook.ts';

type Propose = Extract<RegisterAct, { act: 'propose' }>;

/** A proposal that a table brings: what is kept beside the chain, and the rest of what is entered. */
export interface NewProposal extends Beside {
  readonly proposal: string;
  readonly cycle: number;
  readonly channel: Propose['channel'];
  readonly attachments: Propose['attachments'];
}

/** What importing a table of proposals would do. Nothing has changed yet. */
export interface ProposalPreview {
  readonly added: readonly NewProposal[];
  /** Entered already, as they stand in the table. */
  readonly same: readonly string[];
  readonly refused: readonly TableProblem[];
}

export interface ProposalImport extends ImportInto {
  /** What is kept beside the chain of a proposal. */
  readonly besideOf: (proposal: string) => Beside | null;
  readonly scans: Scans;
}

/** Scans that were uploaded for an import: one of everything in the table, or file name → hash. The names go no further. */
export type Scans =
  | { readonly of: 'table'; readonly scan: string }
  | { readonly of: 'rows'; readonly named: ReadonlyMap<string, string> };

/** So many are entered at once: each is on the disk before it is acknowledged, and everybody else waits so long. */
export const MOST_ENTERED = 200;
/** So many go with a proposal. */
const MOST_SCANS = 20;

/** Names exactly what somebody saw: when they confirm it, the preview is made again and must have the same. */
export const fingerprintOfEntry = ({ added, refused }: ProposalPreview): string =>
  sha256Hex(JSON.stringify([added, refused]));

/** What the rows of a template that was filled in would add. Those where only the number stands are left out. */
export function previewProposals(sheets: readonly ReadSheet[], about: ProposalImport): ProposalPreview {
  const refused: TableProblem[] = [];
  const tables = sheets.flatMap((sheet) => {
    const rows = rowsUnder(sheet, ENTRY_COLUMNS, refused);
    return rows ? [rows] : [];
  });
  if (tables.length === 0)
    refused.push({ sheet: sheets[0]?.name ?? '', row: null, column: null, reason: 'no-table' });
  const added: NewProposal[] = [];
  const same: string[] = [];
  const seen = new Set<string>();
  for (const row of tables.flat()) {
    if (OTHERS.every((column) => (row.cell(column) ?? '') === '')) continue;
    const before = refused.length;
    const read = row.isBroken ? null : readRow(row, about);
    if (!read || refused.length > before) continue;
    if (seen.has(read.proposal)) {
      row.refuse('row-twice', 'proposal');
      continue;
    }
    seen.add(read.proposal);
    if (about.state.proposals.has(read.proposal)) {
      if (isSame(read, about.besideOf(read.proposal))) same.push(read.proposal);
      else row.refuse('already-entered', 'proposal');
      continue;
    }
    const decision = decide(
      about.state,
      actOf(read, { words: NO_HASH, proposer: null }),
      about.who,
      about.day,
    );
    if (!decision.ok) {
      row.refuse(decision.reason);
      continue;
    }
    if (added.length === MOST_ENTERED) {
      row.refuse('too-many-rows');
      break;
    }
    added.push(read);
  }
  return { added, same, refused };
}

const OTHERS = ['channel', 'title', 'text', 'place', 'name', 'telephone', 'address', 'scan'] as const;
const NO_HASH = '0'.repeat(64);

/** What is entered of a proposal, once its words are kept beside the chain. */
export function actOf(
  { proposal, cycle, channel, attachments }: NewProposal,
  { words, proposer }: Pick<KeptBeside, 'words' | 'proposer'>,
): Propose {
  return { act: 'propose', proposal, cycle, channel, words, proposer, attachments };
}

function readRow(row: TableRow<typeof ENTRY_COLUMNS>, { cycle, scans }: ProposalImport): NewProposal | null {
  const said = (column: keyof typeof ENTRY_COLUMNS) => row.cell(column) ?? '';
  const orNull = (column: keyof typeof ENTRY_COLUMNS) => (said(column) === '' ? null : said(column));
  const id = ProposalId.safeParse(said('proposal').normalize('NFKC').toUpperCase());
  if (!id.success || !id.data.startsWith(`${cycle}-`)) row.refuse('not-a-number-of-ours', 'proposal');
  const channel = channelOf(said('channel'));
  if (!channel) row.refuse('bad-choice', 'channel');
  for (const column of ['title', 'text', ...(scans.of === 'rows' ? (['scan'] as const) : [])] as const)
    if (said(column) === '') row.refuse('empty', column);
  const place = orNull('place');
  const wording = Wording.safeParse({
    title: said('title'),
    text: said('text'),
    place: place && { name: place },
  });
  for (const column of badColumns(wording.error, ['title', 'text', 'place']))
    if (said(column) !== '') row.refuse('bad-text', column);
  const who = { name: orNull('name'), telephone: orNull('telephone'), address: orNull('address') };
  const proposer = Object.values(who).some((one) => one !== null) ? Proposer.safeParse(who) : null;
  for (const column of badColumns(proposer?.error, ['name', 'telephone', 'address']))
    row.refuse('bad-text', column);
  const attachments = scansIn(said('scan'), scans);
  if (attachments === null) row.refuse('scan-missing', 'scan');
  else if (attachments.length > MOST_SCANS) row.refuse('too-many-scans', 'scan');
  if (!id.success || !channel || !wording.success || (proposer && !proposer.success) || !attachments)
    return null;
  return {
    proposal: id.data,
    cycle,
    channel,
    attachments,
    wording: wording.data,
    proposer: proposer?.data ?? null,
  };
}

/** The hashes of what a cell names, each once; null where something of it was not uploaded. */
function scansIn(cell: string, scans: Scans): readonly string[] | null {
  if (scans.of === 'table') return [scans.scan];
  // A name is written in several ways that look the same, and may hold what otherwise parts names.
  const hashOf = (name: string) => scans.named.get(name.normalize());
  const whole = hashOf(cell);
  const hashes = whole === undefined ? listed(cell).map(hashOf) : [whole];
  const found = hashes.filter((hash) => hash !== undefined);
  return found.length < hashes.length ? null : [...new Set(found)];
}

/** Of `columns`, those that a schema found wrong. */
function badColumns<C extends string>(
  error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] } | undefined,
  columns: readonly C[],
): readonly C[] {
  const bad = new Set(error?.issues.map(({ path }) => path[0]));
  return columns.filter((column) => bad.has(column));
}

function channelOf(cell: string): Propose['channel'] | null {
  const wanted = cell.normalize('NFKC').toLowerCase();
  for (const channel of Channel.options)
    if (
      wanted === channel ||
      wanted === PROPOSAL_CHANNELS[channel].zh ||
      wanted === PROPOSAL_CHANNELS[channel].en
    )
      return channel;
  return null;
}

const isSame = ({ wording, proposer }: NewProposal, kept: Beside | null): boolean =>
  JSON.stringify({ wording, proposer }) === JSON.stringify(kept);
