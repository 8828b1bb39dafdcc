import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyPairFromSeed } from '../../shared/protocol/keys.ts';
import { debianFor, nodeTarball, whyNot } from './debian.ts';
import { LoopDevice, Machine } from './machine.ts';

/**
 * A coordinator and a seat installed as hardware/README.md tells a builder, started by a real systemd. Their
 * kernel is this machine's: nothing here has pins, a panel, or a screen of glass.
 */

const CHECKOUT = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** The coordinator's address in the machines' own network. */
const HALL_ADDRESS = '192.168.10.1';
/** These machines show what the installers do; TLS is shown elsewhere, with the same programs. */
const IN_THE_CLEAR =
  "sed -i 's/^tls: on$/tls: off\\ninsecure: true/; s/port: 8883/port: 1883/' /etc/hallvote/hall.yaml && systemctl restart hallvote-coordinator";
const SEAT = ['--hall', 'sample-hall', '--coordinator', `mqtt://${HALL_ADDRESS}:1883`];
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

  beforeAll(async () => {
    const pack = join(CHECKOUT, 'hardware/provision/pack.sh');
    execFileSync(pack, ['--modules', join(folder, 'hallvote.tar.gz')], { stdio: 'ignore' });
    hall = await boot('hall', ['install-coordinator.sh']);
    hall.addAddress(`${HALL_ADDRESS}/24`);
    // The machines share one network, and with it the port of SSH.
    await hall.must('systemctl mask --quiet --now ssh');
    partition = new LoopDevice(join(folder, 'partition'));
    const installer = ['install-seat.sh', '--id', 'T-1', ...SEAT, '--key', FOREIGN_KEY, ...NO_HARDWARE];
    seat = await boot('seat', installer, hall, partition.path);
    await seat.must('systemctl restart ssh');
    const dropIn = '/etc/systemd/system/hallvote-kiosk.service.d';
    await seat.must(`mkdir ${dropIn}; cat >${dropIn}/memory.conf <<'END'\n${SCREEN_IN_MEMORY}END`);
  });
  afterAll(async () => {
    for (const machine of machines.reverse()) await machine.destroy();
    partition?.detach();
    rmSync(folder, { recursive: true });
  });

  it('a coordinator prints its administrator’s code and its key, and serves its pages', async () => {
    expect(await installHall()).toMatchObject({ status: 0 });
    await hall.must(IN_THE_CLEAR);
    await hall.until('curl -fsS http://127.0.0.1:8080/operator | grep -q "<html"');
    const journal = await hall.must('journalctl -u hallvote-coordinator -o cat');
    expect(journal).toMatch(/one-time code of the administrator \S+ is [0-9A-Z]{4}-[0-9A-Z]{4}/);
    key = /key: ([A-Za-z0-9_-]{43})\)/.exec(journal)?.[1] ?? '';
    expect(key).not.toBe('');
  });

  it('a coordinator is left alone by a second run, and started by it where it was stopped', async () => {
    const pid = await pidOf(hall, 'hallvote-coordinator');
    expect((await installHall()).text).not.toMatch(/written|installed:/);
    expect(await pidOf(hall, 'hallvote-coordinator')).toBe(pid);
    await hall.must('systemctl stop hallvote-coordinator');
    expect(await installHall()).toMatchObject({ status: 0 });
    await hall.until('curl -fsS http://127.0.0.1:8080/operator >/dev/null');
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
    ['coordinator', () => hall, 'hallvote-coordinator', 'http://127.0.0.1:8080/operator'],
    ['seat', () => seat, 'hallvote-terminal', 'http://127.0.0.1:8090/seat'],
  ])('a %s that is killed starts again', async (_what, machine, unit, url) => {
    const pid = await pidOf(machine(), unit);
    await machine().must(`kill -KILL ${pid}`);
    await machine().until(`curl -fsS ${url} >/dev/null`);
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
