import { z } from 'zod';
import { HashHex } from '../../../shared/protocol/ids.ts';
import { Bytes, download, post, type Route } from '../route.ts';
import { EntryAnswer, EntryTable, TableAnswer } from './table-documents.ts';

const MB = 1024 * 1024;
const ofYear = z.object({ year: z.string().regex(/^\d{4}$/) });

/** Workbooks and tables, out and in again: first what they would change, then, confirmed, that and nothing else. */
export const TABLE_ROUTES = {
  /** Plans and reports of one's own parts (of all, for the offices) as a workbook, and back in the same way. */
  reportsTable: {
    ...download('/api/cycles/:year/reports.xlsx', ['report', 'remind', 'export'], ofYear),
    most: 32 * MB,
  },
  previewReports: {
    ...post('/api/cycles/:year/reports/preview', ['report'], Bytes, TableAnswer),
    params: ofYear,
    mostBody: 10_000_000,
    most: 16 * MB,
    saysNo: true,
    patienceMs: 60_000,
  },
  importReports: {
    ...post('/api/cycles/:year/reports/import/:fingerprint', ['report'], Bytes, TableAnswer),
    params: ofYear.extend({ fingerprint: HashHex }),
    mostBody: 10_000_000,
    most: 16 * MB,
    saysNo: true,
    patienceMs: 60_000,
  },
  /** Workbooks for clerks: everything of a cycle as the offices have it. */
  projectsTable: {
    ...download('/api/cycles/:year/projects.xlsx', ['export'], ofYear),
    most: 32 * MB,
  },
  proposalsTable: {
    ...download('/api/cycles/:year/proposals.xlsx', ['export'], ofYear),
    most: 64 * MB,
  },
  /** A workbook of projects that comes back: what it would change; and, sent once more with the preview's fingerprint, that done. */
  previewProjects: {
    ...post('/api/cycles/:year/projects/preview', ['change-project'], Bytes, TableAnswer),
    params: ofYear,
    mostBody: 10_000_000,
    most: 16 * MB,
    saysNo: true,
    patienceMs: 60_000,
  },
  importProjects: {
    ...post('/api/cycles/:year/projects/import/:fingerprint', ['change-project'], Bytes, TableAnswer),
    params: ofYear.extend({ fingerprint: HashHex }),
    mostBody: 10_000_000,
    most: 16 * MB,
    saysNo: true,
    patienceMs: 60_000,
  },
  /** An empty table for what came on paper, its numbers drawn; and such a table filled in, to be seen first and then entered. */
  entryTemplate: {
    ...download('/api/cycles/:year/entry.xlsx', ['enter-table'], ofYear),
    most: MB,
  },
  enterTable: {
    ...post('/api/cycles/:year/entry', ['enter-table'], EntryTable, EntryAnswer),
    params: ofYear,
    // Ten megabytes in base64, and the names of the scans.
    mostBody: 14 * MB,
    most: 16 * MB,
    saysNo: true,
    patienceMs: 120_000,
  },
} as const satisfies Record<string, Route>;
