import { join } from 'node:path';
import { expect, it } from 'vitest';
import { staffCommand } from '../../coordinator/cli/staff.ts';
import { inProcess } from '../support/in-process.ts';
import { openRegister } from '../support/running-register.ts';
import { signedIn } from '../support/signed-in.ts';

it('a register’s only administrator who has forgotten the password begins anew, and nobody else', async () => {
  let register = await openRegister();
  const config = join(register.folder, 'register.yaml');
  const reset = (person: string) =>
    inProcess(staffCommand(), ['reset', '--config', config, '--person', person]);
  expect(register.running.firstCode).toBeNull();
  expect(await reset('admin')).toMatchObject({ code: 2, err: expect.stringContaining('in use by another') });
  await register.running.stop();
  expect(await reset('nobody')).toMatchObject({ code: 2, err: expect.stringContaining('no such person') });
  expect(await reset('admin')).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('启动项目库'),
  });
  register = await register.again();
  expect(register.running.firstCode).toMatchObject({ person: 'admin' });
  await expect(signedIn(register.running, 'admin')).rejects.toThrow();
  await signedIn(register.running, 'gov');
  await register.stop();
});
