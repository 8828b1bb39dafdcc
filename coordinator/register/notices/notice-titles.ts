import type { Language } from '../../../shared/protocol/ids.ts';
import { label, type Term } from '../../../shared/terms.ts';
import { monthText } from '../../contract/register/work-words.ts';
import type { DocumentKind } from '../model/work/fields.ts';
import { NOTICE_SAID } from './notice-words.ts';

/** 四个一 and letters, as they are called. */
export const KIND_TERMS: Record<DocumentKind, Term> = {
  'monthly-notice': { zh: '每月公示', en: 'monthly notice' },
  'quarterly-bulletin': { zh: '季度通报', en: 'quarterly bulletin' },
  'mid-year-report': { zh: '年中报告', en: 'mid-year report' },
  'annual-report': { zh: '年度报告', en: 'year-end report' },
  'rectification-letter': { zh: '整改函', en: 'letter of rectification' },
  'look-back-report': { zh: '回头看报告', en: 'look-back report' },
};

const zh = {
  title: {
    'monthly-notice': (_cycle: number, period: string, year: string) =>
      `${year}民生实事项目${Number(period.slice(5))}月进展公示`,
    'quarterly-bulletin': (_cycle: number, period: string, year: string) =>
      `${year}第${'一二三四'[Number(period.slice(6)) - 1] ?? ''}季度民生实事项目通报`,
    'mid-year-report': (cycle: number, _period: string, _year: string) => `${cycle}年民生实事项目年中报告`,
    'annual-report': (cycle: number, _period: string, _year: string) => `${cycle}年民生实事项目年度报告`,
    'look-back-report': (cycle: number, period: string, _year: string) =>
      `${cycle}年度民生实事项目回头看报告${Number(period) === cycle + 1 ? '' : `（${period}年）`}`,
  },
  letterTitle: (project: string) => `关于“${project}”项目的整改函`,
};

const en: typeof zh = {
  title: {
    'monthly-notice': (cycle, period) =>
      `Livelihood Projects of ${cycle}: Notice for ${monthText(period, 'en')}`,
    'quarterly-bulletin': (cycle, period) =>
      `Livelihood Projects of ${cycle}: Bulletin for ${period.replace('-', ' ')}`,
    'mid-year-report': (cycle) => `Livelihood Projects of ${cycle}: Mid-year Report`,
    'annual-report': (cycle) => `Livelihood Projects of ${cycle}: Year-end Report`,
    'look-back-report': (cycle, period) => `Livelihood Projects of ${cycle}: Looked Back at in ${period}`,
  },
  letterTitle: (project) => `Letter of Rectification: ${project}`,
};

export const kindLabel = (kind: DocumentKind, language: Language): string =>
  label(KIND_TERMS[kind], language);

/** What a document is called; nobody may call it otherwise. */
export function titleOf(
  { kind, cycle, period }: { readonly kind: DocumentKind; readonly cycle: number; readonly period: string },
  project: string,
  language: Language,
): string {
  const said = { zh, en }[language];
  const { yearOf } = NOTICE_SAID[language];
  if (kind === 'rectification-letter') return said.letterTitle(project);
  const year = period.slice(0, 4);
  // Of a project that crosses the year, both are said.
  const both = year === String(cycle) ? yearOf(year) : `${yearOf(String(cycle))}（${yearOf(year)}）`;
  return said.title[kind](cycle, period, both);
}
