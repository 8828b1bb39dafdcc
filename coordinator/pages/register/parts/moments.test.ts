import { expect, it } from 'vitest';
import { momentText } from './moments.ts';

it('a moment is that of the register, in its own day', () => {
  const late = Date.parse('2026-10-08T23:30:00+08:00');
  expect(momentText(late, 'Asia/Shanghai', 'zh')).toBe('2026年10月8日 23:30');
  expect(momentText(late, 'Asia/Urumqi', 'en')).toBe('8 Oct 2026, 21:30');
});
