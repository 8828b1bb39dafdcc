import { appendFileSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, packageVersion } from '../../shared/package-root.ts';
import { loadRegister } from '../config/register-file.ts';
import { orRefuse } from '../refused-start.ts';
import { set } from '../register/papers/layout/set.ts';
import { builtPaperFiles } from '../register/papers/paper-files.ts';
import { sampleRegisterFile } from '../rehearsal/register/sample-file.ts';
import { CITY, SAMPLE_REGISTERS, type SampleRegisterKind } from '../rehearsal/register/sample-registers.ts';
import { samplePictures } from '../rehearsal/register/sample-scan.ts';
import type { SampleOptions } from '../rehearsal/register/sample-years.ts';
import { writeSampleRegister } from '../rehearsal/register/write-sample.ts';
import { USAGE } from './exit-codes.ts';

/** A plan of the sample's city, drawn for it. */
const PLAN = 'coordinator/rehearsal/register/plan-of-yunxi.jpg';

const FILE = 'register.yaml';

/** Writes the register's file into an empty folder; what is in the way, or null. */
function writeFile(dir: string, tls: 'on' | 'off', kind: SampleRegisterKind = CITY): string | null {
  try {
    mkdirSync(dir, { recursive: true });
    if (readdirSync(dir).length > 0) return '文件夹不为空，请另选 · the folder is not empty; name another';
    writeFileSync(join(dir, FILE), sampleRegisterFile(tls, kind));
    return null;
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return `无法写入，请另选 · cannot be written to (${why}); name another`;
  }
}

function refuse(dir: string, inTheWay: string): void {
  process.stderr.write(`${dir}: ${inTheWay}\n`);
  process.exitCode = USAGE;
}

/** Writes a register's file to start from into an empty folder. */
export function initRegister(dir: string): void {
  const inTheWay = writeFile(dir, 'on');
  const file = join(dir, FILE);
  if (inTheWay !== null) refuse(dir, inTheWay);
  else
    process.stdout.write(
      `已生成 written: ${file}\n下一步 next: 编辑 edit register.yaml, 然后 then\n  hallvote register --config ${file}\n`,
    );
}

export interface Sampled {
  readonly register: keyof typeof SAMPLE_REGISTERS;
  readonly proposals: number;
  readonly years: number;
}

/** Writes a register with years in it into an empty folder. */
export async function sampleRegister(dir: string, { register, proposals, years }: Sampled): Promise<void> {
  const kind = SAMPLE_REGISTERS[register];
  const inTheWay = writeFile(dir, 'off', kind);
  if (inTheWay !== null) return refuse(dir, inTheWay);
  if (kind === CITY) {
    copyFileSync(join(packageRoot(), PLAN), join(dir, 'plan.jpg'));
    appendFileSync(join(dir, FILE), 'plan: plan.jpg\n');
  }
  const config = orRefuse(loadRegister(join(dir, FILE)));
  const pictures = await samplePictures();
  writeSampleRegister(config, {
    kind,
    proposals,
    years,
    version: packageVersion(),
    now: Date.now(),
    pictures,
    paper: await samplePaper(),
  });
}

/** The engine is loaded only where it is needed; here nothing is a stranger's, and it needs no process of its own. */
async function samplePaper(): Promise<SampleOptions['paper']> {
  const { PaperCompiler } = await import('../register/papers/compile.ts');
  const compiler = new PaperCompiler(builtPaperFiles());
  return (paper) => compiler.pdf(set(paper));
}
