import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { REGISTER_ROUTES } from '../../../coordinator/contract/register/routes.ts';
import { RegisterProcess } from '../../crash/register-process.ts';
import { askFrom, manyParts } from '../../support/from-address.ts';
import { codeOn, hiddenField } from '../../support/public-form.ts';
import type { Trial } from '../trial.ts';
import { pause } from '../waiting.ts';

const SENT = 1_000;
/** So many of the flood are under way at once. */
const AT_ONCE = 40;
/** What comes sooner after its form is refused for that alone. */
const FORM_MS = 4_000;
/** Whoever works at the desk meanwhile waits no longer. */
const DESK_MS = 3_000;
const GROWTH_MB = 150;
const CYCLE = 2027;

const MATTER = { title: '人民路加装路灯', text: '夜里太黑，老人不敢出门。' };
const places = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `127.0.${prefix}.${i + 1}`);
const HONEST = places('9', 10);

interface Form {
  readonly from: string;
  readonly token: string;
}

/** Does `work` with each, so many at once. */
async function each<T, R>(all: readonly T[], most: number, work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  const left = all.entries();
  const hand = async () => {
    for (const [at, one] of left) done[at] = await work(one);
  };
  await Promise.all(Array.from({ length: most }, hand));
  return done;
}

const memory = (pid: number, what: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) /
  1024;

/** A thousand proposals from `flood`, while others send one each and an office works. */
async function wave(register: RegisterProcess, flood: readonly string[], honest: readonly string[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const office = await register.as('gov');
  const formOf = async (from: string): Promise<Form> => {
    const page = await askFrom(from, `${register.http}/propose/matter`, new URLSearchParams(MATTER), agent);
    return { from, token: hiddenField(page.text, 'token') };
  };
  const press = ({ from, token }: Form) =>
    askFrom(from, `${register.http}/propose`, manyParts({ ...MATTER, token }), agent).then(
      ({ text }) => codeOn(text) !== '',
      () => false,
    );
  const many = Array.from({ length: SENT }, (_, i) => flood[i % flood.length] ?? '');
  const [attack, others] = [await each(many, AT_ONCE, formOf), await each(honest, 4, formOf)];
  await pause(FORM_MS);
  let isOver = false;
  const begun = performance.now();
  const sent = each(attack, AT_ONCE, press).finally(() => {
    isOver = true;
  });
  const desk: number[] = [];
  const works = async () => {
    while (!isOver) {
      const from = performance.now();
      await office.ask(REGISTER_ROUTES.proposals, { body: { cycle: CYCLE, stage: 'all', text: '路灯' } });
      desk.push(performance.now() - from);
      await pause(100);
    }
  };
  const [taken, came] = await Promise.all([sent, each(others, 2, press), works()]);
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  return {
    seconds,
    taken: taken.filter(Boolean).length,
    honest: came.filter(Boolean).length,
    desk: Math.max(...desk),
  };
}

/** More proposals than anybody can mean, at a register of its own, from this machine's own addresses. */
export const registerFlood: Trial = {
  name: 'register-flood',
  does: 'a thousand proposals within a minute from one address, and from two hundred, at a register; others propose and an office works meanwhile',
  run: async () => {
    const register = new RegisterProcess();
    try {
      await register.start();
      const act = { act: 'open-cycle', cycle: CYCLE, from: '2020-01-01', to: '2099-12-31' } as const;
      await (await register.as('congress')).ask(REGISTER_ROUTES.act, { body: act });
      await register.as('gov');
      const before = memory(register.pid, 'VmRSS');
      const findings: string[] = [];
      const tried: string[] = [];
      for (const [what, flood, honest, most] of [
        ['one address', places('8', 1), HONEST.slice(0, 5), () => 24],
        ['200 addresses', places('7', 200), HONEST.slice(5), (s: number) => 400 + Math.ceil(s * 2)],
      ] as const) {
        const seen = await wave(register, flood, honest);
        tried.push(
          `${what}: ${SENT} in ${seen.seconds.toFixed(0)} s, ${seen.taken} taken, ${seen.honest} of ${honest.length} others, desk ${seen.desk.toFixed(0)} ms at the worst`,
        );
        if (seen.seconds > 60) findings.push(`${what}: ${SENT} took ${seen.seconds.toFixed(0)} s to answer`);
        if (seen.taken > most(seen.seconds)) findings.push(`${what}: ${seen.taken} were taken`);
        if (seen.honest < honest.length)
          findings.push(`${what}: ${honest.length - seen.honest} others were kept out`);
        if (seen.desk > DESK_MS) findings.push(`${what}: the desk waited ${seen.desk.toFixed(0)} ms`);
      }
      const after = memory(register.pid, 'VmRSS');
      tried.push(`memory ${before.toFixed(0)} → ${after.toFixed(0)} MB`);
      if (after - before > GROWTH_MB) findings.push(`memory grew from ${before} to ${after} MB`);
      return { tried: tried.join('; '), notTried: [], findings };
    } finally {
      await register.remove();
    }
  },
};
