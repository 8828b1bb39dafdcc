import type { FastifyReply } from 'fastify';
import { ACT_REFUSALS, type ActAnswer } from '../contract/acts.ts';
import type { Asked } from '../hall/second-persons.ts';

const UNAVAILABLE = {
  zh: '账本暂时无法写入，操作未执行；请检查磁盘后重试',
  en: 'The ledger cannot be written now; nothing was done. Check the disk and try again',
};

/** Tells the person who tried an act what became of it. */
export function sendDone(reply: FastifyReply, done: Asked): FastifyReply {
  return reply.code(done.ok ? 200 : 409).send(answerOf(done));
}

function answerOf(done: Asked): ActAnswer {
  if (done.ok) return 'waiting' in done ? { ok: true, waiting: done.waiting } : { ok: true };
  if (done.reason === 'unavailable') return { ok: false, reason: done.reason, text: UNAVAILABLE };
  const { reason } = done;
  const detail = 'detail' in done && done.detail !== undefined ? { detail: done.detail } : {};
  return { ...refusal(reason), ...detail };
}

export function refusal(reason: keyof typeof ACT_REFUSALS): Extract<ActAnswer, { ok: false }> {
  return { ok: false, reason, text: ACT_REFUSALS[reason] };
}
