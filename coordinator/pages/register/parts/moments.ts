import type { Language } from '../../../../shared/protocol/ids.ts';

/** A moment as it is where the register is, wherever its reader sits. */
export const momentText = (ms: number, timeZone: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(ms);
