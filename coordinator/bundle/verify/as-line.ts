/** One line: a title must not be able to print a line of its own, nor to move the cursor or turn the text round. */
export const asLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
