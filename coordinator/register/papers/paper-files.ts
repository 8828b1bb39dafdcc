import { join } from 'node:path';
import { packageRoot } from '../../../shared/package-root.ts';
import type { PaperFiles } from './compile.ts';

/** What of the packages of fonts is used, and shipped: 宋体 in two weights, 黑体 in one. */
const FACES = ['noto-serif-sc/400Regular', 'noto-serif-sc/700Bold', 'noto-sans-sc/500Medium'];

/** Where the engine's files lie in a version as it is built and shipped. */
export function builtPaperFiles(): PaperFiles {
  const papers = join(packageRoot(), 'dist/coordinator/papers');
  return { templates: join(papers, 'templates'), fonts: FACES.map((face) => join(papers, 'fonts', face)) };
}

/** Where they lie in a checkout. */
export function sourcePaperFiles(): PaperFiles {
  return {
    templates: join(packageRoot(), 'coordinator/register/papers/templates'),
    fonts: FACES.map((face) => join(packageRoot(), 'node_modules/@expo-google-fonts', face)),
  };
}
