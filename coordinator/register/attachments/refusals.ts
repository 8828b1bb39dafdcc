/** The largest file that is taken. */
export const MOST_ATTACHMENT_BYTES = 10_000_000;

/** Why a file is not taken, with one sentence for whoever sent it. */
export const ATTACHMENT_REFUSALS = {
  empty: { zh: '文件是空的', en: 'The file is empty' },
  'too-large': { zh: '文件超过 10 MB，请缩小后再试', en: 'The file is larger than 10 MB; make it smaller' },
  'unknown-type': {
    zh: '只接受 JPEG、PNG、WebP 图片和 PDF',
    en: 'Only JPEG, PNG and WebP pictures and PDF are taken',
  },
  heic: {
    zh: '不支持 HEIC 图片，请在手机“设置—相机—格式”中选“兼容性最佳”，或发送截图',
    en: 'HEIC pictures are not taken; set the camera’s format to “most compatible”, or send a screenshot',
  },
  'unreadable-picture': {
    zh: '图片已损坏，请重新拍摄或保存',
    en: 'The picture is damaged; take or save it again',
  },
  'too-many-pixels': {
    zh: '图片像素过多，请缩小后再试',
    en: 'The picture has too many pixels; make it smaller',
  },
  'unreadable-pdf': {
    zh: 'PDF 已损坏，请重新导出或改发图片',
    en: 'The PDF is damaged; export it again, or send pictures',
  },
  'locked-pdf': {
    zh: 'PDF 已加密，请去掉密码后再试',
    en: 'The PDF is locked; take its password away',
  },
  'too-many-pages': { zh: 'PDF 超过 200 页，请分开', en: 'The PDF has more than 200 pages; divide it' },
  'also-an-archive': {
    zh: '文件中藏有压缩包，不能接受',
    en: 'An archive is hidden in the file; it is not taken',
  },
  'too-hard': {
    zh: '文件过于复杂，无法处理，请另存或改发图片',
    en: 'The file is too complex to be worked on; save it anew, or send pictures',
  },
  busy: { zh: '正在处理其他文件，请稍后再试', en: 'Other files are being worked on; try again shortly' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;
export type AttachmentRefusal = keyof typeof ATTACHMENT_REFUSALS;
