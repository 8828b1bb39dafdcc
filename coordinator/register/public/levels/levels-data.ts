import { z } from 'zod';
import { inYuan } from '../../../../shared/projects/money.ts';
import { HashHex, Id } from '../../../../shared/protocol/ids.ts';
import { GRADE_TERMS, LIGHT_TERMS } from '../../../../shared/terms.ts';
import type { NamedSums, PublicLevels, Standing } from '../../federation/levels.ts';
import { LEVELS } from '../../model/level.ts';
import { WORK_GRADES } from '../../model/work/grades.ts';
import { LIGHTS } from '../../model/work/light.ts';
import { STAGES } from '../../model/work/stage.ts';
import type { Look } from '../frame.ts';
import { figure, type OpenTable } from '../open-tables.ts';
import type { PublicRegister } from '../public-register.ts';
import { termed } from '../works/work-marks.ts';
import { levelWord, standingWord } from './level-words.ts';

const count = z.int().min(0);
const fen = count.describe('in fen, a hundredth of a yuan');
const text = z.object({ zh: z.string() }).catchall(z.string());
const moment = z.iso.datetime();

const Sums = z.object({
  projects: count,
  parts: count,
  fen,
  promisedFen: fen,
  bySource: z.record(z.string(), fen).describe('by the Chinese name of the source'),
  byYear: z.record(z.string(), fen).describe('annual investment'),
  appropriated: fen,
  paid: fen,
  permille: count.max(1000),
  lights: z.object({ green: count, yellow: count, red: count, grey: count, none: count }),
  stages: z.partialRecord(z.enum(STAGES), count),
  grades: z.object({ satisfied: count, basic: count, dissatisfied: count }),
  disputedParts: count,
  linked: z
    .object({ projects: count, parts: count, fen })
    .describe('shares of projects of other registers, which count there and in nothing above'),
});
const Named = z.object({ name: text, sums: Sums });

/** `/data/levels/2027.json`: what a register and those beneath it have together. */
export const LevelsData = z.object({
  format: z.literal('hallvote-levels 1'),
  register: Id,
  day: z.iso.date(),
  year: z.int().nullable(),
  registers: z.array(
    z.object({
      id: Id,
      name: text,
      level: z.enum(LEVELS),
      address: z.string().nullable(),
      standing: z.enum(['self', 'fresh', 'stale', 'broken', 'forked', 'unread']),
      read: moment.nullable().describe('when all that it told was last read'),
      reason: text.nullable().describe('what was wrong at the last attempt'),
      forked: moment.nullable().describe('when it last showed two histories'),
      entry: count.nullable().describe('the last of its entries that was read'),
      witnessed: z
        .object({
          entry: count,
          hash: HashHex,
          by: count.describe('the entry of this register that says so'),
        })
        .nullable(),
      sums: Sums.nullable().describe('null where nothing was read'),
      claims: z
        .array(z.object({ project: Id, of: z.object({ register: Id, project: Id }) }))
        .describe('shares of projects that are not there: counted as its own'),
    }),
  ),
  whole: Sums,
  years: z.array(Named),
  levels: z.array(z.object({ level: z.enum(LEVELS), sums: Sums })),
  categories: z.array(Named),
  areas: z.array(z.object({ register: Id, area: Id, name: text, sums: Sums })),
  sources: z.array(text),
});

const momentOf = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString();
const named = ({ name, sums }: NamedSums) => ({ name, sums });

/** The document for machines. */
export function levelsData(
  { id }: Pick<PublicRegister, 'id'>,
  levels: PublicLevels,
): z.input<typeof LevelsData> {
  const { day, asked, members, whole, byYear, byLevel, byCategory, byArea, sourceNames } = levels;
  return {
    format: 'hallvote-levels 1',
    register: id,
    day,
    year: asked.year,
    registers: members.map(({ id: its, name, level, address, standing, seq, witnessed, sums, claims }) => ({
      ...{ id: its, name, level, address },
      standing: standing.is,
      read: momentOf(standing.pulled),
      reason: standing.fault?.text ?? null,
      forked: momentOf(standing.forked),
      entry: seq,
      witnessed: witnessed && { entry: witnessed.at, hash: witnessed.hash, by: witnessed.seq },
      sums: standing.is === 'unread' ? null : sums,
      claims: [...claims],
    })),
    whole,
    years: byYear.map(named),
    levels: byLevel.map(({ level, sums }) => ({ level, sums })),
    categories: byCategory.map(named),
    areas: byArea.map(({ key, name, sums }) => {
      const [register = '', area = ''] = key.split('/');
      return { register, area, name, sums };
    }),
    sources: [...sourceNames.values()],
  };
}

/** The table of registers, as people open it. */
export function levelsTable(look: Look, levels: PublicLevels): OpenTable {
  const { t, name, date, register } = look;
  const asOf = ({ is, pulled }: Standing) =>
    is === 'self' ? date(levels.day) : pulled === null ? '' : date(register.dayOf(pulled));
  return {
    name: t('三级汇总', 'Three levels'),
    columns: [
      t('项目库', 'Register'),
      t('级别', 'Level'),
      t('数据截至', 'As of'),
      t('数据状态', 'Standing'),
      t('年度', 'Year'),
      t('件', 'Projects'),
      t('项', 'Parts'),
      t('总投资（元）', 'Investment, yuan'),
      t('票决时总投资（元）', 'Promised, yuan'),
      t('到位（元）', 'Appropriated, yuan'),
      t('支付（元）', 'Paid, yuan'),
      t('进度（%）', 'Progress, %'),
      ...LIGHTS.map((light) => termed(look, LIGHT_TERMS[light])),
      ...WORK_GRADES.map((grade) => termed(look, GRADE_TERMS[grade])),
      t('在别处计入（件）', 'Counted elsewhere'),
    ],
    rows: levels.members.map((member) => {
      const { sums, standing } = member;
      const { lights, grades } = sums;
      const numbers = [
        ...[sums.projects, sums.parts].map(String),
        ...[sums.fen, sums.promisedFen, sums.appropriated, sums.paid].map(inYuan),
        String(sums.permille / 10),
        ...LIGHTS.map((light) => String(lights[light])),
        ...WORK_GRADES.map((grade) => String(grades[grade])),
        String(sums.linked.projects),
      ];
      return [
        name(member.name),
        levelWord(look, member.level),
        asOf(standing),
        standingWord(look, standing),
        levels.asked.year === null ? t('全部', 'all') : String(levels.asked.year),
        ...(standing.is === 'unread' ? numbers.map(() => '') : numbers.map(figure)),
      ];
    }),
  };
}
