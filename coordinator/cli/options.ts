import { InvalidArgumentError } from 'commander';

/** Parses an option that must be a whole number in a range. */
export function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= from && value <= to) return value;
    throw new InvalidArgumentError(
      `请写 ${from} 到 ${to} 的整数 · write a whole number from ${from} to ${to}`,
    );
  };
}
