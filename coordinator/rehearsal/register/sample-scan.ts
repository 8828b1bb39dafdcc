import sharp from 'sharp';

/** A sheet of paper with lines on it, JPEG: what stands for a letter or a signed count in the sample. */
export function sampleScan(): Promise<Uint8Array> {
  const lines = Array.from({ length: 16 }, (_, i) => {
    const width = i % 5 === 4 ? 180 : 420;
    return `<rect x="90" y="${160 + i * 34}" width="${width}" height="6" fill="#8a8a94"/>`;
  });
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="848"><rect width="600" height="848" fill="#fbfaf6"/><rect x="180" y="80" width="240" height="12" fill="#98181a"/>${lines.join('')}<circle cx="440" cy="730" r="52" fill="none" stroke="#c22" stroke-width="6"/></svg>`;
  return sharp(Buffer.from(page)).jpeg({ quality: 70 }).toBuffer();
}
