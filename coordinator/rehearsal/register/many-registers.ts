import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRegister, type RegisterConfig } from '../../config/register-file.ts';
import { orRefuse } from '../../refused-start.ts';
import { between, drawing } from './drawing.ts';
import { sampleRegisterFile } from './sample-file.ts';
import { CITY, COUNTY, type SampleRegisterKind, townOf } from './sample-registers.ts';
import { runningYear, type SampleOptions } from './sample-years.ts';
import { writeSampleRegister } from './write-sample.ts';

/** A city, its counties and their towns, each with years that are its own. */
export interface ManyAsked {
  readonly seed: number;
  readonly counties: number;
  readonly towns: number;
  /** How many years each has, the last one under way. */
  readonly years: number;
}

/** A register among many, with the one above it; null of the city. */
export interface OneOfMany {
  readonly kind: SampleRegisterKind;
  readonly above: string | null;
}

const NAMES = { one: '清泉柳松竹梅云石金银青白', other: '溪河湾坪岭塘桥山湖林泉田' };

/** They are invented, and the same at every call. */
export function manyRegisters({ seed, counties, towns }: ManyAsked): readonly OneOfMany[] {
  const draw = drawing(seed);
  const county = (n: number): SampleRegisterKind => {
    const name = `${nameOf(n)}县`;
    const known = { ...COUNTY.known, wan: between(draw, 180_000, 320_000) };
    return {
      ...COUNTY,
      id: `county-${n}`,
      zh: name,
      en: `County ${n}`,
      known,
      list: { ...COUNTY.list, seed: seed + n },
    };
  };
  const town = (n: number): SampleRegisterKind => {
    const villages = Array.from({ length: 6 }, (_, i) => {
      const village = `${nameOf(n * 7 + i + 5)}村`;
      return [`village-${i}`, village, `Village ${i}`] as const;
    });
    const known = { projects: 25, parts: between(draw, 36, 50), wan: between(draw, 900, 2_000) };
    const name = [`${nameOf(n + 40)}镇`, `Town ${n}`] as const;
    return townOf(`town-${n}`, name, villages, { seed: seed + 1000 + n, port: 8094, known });
  };
  return [
    { kind: CITY, above: null },
    ...Array.from({ length: counties }, (_, i) => ({ kind: county(i), above: CITY.id })),
    ...Array.from({ length: towns }, (_, i) => ({ kind: town(i), above: `county-${i % counties}` })),
  ];
}

const nameOf = (n: number): string => {
  const { one, other } = NAMES;
  return `${one[n % one.length] ?? ''}${other[Math.floor(n / one.length + n) % other.length] ?? ''}`;
};

const nothingPublished = (): never => {
  throw new Error('of many registers none publishes anything');
};

/** One of them, written into a new folder within `folder`. */
export function writeOneOfMany(
  folder: string,
  { kind }: OneOfMany,
  { years }: Pick<ManyAsked, 'years'>,
  options: Pick<SampleOptions, 'version' | 'now' | 'pictures'>,
): { readonly file: string; readonly config: RegisterConfig } {
  const place = join(folder, kind.id);
  mkdirSync(place, { recursive: true });
  const file = join(place, 'register.yaml');
  writeFileSync(file, sampleRegisterFile('off', kind));
  const config = orRefuse(loadRegister(file));
  const last = runningYear(options.now);
  const only = Array.from({ length: years - 1 }, (_, i) => last - years + 1 + i);
  writeSampleRegister(config, { ...options, kind, only, paper: nothingPublished });

  return { file, config };
}
