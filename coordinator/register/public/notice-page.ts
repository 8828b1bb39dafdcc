import { html } from 'hono/html';
import type { Look, Page } from './frame.ts';

/** Says in a sentence why there is nothing to see here. */
export function noticePage({ t, to }: Look, title: string, words: string): Page {
  return {
    title,
    once: true,
    main: html`<h1>${title}</h1><p class="lead">${words}</p><div class="row"><a class="go quiet" href="${to('/')}">${t('回到首页', 'To the overview')}</a></div>`,
  };
}

/** There is no such page, or it is not public. */
export const nothingHere = (look: Look): Page =>
  noticePage(
    look,
    look.t('没有找到', 'Not found'),
    look.t('没有这个页面，或者它尚未公开。', 'There is no such page, or it is not public yet.'),
  );

/** What was sent did not come whole. */
export const unreadable = (look: Look): Page =>
  noticePage(
    look,
    look.t('没有收全', 'It did not come whole'),
    look.t(
      '网络可能中断了。请返回上一页，再按一次“提交”。',
      'The line may have broken. Go back, and press “Send” once more.',
    ),
  );

/** Too much is asked of us just now. */
export const comeAgain = (look: Look): Page =>
  noticePage(
    look,
    look.t('请稍后再试', 'Try again shortly'),
    look.t(
      '现在使用的人很多，请过一分钟再试。',
      'Many people are here at the moment; try again in a minute.',
    ),
  );
