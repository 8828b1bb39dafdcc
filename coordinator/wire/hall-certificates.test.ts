import { randomBytes, X509Certificate } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CertificateParts, caFile, makeCa, openCertificates } from './hall-certificates.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2027, 0, 15, 9);

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'hallvote-certificates-'));
});
afterEach(() => rmSync(data, { recursive: true }));

const at = (name: string) => join(data, 'tls', name);
const making = (now = NOW) => ({ random: randomBytes, now });
const parts = (more: Partial<CertificateParts> = {}): CertificateParts => ({
  data,
  hall: 'test-hall',
  names: ['localhost', '192.0.2.7'],
  own: null,
  making: making(),
  ...more,
});

async function opened(more: Partial<CertificateParts> = {}) {
  const found = await openCertificates(parts(more));
  if (!found.ok) throw new Error(found.problem);
  return found.value;
}

async function problem(more: Partial<CertificateParts> = {}): Promise<string> {
  const found = await openCertificates(parts(more));
  return found.ok ? 'none' : found.problem;
}

describe('a hall’s certificates', () => {
  it('are made at its first start, their keys for nobody else to read, and kept', async () => {
    const first = await opened();
    expect(first.notes).toEqual([]);
    expect(first.trust).toBe(first.ca);
    const modes = ['ca.key', 'coordinator.pem', 'ca.crt'].map((name) => statSync(at(name)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o644]);
    const again = await opened({ making: making(NOW + 300 * DAY_MS) });
    expect(again.server).toEqual(first.server);
    expect(again.ca.fingerprint256).toBe(first.ca.fingerprint256);
  });

  it('follow the addresses, and are made anew in time', async () => {
    const first = await opened();
    const moved = await opened({ names: ['localhost', '192.0.2.8'] });
    expect(new X509Certificate(moved.server.certificate).checkIP('192.0.2.8')).toBe('192.0.2.8');
    expect(moved.server).not.toEqual(first.server);
    // One address fewer is nothing to change it for.
    expect((await opened({ names: ['localhost'] })).server).toEqual(moved.server);
    const late = NOW + 380 * DAY_MS;
    const renewed = new X509Certificate((await opened({ making: making(late) })).server.certificate);
    expect(Date.parse(renewed.validTo)).toBeGreaterThan(late + 300 * DAY_MS);
  });

  it('go on without the CA’s key, and say so, as long as nothing has to be signed', async () => {
    const { server } = await opened();
    rmSync(at('ca.key'));
    const without = await opened();
    expect(without.authority).toBeNull();
    expect(without.server).toEqual(server);
    expect(without.notes).toEqual([expect.stringMatching(/ca\.key is not here: .* → bring it back/)]);
    const moved = await opened({ names: ['localhost', '192.0.2.8'] });
    expect(moved.notes[1]).toMatch(/coordinator\.pem is not for 192\.0\.2\.8, and .* → bring it back/);
    const soon = await opened({ making: making(NOW + 380 * DAY_MS) });
    expect(soon.notes[1]).toMatch(/ends on 2028-02-16/);
    expect(await problem({ making: making(NOW + 400 * DAY_MS) })).toMatch(/ends on .* → bring it back/);
    rmSync(at('coordinator.pem'));
    expect(await problem()).toMatch(/coordinator\.pem is missing, and .*ca\.key.* → bring it back/);
  });

  it('that have gone are not replaced beside a ledger, whose seats trust them', async () => {
    await opened();
    writeFileSync(join(data, 's1.ledger'), '');
    rmSync(caFile(data));
    expect(await problem()).toMatch(/ca\.crt has gone; .* → put it back from the copy, or make a new CA/);
    await makeCa(data, 'test-hall', making());
    expect((await opened()).notes).toEqual([]);
  });

  it('name the file that is wrong, and its cure', async () => {
    await opened();
    chmodSync(at('ca.key'), 0o644);
    expect(await problem()).toMatch(/ca\.key: others can read this key → run chmod 600/);
    chmodSync(at('ca.key'), 0o600);
    const key = readFileSync(at('ca.key'), 'utf8');
    await makeCa(data, 'test-hall', making());
    writeFileSync(at('ca.key'), key);
    expect(await problem()).toMatch(/ca\.crt: the CA’s key is not that of its certificate → restore both/);
    await makeCa(data, 'test-hall', making());
    writeFileSync(at('coordinator.pem'), 'rubbish', { mode: 0o600 });
    expect(await problem()).toMatch(/coordinator\.pem: is damaged → remove it/);
    rmSync(at('coordinator.pem'));
    writeFileSync(caFile(data), 'rubbish');
    expect(await problem()).toMatch(/ca\.crt: is no PEM certificate → put it back/);
  });

  it('may be the hall’s own for browsers, beside a CA for the seats', async () => {
    const { server } = await opened();
    const own = { cert: join(data, 'hall.crt'), key: join(data, 'hall.key') };
    expect(await problem({ own })).toMatch(/hall\.crt: there is no such certificate → correct tls/);
    writeFileSync(own.cert, server.certificate);
    writeFileSync(own.key, server.key, { mode: 0o600 });
    const brought = await opened({ own });
    expect([brought.server, brought.trust]).toEqual([server, null]);
    const named = await opened({ own: { ...own, ca: caFile(data) } });
    expect(named.trust?.fingerprint256).toBe(named.ca.fingerprint256);
    const late = making(NOW + 380 * DAY_MS);
    expect((await opened({ own, making: late })).notes[0]).toMatch(/hall\.crt ends on .* → renew it/);
    expect(await problem({ own, making: making(NOW + 400 * DAY_MS) })).toMatch(/hall\.crt: has ended/);
    await makeCa(data, 'test-hall', making());
    writeFileSync(own.key, readFileSync(at('ca.key')), { mode: 0o600 });
    expect(await problem({ own })).toMatch(/hall\.key: is not the key of .*hall\.crt → name the two/);
  });
});
