import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyPairFromSeed } from '../../shared/protocol/keys.ts';
import { HANG_MS } from '../support/hang.ts';
import { testTls } from '../support/open-hall.ts';
import { until } from '../support/until.ts';
import { debianFor, nodeTarball, whyNot } from './debian.ts';
import { LoopDevice, Machine } from './machine.ts';
import { ACT, acting, codeIn } from './staff-act.ts';

/**
 * A coordinator, a seat and a display installed as hardware/README.md tells a builder, started by a real systemd, all over
 * TLS. Their kernel is this machine's: nothing here has pins, a panel, or a screen of glass.
 */

const CHECKOUT = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** The coordinator's address in the machines' own network. */
const HALL_ADDRESS = '192.168.10.1';
const HANG_S = HANG_MS / 1000;
const PAGES = `https://${HALL_ADDRESS}:8443`;
/** On every machine, by the way that carries it to a seat. */
const CA = '/root/ca.crt';
const SEAT = ['--hall', 'sample-hall', '--coordinator', `mqtts://${HALL_ADDRESS}:8883`, '--ca', CA];
const DISPLAY = ['--page', `${PAGES}/hall`, '--ca', CA];
/** Asks over TLS, and believes who has a certificate of the hall's CA. */
const ASK = `curl -fsS --cacert ${CA}`;
const NO_HARDWARE = ['--board', 'none', '--reader', 'none'];
const PACKAGE = '/mnt/hallvote.tar.gz';
const NODE = '/mnt/node.tar';
/** A key like any other, of nobody's hall. */
const FOREIGN_KEY = keyPairFromSeed(new Uint8Array(32)).x;

/** A screen in memory in the place of one that hangs on a graphics chip, and of the first virtual terminal. */
const SCREEN_IN_MEMORY = `[Unit]
ConditionPathExists=
[Service]
TTYPath=
StandardInput=null
Environment=WLR_BACKENDS=headless WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1
`;

/** Prints what the seat's screen shows, as its page hears it. */
const LOOK = `cd /opt/hallvote/app && /opt/hallvote/node/bin/node --input-type=module -e '
  import WebSocket from "ws";
  const socket = new WebSocket("ws://127.0.0.1:8090/seat/socket");
  socket.on("message", (text) => { console.log(String(text)); socket.close(); });
  socket.on("error", () => process.exit(1));'`;

const reason = whyNot();
if (reason !== null) process.stderr.write(`\nNOT TRIED: the installers under a real systemd: ${reason}\n\n`);

describe.skipIf(reason !== null)(`installed${reason === null ? '' : ` (not tried: ${reason})`}`, () => {
  const node = reason === null ? nodeTarball() : { file: '', sum: '' };
  const offline = `--node ${NODE} --node-sha256 ${node.sum}`;
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-install-'));
  const machines: Machine[] = [];
  let partition: LoopDevice | null = null;
  let hall: Machine;
  let seat: Machine;
  let key = '';

  /** @param name of the packages it has, too. */
  const boot = async (name: string, installer: readonly string[], network?: Machine, device?: string) => {
    const machine = await Machine.boot({
      name,
      layers: debianFor(name, CHECKOUT, installer),
      bring: { [join(folder, 'hallvote.tar.gz')]: PACKAGE, [node.file]: NODE },
      ...(network && { network }),
      ...(device && { device }),
    });
    machines.push(machine);
    await machine.must(`tar xf ${PACKAGE}`);
    return machine;
  };
  const installHall = () => hall.run(`hardware/provision/install-coordinator.sh ${offline}`);
  const installSeat = (...args: string[]) =>
    seat.run(`hardware/provision/install-seat.sh ${[...SEAT, ...NO_HARDWARE, ...args].join(' ')} ${offline}`);
  const show = (machine: Machine, unit: string, property: string) =>
    machine.must(`systemctl show --property=${property} --value ${unit}`);
  const pidOf = (machine: Machine, unit: string) => show(machine, unit, 'MainPID');

  const hasNoGlass = async (machine: Machine) => {
    const dropIn = '/etc/systemd/system/hallvote-kiosk.service.d';
    await machine.must(`mkdir -p ${dropIn}; cat >${dropIn}/memory.conf <<'END'\n${SCREEN_IN_MEMORY}END`);
  };
  /** To which of the hall's ports somebody in the machines' network holds a line. */
  const heldPorts = async (machine: Machine) => {
    const table = await machine.must('cat /proc/net/tcp');
    const lines = [...table.matchAll(/: 010AA8C0:\w{4} 010AA8C0:(\w{4}) 01 /g)];
    const ports = new Set(lines.map(([, port]) => Number.parseInt(port ?? '', 16)));
    return [1883, 8080, 8443, 8883].filter((port) => ports.has(port));
  };
  const bringCa = (machine: Machine, ca: string) => machine.must(`cat >${CA} <<'END'\n${ca}\nEND`);

  beforeAll(async () => {
    const pack = join(CHECKOUT, 'hardware/provision/pack.sh');
    execFileSync(pack, ['--modules', join(folder, 'hallvote.tar.gz')], { stdio: 'ignore' });
    hall = await boot('hall', ['install-coordinator.sh']);
    hall.addCard(`${HALL_ADDRESS}/24`);
    // The machines share one network, and with it the port of SSH.
    await hall.must('systemctl mask --quiet --now ssh');
    partition = new LoopDevice(join(folder, 'partition'));
    // Which packages it wants does not hang on a hall, whose CA is not there yet.
    const nowhere = ['--hall', 'h', '--coordinator', 'mqtt://h:1883', '--key', FOREIGN_KEY];
    const installer = ['install-seat.sh', '--id', 'T-1', ...nowhere, ...NO_HARDWARE];
    seat = await boot('seat', installer, hall, partition.path);
    await seat.must('systemctl restart ssh');
    await hasNoGlass(seat);
  });
  afterAll(async () => {
    for (const machine of machines.reverse()) await machine.destroy();
    partition?.detach();
    rmSync(folder, { recursive: true });
  });

  it('a coordinator prints its administrator’s code and its key, and serves its pages', async () => {
    expect(await installHall()).toMatchObject({ status: 0 });
    const ca = await hall.must('cat /var/lib/hallvote/tls/ca.crt');
    for (const machine of [hall, seat]) await bringCa(machine, ca);
    for (const machine of [hall, seat]) await machine.until(`${ASK} ${PAGES}/operator | grep -q "<html"`);
    // Without the CA nobody is believed, and without TLS there is nothing but how to trust it.
    expect((await seat.run(`curl -sS ${PAGES}/operator`)).text).toContain('SSL certificate problem');
    expect((await seat.run(`curl -sS http://${HALL_ADDRESS}:8080/operator`)).text).not.toContain('<hv-');
    const journal = await hall.must('journalctl -u hallvote-coordinator -o cat');
    expect(journal).toMatch(/one-time code of the administrator \S+ is [0-9A-Z]{4}-[0-9A-Z]{4}/);
    key = /key: ([A-Za-z0-9_-]{43})\)/.exec(journal)?.[1] ?? '';
    expect(key).not.toBe('');
    expect(journal).toContain(`mqtts://${HALL_ADDRESS}:8883`);
  });

  it('a coordinator is left alone by a second run, and started by it where it was stopped', async () => {
    const pid = await pidOf(hall, 'hallvote-coordinator');
    expect((await installHall()).text).not.toMatch(/written|installed:/);
    expect(await pidOf(hall, 'hallvote-coordinator')).toBe(pid);
    await hall.must('systemctl stop hallvote-coordinator');
    expect(await installHall()).toMatchObject({ status: 0 });
    await hall.until(`${ASK} ${PAGES}/operator >/dev/null`);
  });

  it('an installer says that a coordinator does not stay up', async () => {
    await hall.must("cd /etc/hallvote; cp -p hall.yaml sound; echo 'no: such setting' >>hall.yaml");
    await hall.must('systemctl stop hallvote-coordinator');
    const refused = await installHall();
    await hall.must('mv /etc/hallvote/sound /etc/hallvote/hall.yaml; systemctl restart hallvote-coordinator');
    expect(refused).toMatchObject({
      status: 2,
      text: expect.stringContaining('the coordinator does not stay up: journalctl'),
    });
  });

  it('a seat comes up, speaks to its hall and has its page on the screen', async () => {
    const { status, text } = await installSeat('--id', 'T-001', '--key', key);
    expect(text).toContain('seat T-001 ready');
    expect(text).not.toContain('no page on the screen');
    expect(status).toBe(0);
    await seat.until('curl -fsS "http://127.0.0.1:8090/seat?lang=zh" | grep -q "<html"');
    await seat.until(`${LOOK} | grep '"is":"not-enrolled"'`);
    expect(await seat.must('systemctl is-active hallvote-terminal hallvote-kiosk')).toBe('active\nactive');
    expect(await seat.must('journalctl -t hallvote-kiosk -o cat')).toContain('hallvote-shown');
  });

  it('a seat that is approved comes by a certificate of the hall for its own key, and speaks with it', async () => {
    const own = /key ([A-Za-z0-9_-]{43})/.exec(
      await seat.must('journalctl -u hallvote-terminal -o cat'),
    )?.[1];
    await hall.must(ACT);
    const code = codeIn(await hall.must('journalctl -u hallvote-coordinator -o cat'));
    await hall.must(acting(PAGES, code, { act: 'enrol', terminal: 'T-001', key: own ?? '', seat: '01-01' }));
    await seat.until(`${LOOK} | grep '"is":"check-in"'`);
    const shown = '/var/lib/hallvote/certificate.pem';
    expect(await seat.must(`openssl verify -x509_strict -CAfile ${CA} ${shown}`)).toContain('OK');
    expect(await seat.must(`openssl x509 -in ${shown} -noout -ext subjectAltName`)).toContain(
      'URI:urn:hallvote:terminal:sample-hall:T-001',
    );
    const raw = `openssl x509 -in ${shown} -noout -pubkey | openssl pkey -pubin -outform DER | tail -c 32 | basenc --base64url | tr -d =`;
    expect(await seat.must(raw)).toBe(own);
    // Nothing is said in the clear: there is one line, and it goes to the port of TLS.
    await until('the seat’s line', HANG_S, async () => (await heldPorts(seat)).includes(8883));
    expect(await heldPorts(seat)).toEqual([8883]);
  });

  it('a display shows the hall’s page once it trusts the hall’s CA, and with another’s it does not', async () => {
    const display = await boot('seat', ['install-display.sh', '--page', 'http://h/hall'], hall);
    await display.must('systemctl mask --quiet --now ssh');
    await hasNoGlass(display);
    const installDisplay = () => display.run(`hardware/provision/install-display.sh ${DISPLAY.join(' ')}`);
    const said = 'journalctl -t hallvote-kiosk -o cat';
    await bringCa(display, (await testTls()).ca.certificate);
    expect(await installDisplay()).toMatchObject({ status: 0 });
    await display.until(`${said} | grep -q 'hallvote-says.*certificate'`);
    expect(await display.must(said)).not.toContain('hallvote-reached');

    await bringCa(display, await hall.must('cat /var/lib/hallvote/tls/ca.crt'));
    const { status, text } = await installDisplay();
    expect(text).not.toContain('no page on the screen');
    expect(status).toBe(0);
    await display.until(`${said} | grep -q hallvote-reached`);
    // Its page holds its line to the hall.
    await until('the display’s line', HANG_S, async () => (await heldPorts(display)).includes(8443));
    expect(await display.must('systemctl is-active hallvote-kiosk')).toBe('active');
    await display.destroy();
    machines.splice(machines.indexOf(display), 1);
  });

  it('the browser reaches the seat, and nothing in the hall', async () => {
    const group = `/sys/fs/cgroup$(sed -n 's/^0:://p' /proc/$(pgrep -x cage)/cgroup)`;
    const fetch = (url: string) => `curl -sS -m 3 -o /dev/null ${url}`;
    const asBrowser = (url: string) =>
      seat.run(`group=${group}; sh -c 'echo $$ >"$0/cgroup.procs"; exec ${fetch(url)}' "$group"`);
    expect(await seat.must(`echo ${group}`)).toContain('/user.slice/user-');
    expect(await seat.run(fetch(`http://${HALL_ADDRESS}:8080/hall`))).toMatchObject({ status: 0 });
    expect(await asBrowser('http://127.0.0.1:8090/seat')).toMatchObject({ status: 0 });
    expect((await asBrowser(`http://${HALL_ADDRESS}:8080/hall`)).text).toContain('timed out');
  });

  it('a screen that shows nothing is not called active', async () => {
    await seat.must('mv /usr/bin/Xwayland /usr/bin/Xwayland.away');
    await seat.must('systemctl restart --no-block hallvote-kiosk');
    await seat.until('journalctl -t hallvote-kiosk -b | grep -q "Cannot find Xwayland"');
    expect(await show(seat, 'hallvote-kiosk', 'ActiveState')).toBe('activating');
    await seat.must('mv /usr/bin/Xwayland.away /usr/bin/Xwayland; systemctl restart hallvote-kiosk');
  });

  it('a second run changes nothing, and another setting is applied at once', async () => {
    const pid = await pidOf(seat, 'hallvote-terminal');
    expect((await installSeat('--id', 'T-001', '--key', key)).text).toContain('nothing to change');
    expect(await pidOf(seat, 'hallvote-terminal')).toBe(pid);
    expect(await installSeat('--id', 'T-001', '--key', FOREIGN_KEY)).toMatchObject({ status: 0 });
    expect(await pidOf(seat, 'hallvote-terminal')).not.toBe(pid);
    // Its screen says what a wrong key looks like: it is connected, and hears nothing of its hall.
    await seat.until(`${LOOK} | grep '"isConnected":true.*"is":"starting"'`);
  });

  it('a mistyped key is refused, and the seat goes on with the right one', async () => {
    expect(await installSeat('--id', 'T-001', '--key', key)).toMatchObject({ status: 0 });
    const pid = await pidOf(seat, 'hallvote-terminal');
    const wrong = [...key].reverse().join('');
    expect(await installSeat('--id', 'T-001', '--key', wrong)).toMatchObject({
      status: 2,
      text: expect.stringContaining('coordinator.key: this is no Ed25519 public key'),
    });
    expect(await pidOf(seat, 'hallvote-terminal')).toBe(pid);
    expect(await seat.must('cat /etc/hallvote/terminal.yaml')).toContain(key);
  });

  it('a broken terminal.yaml stands on the screen', async () => {
    await seat.must('cp -p /etc/hallvote/terminal.yaml sound; echo "no: such" >>/etc/hallvote/terminal.yaml');
    await seat.run('systemctl restart hallvote-terminal');
    await seat.until('grep -q "terminal.yaml:.* no: is not known here" /run/hallvote-kiosk/why.js');
    await seat.must('cp -p sound /etc/hallvote/terminal.yaml; systemctl restart hallvote-terminal');
  });

  it.each([
    ['coordinator', () => hall, 'hallvote-coordinator', `${ASK} ${PAGES}/operator`],
    ['seat', () => seat, 'hallvote-terminal', 'curl -fsS http://127.0.0.1:8090/seat'],
  ])('a %s that is killed starts again', async (_what, machine, unit, asks) => {
    const pid = await pidOf(machine(), unit);
    await machine().must(`kill -KILL ${pid}`);
    await machine().until(`${asks} >/dev/null`);
    expect(await pidOf(machine(), unit)).not.toBe(pid);
  });

  it('a data partition that comes late, goes and comes again starts its seat each time', async () => {
    const disk = partition;
    if (disk === null) throw new Error('no disk');
    const link = `/dev/disk/by-label/${disk.label}`;
    const withPartition = ['--id', 'T-001', '--key', key, '--data-partition', `LABEL=${disk.label}`];
    const missing = await installSeat(...withPartition);
    expect(missing).toMatchObject({ status: 2, text: expect.stringContaining('the seat does not start') });
    await seat.until(`grep -q "数据分区没有出现：${link}" /run/hallvote-kiosk/why.js`);

    const isUp =
      'systemctl is-active hallvote-terminal && findmnt -no FSTYPE /var/lib/hallvote | grep -qx ext4';
    disk.format();
    await disk.attach();
    await seat.until(isUp);
    expect(await installSeat(...withPartition)).toMatchObject({ status: 0 });
    const identity = await seat.must('sha256sum /var/lib/hallvote/seed');

    disk.detach();
    await seat.must(`udevadm trigger --action=remove ${link}`);
    await seat.until('! systemctl is-active hallvote-terminal && ! findmnt /var/lib/hallvote');
    await disk.attach();
    await seat.until(isUp);
    expect(await seat.must('sha256sum /var/lib/hallvote/seed')).toBe(identity);
  });

  it('a cloned card becomes the seat of its machine at its first start', async () => {
    await seat.must("printf 'serial,id\r\n10000000abcd1234,01-02\r\n' >seats.csv");
    const golden = await installSeat('--golden', '--seats', 'seats.csv', '--key', key);
    expect(golden).toMatchObject({ status: 0, text: expect.stringContaining('golden card ready') });
    expect(await seat.must('ls /var/lib/hallvote /etc/ssh')).not.toMatch(/seed|ssh_host/);
    // The serial number of a Pi, which this machine is not.
    const dropIn = '/etc/systemd/system/hallvote-firstboot.service.d';
    await seat.must(
      `mkdir ${dropIn}; printf '[Service]\nEnvironment=HALLVOTE_SERIAL=10000000ABCD1234\n' >${dropIn}/pi.conf`,
    );
    await seat.shutDown();
    await seat.start();
    for (const unit of ['hallvote-firstboot', 'hallvote-terminal', 'ssh', 'hallvote-kiosk'])
      await seat.until(`systemctl is-active ${unit}`);
    expect(await seat.must('cat /etc/hallvote/terminal.yaml')).toContain('id: "01-02"');
    expect(await seat.must('hostname; cat /etc/hostname')).toBe('01-02\n01-02');
    expect(await seat.must('ls /etc/ssh')).toContain('ssh_host_ed25519_key.pub');
    expect(await seat.must('cat /etc/machine-id')).toMatch(/^[0-9a-f]{32}$/);
    await seat.until(`${LOOK} | grep '"is":"not-enrolled","terminal":"01-02"'`);
  });

  it('a card whose table makes no sense says so on the screen, and can be logged in to', async () => {
    await seat.must(
      "printf 'abcd1234,a/b' >/boot/firmware/hallvote/seats.csv; rm /etc/hallvote/terminal.yaml /etc/ssh/ssh_host_*",
    );
    await seat.shutDown();
    await seat.start();
    await seat.until('grep -q "席位设置有误：seats.csv: the id of abcd1234" /run/hallvote-kiosk/why.js');
    expect(await seat.must('systemctl is-active ssh')).toBe('active');
  });

  it('what was installed can be taken away again', async () => {
    const { status } = await seat.run('hardware/provision/install-seat.sh --uninstall');
    expect(status).toBe(0);
    const left = await seat.must('find /etc /opt /usr -type f -path "*hallvote*"');
    // The drop-ins are this test's own.
    const ours = /^\/etc\/hallvote\/|\/(memory|pi)\.conf$/;
    expect(left.split('\n').filter((path) => !ours.test(path))).toEqual([]);
  });
});
