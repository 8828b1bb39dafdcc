import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact?: string | null;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
  }[];
}
declare global {
  interface Window {
    axe?: { run: (context: Document, options: { resultTypes: string[] }) => Promise<AxeResults> };
  }
}

/** What axe finds on `page` that keeps people out: its serious and critical findings, each in a line. */
export async function barriers(page: Page): Promise<string[]> {
  // Through the debugger: the content policy of the pages lets no script in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async () => {
    const results = await window.axe?.run(document, { resultTypes: ['violations'] });
    if (!results) return ['axe did not run'];
    return results.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(' ')}: ${failureSummary}`),
      );
  });
}
