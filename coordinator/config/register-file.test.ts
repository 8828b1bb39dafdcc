import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { loadRegister } from './register-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallvote-register-file-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('what somebody knows is a category of the register, and another is named with its line', () => {
  const file = join(folder, 'register.yaml');
  const withFields = (fields: string) => {
    writeFileSync(
      file,
      `register: { id: yunxi, name: 云溪 }
congress: { name: 大会 }
level: city
staff:
  - { id: admin, name: 孙健, roles: [administrator] }
  - { id: deputy1, name: 周敏, roles: [deputy], fields: ${fields} }
bodies: [{ id: transport, name: 交通局 }]
areas: [{ id: city, name: 全市 }]
sources: [{ id: city, name: 财政 }]
`,
    );
    return loadRegister(file);
  };
  const known = withFields('[health, schooling]');
  expect(known.ok && known.value.staff[1]?.fields).toEqual(['health', 'schooling']);
  const unknown = withFields('[health, roads]');
  expect(unknown.ok ? [] : unknown.problems).toMatchObject([
    { line: 6, what: expect.stringContaining('there is no category roads') },
  ]);
});
