import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { debianFor, nodeTarball, whyNot } from './debian.ts';
import { Machine } from './machine.ts';
import { ACT, acting, codeIn } from './staff-act.ts';

/** A seat installed as hardware/README.md says, brought to another version by its coordinator, under a real systemd. */

const CHECKOUT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const HALL_ADDRESS = '192.168.10.1';
/** These machines show what updates do; TLS is shown elsewhere, with the same programs. */
const IN_THE_CLEAR =
  "sed -i 's/^tls: on$/tls: off\\ninsecure: true/; s/port: 8883/port: 1883/' /etc/hallvote/hall.yaml && systemctl restart hallvote-coordinator";
const SEAT = ['--hall', 'sample-hall', '--coordinator', `mqtt://${HALL_ADDRESS}:1883`];
const NO_HARDWARE = ['--board', 'none', '--reader', 'none', '--no-screen'];
const PACKAGES = '/mnt/packages';
const NODE = '/mnt/node.tar';

const reason = whyNot();
if (reason !== null) process.stderr.write(`\nNOT TRIED: updates under a real systemd: ${reason}\n\n`);

describe.skipIf(reason !== null)(`updated${reason === null ? '' : ` (not tried: ${reason})`}`, () => {
  const node = reason === null ? nodeTarball() : { file: '', sum: '' };
  const offline = `--node ${NODE} --node-sha256 ${node.sum}`;
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-update-'));
  const packages = join(folder, 'packages');
  const machines: Machine[] = [];
  let hall: Machine;
  let seat: Machine;
  let code = '';
  let releaseKey = '';

  const hallvote = (...args: string[]) =>
    execFileSync(process.execPath, [join(CHECKOUT, 'dist/coordinator/cli/hallvote.js'), ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const boot = async (name: string, installer: readonly string[], network?: Machine) => {
    const machine = await Machine.boot({
      name,
      layers: debianFor(name, CHECKOUT, installer),
      bring: { [packages]: PACKAGES, [node.file]: NODE },
      ...(network && { network }),
    });
    machines.push(machine);
    await machine.must(`tar xf ${PACKAGES}/hallvote.tar.gz`);
    return machine;
  };

  /** The next version, of which `change` makes what it likes, signed. */
  const release = (order: number, version: string, change: (folder: string) => void) => {
    const next = join(folder, version);
    mkdirSync(next);
    execFileSync('tar', [
      'xf',
      join(packages, 'hallvote.tar.gz'),
      '-C',
      next,
      'dist',
      'package.json',
      'node_modules',
    ]);
    const file = join(next, 'package.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"version": "[^"]*"/, `"version": "${version}"`));
    change(next);
    const key = ['--key', join(folder, 'release.key'), '--order', String(order)];
    hallvote('release', 'pack', next, join(packages, `${version}.update`), ...key);
    rmSync(next, { recursive: true });
  };
  const offer = async (version: string) => {
    const add = `hallvote update add ${PACKAGES}/${version}.update --config /etc/hallvote/hall.yaml`;
    await hall.must(`runuser -u hallvote -- ${add}`);
    return hall.must('cat /var/lib/hallvote/updates/offered');
  };
  const order = async (manifest: string, terminal: string | null = null) =>
    hall.run(acting('http://127.0.0.1:8080', code, { act: 'update', terminal, manifest }));
  const became = (version: string, what: string) =>
    hall
      .until(`grep '"terminal":"T-001"' /var/lib/hallvote/updates.log | tail -n 1 | grep '${what}'`)
      .catch(async (error: unknown) => {
        const seen = await seat.run(
          'journalctl -o cat -n 60 -u hallvote-terminal -u hallvote-update -u hallvote-version -u hallvote-trial; ls -la /var/lib/hallvote /var/lib/hallvote/update /run/hallvote-version',
        );
        throw new Error(`${version}: ${error}\n${seen.text}`);
      });
  const runs = () =>
    seat.must(
      "tr '\\0' '\\n' </proc/$(systemctl show --property=MainPID --value hallvote-terminal)/cmdline | grep main.js",
    );

  beforeAll(async () => {
    mkdirSync(packages);
    const pack = join(CHECKOUT, 'hardware/provision/pack.sh');
    execFileSync(pack, ['--modules', join(packages, 'hallvote.tar.gz')], { stdio: 'ignore' });
    releaseKey = hallvote('release', 'key', join(folder, 'release.key')).trim();
    release(1_000, '0.2.0', () => {});
    release(1_001, '0.3.0', (next) =>
      writeFileSync(
        join(next, 'dist/terminal/main.js'),
        'throw new Error("a version that does not start");\n',
      ),
    );
    release(999, '0.1.9', () => {});
    hall = await boot('hall', ['install-coordinator.sh']);
    hall.addCard(`${HALL_ADDRESS}/24`);
    await hall.must('systemctl mask --quiet --now ssh');
    expect(
      await hall.run(`hardware/provision/install-coordinator.sh ${offline} --release-key ${releaseKey}`),
    ).toMatchObject({ status: 0 });
    await hall.must(IN_THE_CLEAR);
    await hall.until('curl -fsS http://127.0.0.1:8080/operator >/dev/null');
    await hall.must(ACT);
    const journal = await hall.must('journalctl -u hallvote-coordinator -o cat');
    code = codeIn(journal);
    const key = /key: ([A-Za-z0-9_-]{43})\)/.exec(journal)?.[1] ?? '';
    const settings = [...SEAT, '--key', key, ...NO_HARDWARE, '--release-key', releaseKey];
    // A name of its own: it needs other packages than a seat with a screen.
    seat = await boot(
      'headless',
      ['install-seat.sh', '--id', 'T-1', ...SEAT, '--key', key, ...NO_HARDWARE],
      hall,
    );
    const installed = await seat.run(
      `hardware/provision/install-seat.sh --id T-001 ${settings.join(' ')} ${offline}`,
    );
    expect(installed).toMatchObject({ status: 0 });
    // Enrolled as the file of the hall has it: what is wanted here is the seat, not the page.
    await seat.until('journalctl -u hallvote-terminal -o cat | grep -q fingerprint');
    const own = await seat.must(
      'journalctl -u hallvote-terminal -o cat | grep -o "key [A-Za-z0-9_-]*" | tail -n 1',
    );
    await hall.must(
      acting('http://127.0.0.1:8080', code, {
        ...{ act: 'enrol', terminal: 'T-001', key: own.replace('key ', ''), seat: '01-01' },
      }),
    );
  });
  afterAll(async () => {
    for (const machine of machines.reverse()) await machine.destroy();
    rmSync(folder, { recursive: true });
  });

  it('a seat takes a signed version, tries it and keeps it, also after its power was cut', async () => {
    expect(await runs()).toContain('/opt/hallvote/app/');
    expect(await order(await offer('0.2.0'))).toMatchObject({ status: 0 });
    await became('0.2.0', 'confirmed');
    expect(await runs()).toContain('/run/hallvote-version/app/');
    expect(await seat.must('readlink /run/hallvote-version/app')).toBe('/var/lib/hallvote/versions/a/app');
    await seat.start();
    await seat.until('systemctl is-active hallvote-terminal');
    expect(await seat.must('readlink /run/hallvote-version/app')).toBe('/var/lib/hallvote/versions/a/app');
  });

  it('a version that does not start is given up: the one before serves, and the operator is told', async () => {
    expect(await order(await offer('0.3.0'))).toMatchObject({ status: 0 });
    await became('0.3.0', '"rolled-back","why":"crashed"');
    expect(await seat.must('readlink /run/hallvote-version/app')).toBe('/var/lib/hallvote/versions/a/app');
    expect(await seat.must('systemctl is-active hallvote-terminal')).toBe('active');
    expect(await seat.must('grep -h version "$(readlink /run/hallvote-version/app)/package.json"')).toContain(
      '0.2.0',
    );
  });

  it('an older version is refused', async () => {
    await order(await offer('0.1.9'));
    await became('0.1.9', '"refused","why":"older"');
  });

  it('root installs nothing that the seat’s own user has put there', async () => {
    const asSeat = (command: string) => seat.must(`runuser -u hallvote -- sh -c '${command}'`);
    await seat.must('systemctl stop hallvote-update.path');
    await asSeat('cd /var/lib/hallvote/update; mkdir -p contents; ln -sf /etc/shadow manifest.jws; : >ready');
    await seat.must('systemctl start hallvote-update.path');
    await seat.until('! [ -e /var/lib/hallvote/update/ready ]');
    await seat.until('grep malformed /var/lib/hallvote/versions/installed.json');
  });
});
