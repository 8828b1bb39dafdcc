import { readFileSync } from 'node:fs';
import {
  type ElectionFault,
  type VerifiedElection,
  verifyElection,
} from '../../shared/belenios/verify-archive.ts';
import type { Language } from '../../shared/protocol/ids.ts';
import { WRONG } from './exit-codes.ts';
import { fail, progressLine, type VerifyOptions } from './verify-common.ts';

/** Verifies one election's archive, ours or another's, every ballot's proofs included. */
export function verifyBel(file: string, { json, lang }: VerifyOptions): void {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    fail(file, error);
  }
  const found = verifyElection(bytes, (done, all) => {
    const isDue = done % 20 === 0 || done === all;
    if (process.stderr.isTTY && !json && isDue)
      process.stderr.write(progressLine('密封票 · sealed', done, all));
  });
  if ('problem' in found) process.exitCode = WRONG;
  if (json)
    process.stdout.write(
      `${JSON.stringify({ ok: !('problem' in found), ...('problem' in found ? found : { result: found.result, cast: found.cast, counted: found.counted }) })}\n`,
    );
  else process.stdout.write(`${electionWords(found, lang)}\n`);
}

function electionWords(found: VerifiedElection | ElectionFault, lang: Language): string {
  const zh = lang === 'zh';
  if ('problem' in found) {
    const at =
      'ballot' in found ? (zh ? `第 ${found.ballot} 张密封票` : `sealed ballot ${found.ballot}`) : '';
    return `${zh ? '核验不通过' : 'NOT verified'}: ${at} ${found.problem}`;
  }
  const { cast, counted, result } = found;
  const counts =
    result?.map((question) => question.join(' ')).join(' | ') ?? (zh ? '尚无结果' : 'no result yet');
  return zh
    ? `核验通过：密封票 ${cast} 张，计入 ${counted} 张；每张票的证明、总和、解密与结果均成立。\n结果：${counts}`
    : `Verified: ${cast} sealed ballots, ${counted} counted; every ballot's proofs, the sum, the decryption and the result hold.\nResult: ${counts}`;
}
