#!/usr/bin/env node
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { packageRoot } from '../../shared/package-root.ts';
import { readConfig } from '../config.ts';
import { type InstallParts, install, readJson } from './install.ts';
import { healthyFile, placesIn } from './places.ts';
import { pinnedKey, RELEASE_KEY_FILE, thisMachine } from './seat-updates.ts';
import { start } from './start.ts';
import { machineTree } from './tree.ts';
import { FRESH, judge, Word } from './trial.ts';
import { Verdict, VersionState } from './versions.ts';

/**
 * What root does of an update, in programs of their own: `install`, `start`, `watch`. All of them are always those of the
 * version that came with the system, never those of an update.
 */

const LOOK_MS = 2_000;
/** Root's own, in memory: gone after a restart of the machine. */
const RUN = '/run/hallvote-version';
const VERDICT = join(RUN, 'verdict.json');
const TRIAL = join(RUN, 'trial.json');
const KNOWN = join(RUN, 'known.json');

interface Options {
  data: string;
  key: string;
  config: string;
}

const parts = ({ data, key }: Options): InstallParts => ({
  tree: machineTree,
  places: placesIn(data, packageRoot()),
  releaseKey: pinnedKey(key),
  machine: thisMachine,
});

/** Whether the coordinator takes a connection, whatever is said on it. */
function isReachable(url: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const usual: Readonly<Record<string, number>> = { 'mqtt:': 1883, 'mqtts:': 8883, 'ws:': 80, 'wss:': 443 };
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (usual[protocol] ?? 0),
    });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(LOOK_MS, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const say = (line: string) => void process.stdout.write(`${line}\n`);

function installFetched(options: Options): void {
  const { refused, manifest } = install(parts(options));
  say(refused === null ? `installed ${manifest}` : `refused: ${refused}`);
}

/** Leaves in {@link RUN} which program is to be started, and what is on trial. */
function chooseVersion(options: Options): void {
  mkdirSync(RUN, { recursive: true, mode: 0o755 });
  const known = new Set(readJson(machineTree, KNOWN, z.array(z.string())) ?? []);
  const { app, state } = start(parts(options), readJson(machineTree, VERDICT, Verdict), known);
  writeFileSync(KNOWN, JSON.stringify([...known]));
  rmSync(VERDICT, { force: true });
  if (state.trial) writeFileSync(TRIAL, JSON.stringify(state.trial));
  else rmSync(TRIAL, { force: true });
  rmSync(join(RUN, 'app.new'), { force: true });
  symlinkSync(app, join(RUN, 'app.new'));
  renameSync(join(RUN, 'app.new'), join(RUN, 'app'));
  say(`to start: ${app}${state.trial ? `, on trial, start ${state.trial.starts}` : ''}`);
}

/** Watches what is on trial until it is judged. */
async function watchTrial(options: Options): Promise<void> {
  const { places } = parts(options);
  const { coordinator } = readConfig(options.config);
  let patience = FRESH;
  for (let last = performance.now(); ; await pause(LOOK_MS)) {
    const trial = readJson(machineTree, TRIAL, VersionState.shape.trial);
    if (trial === null) return;
    const word = readJson(machineTree, healthyFile(places), Word);
    const look = { word, isReachable: await isReachable(coordinator.url), page: trial.page };
    const now = performance.now();
    const judgement = judge(patience, { ...look, passed: now - last });
    last = now;
    if (judgement.is === 'wait') {
      patience = judgement.patience;
      continue;
    }
    const became = judgement.is === 'confirmed' ? 'confirmed' : judgement.why;
    say(`the version on trial: ${became}`);
    writeFileSync(VERDICT, JSON.stringify({ manifest: trial.manifest, became }));
    const then = became === 'confirmed' ? ['start', 'hallvote-version'] : ['restart', 'hallvote-terminal'];
    execFileSync('systemctl', ['--no-block', ...then]);
    return;
  }
}

const program = new Command('hallvote-update').description('installs, chooses and watches a seat’s versions');
const command = (name: string, about: string, act: (options: Options) => void | Promise<void>) =>
  program
    .command(name)
    .description(about)
    .option('--data <dir>', 'where the seat keeps key and outbox', '/var/lib/hallvote')
    .option('--key <file>', 'the release key', RELEASE_KEY_FILE)
    .option('--config <file>', 'terminal.yaml', '/etc/hallvote/terminal.yaml')
    .action(act);
program
  .command('check-key <file>')
  .description('whether a release key stands there')
  .action((file: string) => {
    if (pinnedKey(file) === null) process.exitCode = 2;
  });
command('install', 'installs what the terminal has fetched', installFetched);
command('start', 'chooses the version to start', chooseVersion);
command('watch', 'watches the version on trial', watchTrial);
await program.parseAsync();
