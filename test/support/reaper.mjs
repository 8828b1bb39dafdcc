#!/usr/bin/env node
// Ends what a run of the tests has left behind: every process that bears the run's mark in its environment, which all
// that is started in it inherit. It begins when its standard input ends, as it does whatever becomes of the run, a
// SIGKILL included. Knows Linux only; elsewhere it does nothing.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** How long what is left may take to put its own things away, in ms. */
const GRACE_MS = 10_000;
const [mark = ''] = process.argv.slice(2);

function bears(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(mark);
  } catch {
    // Gone meanwhile, or not ours.
    return false;
  }
}
const left = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && bears(name))
    .map(Number);

function end(pids, signal) {
  for (const pid of pids)
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended.
    }
}

process.stdin.resume();
process.stdin.on('end', () => void reap());

async function reap() {
  if (mark === '' || !existsSync('/proc/self/environ')) return;
  end(left(), 'SIGTERM');
  const late = performance.now() + GRACE_MS;
  while (left().length > 0 && performance.now() < late) await pause(100);
  // Again and again: what is ended may just have started another.
  for (let pids = left(); pids.length > 0; pids = left()) {
    end(pids, 'SIGKILL');
    await pause(50);
  }
}
