import sharp from 'sharp';

/** A sheet of paper with lines on it, a red line above and a seal below, JPEG: what stands for a signed count in the sample. */
export const sampleScan = (): Promise<Uint8Array> =>
  sheetOfPaper(
    '<rect x="180" y="80" width="240" height="12" fill="#98181a"/><circle cx="440" cy="730" r="52" fill="none" stroke="#c22" stroke-width="6"/>',
  );

/** A sheet without either: a letter, which is nobody's but the offices'. */
const sampleLetter = (): Promise<Uint8Array> =>
  sheetOfPaper('<path d="M380 742q22 -34 34 -4t32 -8t36 6" fill="none" stroke="#33415c" stroke-width="4"/>');

function sheetOfPaper(mark: string): Promise<Uint8Array> {
  const lines = Array.from({ length: 16 }, (_, i) => {
    const width = i % 5 === 4 ? 180 : 420;
    return `<rect x="90" y="${160 + i * 34}" width="${width}" height="6" fill="#8a8a94"/>`;
  });
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="848"><rect width="600" height="848" fill="#fbfaf6"/>${lines.join('')}${mark}</svg>`;
  return sharp(Buffer.from(page)).jpeg({ quality: 70 }).toBuffer();
}

/** A picture as it is kept: whole, and small for lists. */
export interface SamplePicture {
  readonly whole: Uint8Array;
  readonly small: Uint8Array | null;
}

const SMALL = 320;

async function withSmall(whole: Uint8Array): Promise<SamplePicture> {
  const size = { width: SMALL, height: SMALL, fit: 'inside' } as const;
  return { whole, small: await sharp(whole).resize(size).jpeg({ quality: 70 }).toBuffer() };
}

/** What stands for papers and photographs: what is public is never the same file as what somebody sent in. */
export interface SamplePictures {
  /** A signed sheet or a decision. */
  readonly scan: SamplePicture;
  /** A body's or a group's, of a site. */
  readonly photo: SamplePicture;
  readonly letter: SamplePicture;
  /** A passer-by's, of a site. */
  readonly seen: SamplePicture;
}

export const samplePictures = async (): Promise<SamplePictures> => ({
  scan: await withSmall(await sampleScan()),
  photo: await withSmall(await sitePhoto('#8fb9d8')),
  letter: await withSmall(await sampleLetter()),
  seen: await withSmall(await sitePhoto('#a9adb3')),
});

/** A house with a scaffold under a sky of that colour, JPEG; drawn, since no real place is meant. */
function sitePhoto(sky: string): Promise<Uint8Array> {
  const windows = [0, 1, 2, 3].flatMap((row) =>
    [0, 1, 2, 3, 4].map(
      (column) =>
        `<rect x="${250 + column * 62}" y="${190 + row * 78}" width="34" height="44" fill="${(row + column) % 3 === 0 ? '#5d6f7d' : '#8ba3b3'}"/>`,
    ),
  );
  const poles = [0, 1, 2, 3, 4, 5].map(
    (n) => `<rect x="${574 + n * 26}" y="150" width="4" height="370" fill="#b5722f"/>`,
  );
  const planks = [0, 1, 2, 3].map(
    (n) => `<rect x="566" y="${200 + n * 84}" width="150" height="7" fill="#c98d47"/>`,
  );
  const site = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="640"><defs><linearGradient id="s" x2="0" y2="1"><stop offset="0" stop-color="${sky}"/><stop offset="1" stop-color="#e6ecea"/></linearGradient></defs><rect width="960" height="640" fill="url(#s)"/><path d="M0 430 L180 350 L420 440 L700 360 L960 430 V640 H0Z" fill="#8ba37f"/><rect x="220" y="150" width="350" height="370" fill="#d9cdb8"/><rect x="206" y="136" width="378" height="20" fill="#8d4f3c"/>${[...windows, ...poles, ...planks].join('')}<rect y="510" width="960" height="130" fill="#a59a88"/><path d="M0 590 L960 560 V640 H0Z" fill="#8b8377"/><rect x="90" y="470" width="84" height="60" fill="#c0392b"/><rect x="100" y="482" width="64" height="8" fill="#fff"/><circle cx="800" cy="470" r="46" fill="#5d7f55"/><rect x="794" y="500" width="12" height="46" fill="#6b5238"/></svg>`;
  return sharp(Buffer.from(site)).jpeg({ quality: 78 }).toBuffer();
}
