import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword, type StoredPassword } from '../password.ts';
import { makeAuthenticator } from './authenticator.ts';
import {
  CODE_LENGTH,
  type Credential,
  credentialOf,
  enter,
  withAuthenticator,
  withCode,
  withFailure,
  withoutAuthenticator,
  withPassword,
} from './credentials.ts';
import { makeCode, makeRecoveryCodes } from './typed-codes.ts';

const stored = (hash: string): StoredPassword => ({ scheme: 'scrypt-17-8-1', salt: 's', hash });
const CODE = withCode(stored('code'));
const PASSWORD = withPassword(CODE, stored('password'));
const WALL = 1_000_000_000;

const come = (credential: Credential, isSecret: boolean, code: string | null = null, wall = WALL) =>
  enter(credential, { compared: credential.secret.stored, isSecret, code, wall });

describe('a one-time code', () => {
  it('has eight characters, is kept as a slow hash and opens the choice of a password', async () => {
    const code = makeCode(CODE_LENGTH, randomBytes);
    expect(code).toHaveLength(8);
    const credential = withCode(await hashPassword(code, randomBytes));
    expect(JSON.stringify(credential)).not.toContain(code);
    const { stored: compared } = credential.secret;
    const isSecret = await isPassword(code, compared);
    expect(enter(credential, { compared, isSecret, code: null, wall: WALL })).toMatchObject({ is: 'choose' });
  });

  it('is used up by that choice, and by a choice made meanwhile', () => {
    expect(come(CODE, true)).toEqual({ is: 'choose', after: CODE, failed: 0 });
    const late = { compared: CODE.secret.stored, isSecret: true, code: null, wall: WALL };
    expect(enter(PASSWORD, late)).toMatchObject({ is: 'wrong' });
    expect(come(PASSWORD, true)).toMatchObject({ is: 'in' });
  });

  it('given anew takes password, authenticator and recovery codes away', () => {
    expect(withCode(stored('another'))).toEqual({
      secret: { is: 'code', stored: stored('another') },
      authenticator: null,
      recovery: [],
      failed: 0,
    });
  });
});

it('is looked up by whatever was typed', () => {
  expect(credentialOf({ zhang: CODE }, 'zhang')).toBe(CODE);
  for (const typed of ['', 'li', 'constructor', '__proto__', 'toString'])
    expect(credentialOf({ zhang: CODE }, typed)).toBeNull();
});

it('whoever signs in is told how many attempts failed since they last did', () => {
  const tried = [false, false].reduce((credential, isSecret) => come(credential, isSecret).after, PASSWORD);
  const first = come(tried, true);
  expect(first).toMatchObject({ is: 'in', failed: 2 });
  expect(come(first.after, true)).toMatchObject({ is: 'in', failed: 0 });
});

it('failures are counted and nothing else: however many there were, the right password opens', () => {
  let credential = PASSWORD;
  for (let i = 0; i < 12_000; i += 1) credential = withFailure(credential);
  expect(come(credential, true)).toMatchObject({ is: 'in', failed: 9_999 });
});

describe('an authenticator', () => {
  const authenticator = makeAuthenticator(randomBytes);
  const { codes, hashes } = makeRecoveryCodes(randomBytes);
  const codeAt = (wall: number) => {
    const { buffer } = new Uint8Array(Buffer.from(authenticator.key, 'base64url'));
    return TOTP.generate({ secret: new Secret({ buffer }), timestamp: wall });
  };
  const added = withAuthenticator(PASSWORD, authenticator, hashes, codeAt(WALL), WALL);
  if (!added) throw new Error('the code is right');
  const LATER = WALL + 60_000;

  it('is asked for only once it was shown to work', () => {
    const wrong = codeAt(WALL + 3_600_000);
    expect(withAuthenticator(PASSWORD, authenticator, hashes, wrong, WALL)).toBeNull();
    expect(come(PASSWORD, true)).toMatchObject({ is: 'in' });
  });

  it('is asked for beside the password, which is no failure', () => {
    expect(come(added, true, null, LATER)).toEqual({ is: 'code-wanted', after: added });
    expect(come(added, true, codeAt(LATER), LATER)).toMatchObject({ is: 'in' });
    expect(come(added, false, codeAt(LATER), LATER)).toMatchObject({ is: 'wrong', after: { failed: 1 } });
  });

  it('takes the code by which it was added, or any other, only once', () => {
    expect(come(added, true, codeAt(WALL), WALL)).toMatchObject({ is: 'wrong', after: { failed: 1 } });
    const once = come(added, true, codeAt(LATER), LATER);
    expect(come(once.after, true, codeAt(LATER), LATER)).toMatchObject({ is: 'wrong' });
  });

  it('is stood in for by each recovery code once', () => {
    let credential = added;
    for (const code of codes) {
      const once = come(credential, true, code, LATER);
      expect(once).toMatchObject({ is: 'in', failed: credential.failed });
      const again = come(once.after, true, code, LATER);
      expect(again).toMatchObject({ is: 'wrong' });
      credential = again.after;
    }
    expect(credential.recovery).toEqual([]);
  });

  it('used while the clock was a year ahead takes codes again after a recovery code', () => {
    const YEAR = 365 * 24 * 3_600_000;
    const ahead = come(added, true, codeAt(LATER + YEAR), LATER + YEAR);
    expect(ahead).toMatchObject({ is: 'in' });
    const refused = come(ahead.after, true, codeAt(LATER), LATER);
    expect(refused).toMatchObject({ is: 'wrong' });
    const recovered = come(refused.after, true, codes[0] ?? '', LATER);
    expect(recovered).toMatchObject({ is: 'in' });
    const soon = LATER + 120_000;
    expect(come(recovered.after, true, codeAt(soon), soon)).toMatchObject({ is: 'in' });
  });

  it('can be taken away, and its recovery codes with it', () => {
    const without = withoutAuthenticator(added);
    expect(without).toMatchObject({ authenticator: null, recovery: [] });
    expect(come(without, true)).toMatchObject({ is: 'in' });
  });
});
