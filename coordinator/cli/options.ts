import { type Command, InvalidArgumentError } from 'commander';

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

/** The options of a program that serves pages from a ledger: a hall’s or a register’s. */
export const servingOptions = (command: Command): Command =>
  command
    .option(
      '--http <port>',
      '网页端口，代替配置中的 · port of the pages, in place of the configured',
      wholeNumber(0, 65_535),
    )
    .option(
      '--https <port>',
      '加密网页端口，代替配置中的 · port of the pages with TLS, in place of the configured',
      wholeNumber(0, 65_535),
    )
    .option(
      '--accept-ledger',
      '账本不全时仍照现有的打开，缺失的记录不再找回 · take the ledger as it is, although entries of it are lost',
    )
    .option('--json', '以一行 JSON 输出地址 · print the addresses as one line of JSON');
