import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { right } from './held-election.ts';
import { assembleTrustees } from './pedersen.ts';
import { makeCertificate, makePolynomial, makeSeed, makeVerificationKey } from './pedersen-trustee.ts';
import { readTrustees, TrusteeKey } from './trustees.ts';

/** belenios-tool 3.3.0, by `HALLVOTE_BELENIOS_TOOL` or on the path. */
const TOOL = process.env.HALLVOTE_BELENIOS_TOOL ?? 'belenios-tool';
const hasTool = spawnSync(TOOL, ['--version']).status === 0;
if (!hasTool) console.warn('belenios-tool is not here: no ceremony is held together with it in this run');

const Output = z.object({ private_key: z.string(), public_key: TrusteeKey });
const Routed = z.object({ secrets: z.array(z.string()) });

describe.skipIf(!hasTool)('belenios-tool', () => {
  it.each([[[1]], [[2, 3]], [[]]])('makes a key together with our trustees, its own being %j', (theirs) => {
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-ceremony-'));
    const tool = (step: number, options: readonly string[], input = ''): string => {
      const command = ['setup', 'generate-trustee-key-threshold', '--group', 'Ed25519', '--step', `${step}`];
      const run = spawnSync(TOOL, [...command, ...options], { cwd: folder, input, encoding: 'utf8' });
      if (run.status !== 0) throw new Error(`step ${step}: ${run.stderr}`);
      return run.stdout.trimEnd();
    };
    const write = (name: string, texts: readonly string[]): string => {
      writeFileSync(join(folder, name), `${texts.join('\n')}\n`);
      return name;
    };
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8').trimEnd();
    const place = (index: number) => ({ size: 3, threshold: 2, index });

    const made = [1, 2, 3].map((index) => {
      if (!theirs.includes(index)) {
        const seed = makeSeed(randomBytes);
        return { seed, certificate: makeCertificate(seed, place(index), randomBytes) };
      }
      const id = tool(1, ['--threshold-context', `${index}/2/3`]);
      return { seed: read(`${id}.key`), certificate: read(`${id}.cert`) };
    });
    const certificates = made.map(({ certificate }) => certificate);
    const certs = ['--certs', write('certs.jsons', certificates)];
    const keyOf = (i: number) => ['--key', write(`${i}.seed`, [made[i]?.seed ?? ''])];
    tool(2, certs);
    const polynomials = made.map(({ seed }, i) =>
      theirs.includes(i + 1)
        ? tool(3, [...certs, ...keyOf(i)])
        : right(makePolynomial(seed, place(i + 1), certificates, randomBytes)),
    );
    const both = [...certs, '--polynomials', write('polynomials.jsons', polynomials)];
    tool(4, both);
    const routed = readdirSync(folder).filter((name) => name.endsWith('.vinput'));
    const inputFor = (i: number) => {
      const own = Routed.parse(JSON.parse(polynomials[i] ?? '')).secrets[i] ?? '';
      return routed.map(read).find((text) => text.includes(JSON.stringify(own))) ?? '';
    };
    const outputs = made.map(({ seed }, i) => {
      if (theirs.includes(i + 1)) return tool(5, [...certs, ...keyOf(i)], `${inputFor(i)}\n`);
      const key = right(makeVerificationKey(seed, place(i + 1), certificates, polynomials, randomBytes));
      // What a trustee of ours keeps needs no copy: the seed gives it again.
      return `{"private_key":"","public_key":${key}}`;
    });
    const theirEnd = tool(6, both, `${outputs.join('\n')}\n`);
    const keys = outputs.map((output) => JSON.stringify(Output.parse(JSON.parse(output)).public_key));
    const trustees = right(assembleTrustees(2, certificates, polynomials, keys));
    expect(trustees).toBe(`[["Pedersen",${theirEnd}]]`);
    expect(readTrustees(trustees)).toMatchObject({ threshold: 2 });
    rmSync(folder, { recursive: true });
  });
});
