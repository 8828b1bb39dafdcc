/** Why a document was not made, with one sentence for the person who asked for it. */
export const PAPER_REFUSALS = {
  busy: {
    zh: '正在生成的文件过多，请稍后再试',
    en: 'Too many documents are being made; try again in a moment',
  },
  'too-slow': {
    zh: '文件生成超时，请减少内容后再试',
    en: 'The document took too long; try again with less in it',
  },
  failed: { zh: '文件未能生成', en: 'The document could not be made' },
  closed: { zh: '程序正在停止', en: 'The program is stopping' },
} as const;
export type PaperRefusal = keyof typeof PAPER_REFUSALS;
