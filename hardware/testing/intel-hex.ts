/** The bytes of an image in Intel HEX (Intel 1988): data records only, as avr-objcopy writes them. */
export function parseIntelHex(text: string, size: number): Uint8Array {
  const image = new Uint8Array(size).fill(0xff);
  for (const [i, line] of text.trim().split(/\r?\n/).entries()) {
    const record = Buffer.from(line.slice(1), 'hex');
    const [length = 0, high = 0, low = 0, type = 0] = record;
    const sum = record.reduce((all, byte) => (all + byte) & 0xff, 0);
    if (!line.startsWith(':') || record.length !== length + 5 || sum !== 0)
      throw new Error(`line ${i + 1} of the image is damaged`);
    if (type === 0) image.set(record.subarray(4, 4 + length), high * 256 + low);
  }
  return image;
}
