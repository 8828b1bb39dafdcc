import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

// Beneath the project, so that a page planted here finds its packages.
const results = join(process.cwd(), 'test', 'results');
mkdirSync(results, { recursive: true });
const folder = mkdtempSync(join(results, 'templates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the check says of a page that renders `template`. */
function check(template: string): Promise<{ readonly code: unknown; readonly says: string }> {
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../../coordinator/pages/tsconfig.json', include: ['.'], files: [] }),
  );
  writeFileSync(
    join(folder, 'planted-page.ts'),
    `import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
@customElement('hv-part')
export class Part extends LitElement {
  @property({ type: Number }) size = 1;
}
export const page = () => html\`${template}\`;
declare global {
  interface HTMLElementTagNameMap {
    'hv-part': Part;
  }
}
`,
  );
  return new Promise((done) => {
    execFile(process.execPath, ['test/rules/templates.mjs', folder], (error, _out, says) =>
      done({ code: error === null ? 0 : error.code, says }),
    );
  });
}

it('lets a template pass whose bindings are known and of their types', async () => {
  const { code, says } = await check(`<hv-part .size=\${2} @click=\${() => {}}></hv-part>`);
  expect(says).toBe('');
  expect(code).toBe(0);
});

/** In a line each. */
const WRONG = [
  ['no-incompatible-type-binding', `<hv-part .size=\${'two'}></hv-part>`],
  ['no-unknown-property', `<hv-part .sise=\${2}></hv-part>`],
  ['no-unknown-attribute', `<hv-part sise=\${2}></hv-part>`],
  ['no-unknown-tag-name', '<hv-prat></hv-prat>'],
  ['no-noncallable-event-binding', `<hv-part @click=\${3}></hv-part>`],
] as const;

it('refuses what no part has, and values of another type than it takes', async () => {
  const { code, says } = await check(WRONG.map(([, template]) => template).join('\n'));
  const found = [...says.matchAll(/planted-page\.ts:(\d+): .* \(([\w-]+)\)/g)];
  expect(found.map(([, line, rule]) => [Number(line), rule])).toEqual(
    WRONG.map(([rule], i) => [7 + i, rule]),
  );
  expect(code).toBe(1);
});
