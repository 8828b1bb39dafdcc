#!/usr/bin/env node
// The walls of the house: which room may import which. Part of `npm run check`; each broken rule is said as a sentence.
// import-rules.mjs [<folder>]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const TEST = /\.test\.ts$|\/testing\//;
const ROOMS = ['shared', 'hardware', 'terminal', 'coordinator'];

/**
 * A wall: files matching `of` import nothing that matches `not`, neither a file of the project nor `node:…` or a package.
 * `unless` are doors in it. `far`: not even through others.
 */
const RULES = [
  {
    says: 'coordinator and terminal never import each other: what both must know stands in shared',
    of: /^coordinator\//,
    not: /^terminal\//,
  },
  {
    says: 'coordinator and terminal never import each other: what both must know stands in shared',
    of: /^terminal\//,
    not: /^coordinator\//,
  },
  {
    says: 'shared is what every part agrees on and knows none of them',
    of: /^shared\//,
    not: /^(hardware|terminal|coordinator)\//,
  },
  {
    says: 'hardware is behind its capabilities and knows nothing of the seat or the hall',
    of: /^hardware\/(?!provision\/)/,
    not: /^(terminal|coordinator)\//,
  },
  {
    says: 'kinds of motion are pure: no file, server, clock or page',
    of: /^shared\/kinds\//,
    not: /^node:|^shared\/belenios\//,
  },
  {
    says: 'a list of projects is a format: no file, server, clock or page',
    of: /^shared\/projects\//,
    not: /^node:|^shared\/(belenios|kinds|pages|update)\//,
  },
  {
    says: 'what a seat does is pure: no file, server or clock',
    of: /^terminal\/seat\//,
    not: /^node:|^terminal\/(?!seat\/|machine\/clock\.ts)/,
  },
  {
    says: 'what votes in a hall knows nothing of rehearsals',
    of: /^terminal\/(?!rehearsal\/)|^coordinator\/(?!rehearsal\/|cli\/)/,
    not: /^(terminal|coordinator)\/rehearsal\//,
  },
  {
    says: 'a chronicle is any signed ledger: it knows nothing of what stands in it',
    of: /^coordinator\/chronicle\//,
    not: /^coordinator\/(?!chronicle\/|process\/)/,
  },
  {
    says: 'the sitting is pure: it knows no broker, page, server or file',
    of: /^coordinator\/sitting\//,
    not: /^node:(?!crypto$|util$)|^coordinator\/(hall|web|staff|pages|cli|config|update|rehearsal)\/|^coordinator\/[^/]+\.ts$/,
  },
  {
    says: 'what a register is is pure: it knows no hall, page, server or file',
    of: /^coordinator\/register\/model\//,
    not: /^node:|^coordinator\/(hall|sitting|web|staff|pages|cli|config|update|rehearsal|bundle)\/|^coordinator\/register\/(?!model\/)|^coordinator\/[^/]+\.ts$/,
  },
  {
    says: 'figures of notices are computed of works and a day: no file, server, clock or page',
    of: /^coordinator\/register\/notices\//,
    not: /^node:|^coordinator\/(hall|sitting|web|staff|pages|cli|config|update|rehearsal|bundle|process)\/|^coordinator\/register\/(program|web|public|beside|attachments)\/|^coordinator\/[^/]+\.ts$/,
  },
  {
    says: 'documents are made of what they are given: no server, ledger, page or setting',
    of: /^coordinator\/register\/papers\//,
    not: /^coordinator\/(chronicle|hall|sitting|web|staff|pages|cli|config|update|rehearsal|bundle)\/|^coordinator\/[^/]+\.ts$/,
  },
  {
    says: 'what a register keeps, takes in and hands out as files knows no server, page or hall',
    of: /^coordinator\/register\/(beside|attachments|tables)\//,
    not: /^coordinator\/(hall|sitting|web|pages|cli|update|rehearsal|bundle)\/|^coordinator\/[^/]+\.ts$|^(fastify|aedes)$/,
  },
  {
    says: 'a hall knows nothing of registers',
    of: /^coordinator\/(hall|sitting|bundle|chronicle|staff|door|web|wire|tls|process|proofs|cards|update|scrutineer)\//,
    not: /^coordinator\/register\//,
  },
  {
    says: 'a register knows of a hall what its bundle proves, and no more',
    of: /^coordinator\/register\//,
    not: /^coordinator\/(hall|cards|update|scrutineer)\/|^coordinator\/main\.ts$/,
  },
  {
    says: 'what is read of a hall’s bundle or of registers beneath knows no server, page or setting',
    of: /^coordinator\/register\/(bridge|federation)\//,
    not: /^coordinator\/(web|staff|door|pages|cli|config|rehearsal)\/|^coordinator\/register\/(program|web|public|beside|attachments|papers|tables)\/|^coordinator\/[^/]+\.ts$|^(fastify|aedes)$/,
  },
  {
    says: 'a stranger’s file is opened in a process of its own, and nowhere else',
    of: /^coordinator\/(?!rehearsal\/|register\/(attachments\/(clean|clean-program|picture|pdf)|tables\/(read-program|read-table|read-xlsx))\.ts$)/,
    not: /^(sharp|@cantoo\/pdf-lib)$|^coordinator\/register\/(attachments\/(clean|picture|pdf)|tables\/(read-table|read-xlsx))\.ts$/,
  },
  {
    says: 'pages run in a browser: they import the contract, shared and each other, and nothing that runs on Node',
    of: /^coordinator\/pages\//,
    not: /^node:|^coordinator\/(hall|web|staff|door|wire|tls|cli|config|process|bundle|cards|update|rehearsal)\/|^coordinator\/register\/(?!model\/|notices\/)|^coordinator\/[^/]+\.ts$|^(fastify|aedes|ws|better-sqlite3|pino|commander)$/,
  },
  {
    says: 'parts of pages are beneath every page and know none',
    of: /^coordinator\/pages\/(register\/)?parts\//,
    // Whoever signs out on any page wipes what the telephone was told.
    not: /^coordinator\/pages\/(?!parts\/|register\/parts\/|register\/visits\/telephone\.ts$)/,
  },
  {
    says: 'the contract is what pages and servers say to each other: no server and no file',
    of: /^coordinator\/contract\//,
    not: /^node:|^coordinator\/(hall|web|staff|cli|config|pages|rehearsal)\//,
  },
  {
    says: 'the verifier is a stranger’s program: it runs, and starts quickly, without broker, database, web, pages or hall',
    of: /^coordinator\/(bundle|register\/feed)\//,
    not: /^coordinator\/(hall|web|staff|door|pages|cli|config|update|rehearsal)\/|^coordinator\/register\/(program|web|public|beside|attachments|papers|tables)\/|^coordinator\/[^/]+\.ts$|^(aedes|fastify|@fastify\/.*|ws|mqtt|better-sqlite3|pino)$/,
    far: true,
  },
  {
    says: 'what is public is made of a value: no server, no store, and nothing beside the chain',
    of: /^coordinator\/register\/public\/(?!routes\/)/,
    not: /^node:|^coordinator\/(web|staff|door|process|hall|cli|config)\/|^coordinator\/register\/(program|web|public\/routes|beside\/(?!bigrams)|federation\/(?!levels\.ts$))|^fastify$/,
  },
  {
    says: 'the scrutineer trusts no coordinator and runs without one',
    of: /^coordinator\/scrutineer\//,
    not: /^coordinator\/(hall|web|staff|pages|cli|config|update|rehearsal)\/|^coordinator\/[^/]+\.ts$/,
    far: true,
  },
  {
    says: 'what is shipped imports no test, and nothing that is there for tests',
    of: /^(shared|hardware|terminal|coordinator)\//,
    not: /^test\/|\.test\.ts$|\/testing\/|^vitest$/,
  },
];

/** What a file imports when it runs: paths of the project, `node:…`, or names of packages. Types are nothing by then. */
function importsOf(path, text) {
  const found = [];
  const statement = /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
  for (const [, from] of text.matchAll(statement))
    found.push(from.startsWith('.') ? normalize(join(dirname(path), from)) : from);
  for (const [, from] of text.matchAll(/\bimport\('([^']+)'\)/g))
    found.push(from.startsWith('.') ? normalize(join(dirname(path), from)) : from);
  return found;
}

/** The sentences that `files` (texts by path) break. */
function brokenRules(files) {
  const imports = new Map([...files].map(([path, text]) => [path, importsOf(path, text)]));
  /** The way from a file to what it must not reach, nearest first; null where there is none. */
  const wayTo = (from, { not, far }) => {
    const ways = [[from]];
    const seen = new Set([from]);
    for (const way of ways)
      for (const next of imports.get(way.at(-1)) ?? []) {
        if (not.test(next)) return [...way, next];
        if (!far || seen.has(next) || !imports.has(next)) continue;
        seen.add(next);
        ways.push([...way, next]);
      }
    return null;
  };
  const broken = [];
  for (const [path] of files)
    for (const rule of RULES) {
      if (!rule.of.test(path) || TEST.test(path)) continue;
      const way = wayTo(path, rule);
      if (way) broken.push(`${way.join('\n    → ')}\n  ${rule.says}`);
    }
  return broken;
}

const root = process.argv[2] ?? '.';
const paths = ROOMS.filter((room) => existsSync(join(root, room))).flatMap((room) =>
  readdirSync(join(root, room), { recursive: true })
    .map((name) => `${room}/${name}`)
    .filter((path) => path.endsWith('.ts')),
);
const broken = brokenRules(new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')])));
for (const sentence of broken) process.stderr.write(`${sentence}\n`);
process.stdout.write(`${paths.length} files, ${broken.length} broken rules\n`);
process.exitCode = broken.length > 0 || paths.length === 0 ? 1 : 0;
