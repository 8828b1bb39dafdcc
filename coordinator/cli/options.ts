import { InvalidArgumentError } from 'commander';

/** Parses an option that must be a whole number in a range, in digits. */
export function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= from && value <= to) return value;
    throw new InvalidArgumentError(
      `请写 ${from} 到 ${to} 的整数 · write a whole number from ${from} to ${to}`,
    );
  };
}

/** Parses an option that must be a number above zero. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('请写大于 0 的数 · write a number above 0');
}
