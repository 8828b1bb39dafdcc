import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { z } from 'zod';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { Manifest, signManifest } from '../../shared/update/manifest.ts';
import { describeFault } from '../process/fault.ts';
import { makeKeyFile, readKeyFile } from '../process/key-file.ts';
import { filesOf, PackError, packed, shortHash } from '../update/package-file.ts';
import { USAGE } from './exit-codes.ts';
import { wholeNumber } from './options.ts';

interface PackOptions {
  readonly key: string;
  readonly order: number;
  readonly arch: string;
  readonly node: string;
  readonly note: string;
  readonly version?: string;
  readonly manifest?: string;
}

function fail(message: string): never {
  process.stderr.write(`hallvote release: ${message}\n`);
  process.exit(USAGE);
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

function makeKey(file: string): void {
  try {
    const key = makeKeyFile(file, randomBytes);
    say(key.x);
    process.stderr.write(
      `${file}: 发布私钥，请离线保管并另存副本；上面一行是公钥，写入 release.pub · the release key: keep it offline, and a copy of it; the line above is its public part, for release.pub\n`,
    );
  } catch (error) {
    fail(describeFault(file, error) ?? String(error));
  }
}

async function versionOf(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() =>
    fail(`${folder}: holds no package.json`),
  );
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

async function pack(folder: string, file: string, options: PackOptions): Promise<void> {
  const key = readKeyFile(options.key);
  if (!key.ok) fail(key.problem);
  const { order, arch, node, note } = options;
  const version = options.version ?? (await versionOf(folder));
  const files = await filesOf(folder);
  const manifest = Manifest.safeParse({ typ: 'release', v: 1, version, order, note, arch, node, files });
  if (!manifest.success) fail(z.prettifyError(manifest.error));
  const text = signManifest(manifest.data, nodeSigner(key.value));
  const unfinished = `${file}.new`;
  try {
    await pipeline(packed(folder, manifest.data, text), createWriteStream(unfinished, { mode: 0o644 }));
    await rename(unfinished, file);
    if (options.manifest !== undefined)
      await pipeline([Buffer.from(text)], createWriteStream(options.manifest, { mode: 0o644 }));
  } catch (error) {
    await rm(unfinished, { force: true });
    fail(error instanceof PackError ? error.message : (describeFault(file, error) ?? String(error)));
  }
  say(
    `${file}  ${version}  order ${order}  ${arch}  Node.js ${node}  ${files.length} files  ${shortHash(text)}`,
  );
}

/** `hallvote release`: the release key, and packages that seats take from a coordinator. */
export function releaseCommand(): Command {
  const release = new Command('release');
  release
    .command('key <file>')
    .description('生成发布密钥 · makes the release key, and prints its public part')
    .action(makeKey);
  release
    .command('pack <folder> <file>')
    .description('打包并签名已构建的程序 · packs and signs a built program')
    .requiredOption('--key <file>', '发布私钥 · the release key')
    .option(
      '--order <n>',
      '递增的序号，缺省为此刻的秒数 · a number that rises with every release; seconds since 1970 where left out',
      wholeNumber(1, Number.MAX_SAFE_INTEGER),
      Math.floor(Date.now() / 1000),
    )
    .option(
      '--version <text>',
      '版本名，缺省取自 package.json · its name; that of package.json where left out',
    )
    .option('--note <text>', '给会务的一行说明 · a line for the operator', '')
    .option('--arch <arch>', '席位的处理器 · the seats’ processor: arm64 or x64', process.arch)
    .option('--node <version>', '打包所用的 Node.js · the Node.js it was packed with', process.versions.node)
    .option('--manifest <file>', '另存签名清单 · writes the signed manifest to this file, too')
    .action(pack);
  return release;
}
