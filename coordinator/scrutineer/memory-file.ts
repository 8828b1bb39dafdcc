import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeSecret } from '../process/key-file.ts';
import { Memory, type MemoryProblem, type MemoryStore, NOTHING } from './memory.ts';

const Kept = z.strictObject({
  what: z.literal('hallvote scrutineer memory'),
  v: z.literal(1),
  ...Memory.shape,
});

/** Where the command remembers what a key has decrypted. */
export const memoryFileOf = (keyFile: string): string => `${keyFile}.decrypted.json`;

/** What a key remembers, in a file beside it; read anew each time, whole on the disk before anything goes on. */
export class MemoryFile implements MemoryStore {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get exists(): boolean {
    return existsSync(this.path);
  }

  /** Begins a file that remembers nothing. */
  begin(): void {
    this.#write(NOTHING);
  }

  read(): Memory | MemoryProblem {
    try {
      const { what: _what, v: _v, ...memory } = Kept.parse(JSON.parse(readFileSync(this.path, 'utf8')));
      return memory;
    } catch {
      return this.exists ? 'damaged' : 'gone';
    }
  }

  update(change: (memory: Memory) => Memory): Memory | MemoryProblem {
    const memory = this.read();
    if (typeof memory === 'string') return memory;
    const changed = change(memory);
    if (JSON.stringify(changed) === JSON.stringify(memory)) return memory;
    try {
      this.#write(changed);
    } catch {
      return 'unwritable';
    }
    return changed;
  }

  #write(memory: Memory): void {
    const kept: z.infer<typeof Kept> = { what: 'hallvote scrutineer memory', v: 1, ...memory };
    writeSecret(this.path, `${JSON.stringify(kept, null, 2)}\n`);
  }

  /** What is wrong with the file, and what to do about it: one line for the scrutineer. */
  describe(problem: MemoryProblem): string {
    return `${this.path}: ${WORDS[problem]}`;
  }
}

const CURE =
  '请从副本恢复此文件；没有副本，请会务重新生成密钥，并把此密钥文件与此文件一起移走 · put the file back from a copy; without one have the key made anew, and move this key file and this file away';
const WORDS: Record<MemoryProblem, string> = {
  damaged: `已损坏，记不清这把密钥解密过什么，不再解密 · is damaged: what this key has decrypted is not known, so it decrypts nothing. ${CURE}`,
  gone: `不见了，记不清这把密钥解密过什么，不再解密 · has gone: what this key has decrypted is not known, so it decrypts nothing. ${CURE}`,
  unwritable:
    '写不进去，没有解密；请检查磁盘和权限 · cannot be written, so nothing was decrypted; check the disk and its permissions',
};
