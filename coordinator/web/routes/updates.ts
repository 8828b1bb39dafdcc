import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { MOST_AT_ONCE, MOST_TOGETHER } from '../../../shared/update/fetching.ts';
import { ROUTES } from '../../contract/routes.ts';
import { serve } from '../serve.ts';
import { later } from '../try-later.ts';

/** So many contents are sent at once; whoever comes then is told to come again. */
const MOST_SENT = 48;
/** Bytes kept in memory of what all seats ask for. */
const MOST_KEPT = 32 * 1024 * 1024;
const FULL_MS = 1_000;
const VOTE_MS = 3_000;

export interface UpdateParts {
  readonly updates: {
    /** The text of the manifest on offer; null for any other. */
    readonly manifest: (hash: string) => string | null;
    /** Where a content of the release on offer lies; null for any other. */
    readonly content: (sha256: string) => string | null;
    readonly isVoting: () => boolean;
  };
}

/**
 * What seats fetch of a release, by its hash. Anybody may: it is the program that stands in every hall. Nothing is sent while a vote
 * is open, and no more at once than leaves the line to the ballots.
 */
export const updateRoutes: FastifyPluginAsync<UpdateParts> = async (app, { updates }) => {
  let sent = 0;
  const isBusy = (reply: FastifyReply): FastifyReply | null => {
    if (updates.isVoting()) return later(reply.code(503), VOTE_MS);
    if (sent >= MOST_SENT) return later(reply.code(503), FULL_MS);
    sent += 1;
    reply.raw.once('close', () => {
      sent -= 1;
    });
    return null;
  };
  serve(app, ROUTES.manifest, async ({ params: { hash } }, reply) => {
    const text = updates.manifest(hash);
    if (text === null) return reply.code(404).send({ error: 'another version is on offer' });
    return isBusy(reply) ?? reply.type('application/octet-stream').send(Buffer.from(text, 'latin1'));
  });
  const small = new SmallContents();
  // Of one content, or of several small ones that follow one another: `<sha256>+<sha256>…`.
  serve(app, ROUTES.contents, async ({ params }, reply) => {
    const names = params['*'].split('+', MOST_AT_ONCE + 1);
    const paths = names.map((name) => updates.content(name));
    const known = paths.filter((path) => path !== null);
    const [first] = known;
    if (first === undefined || known.length < paths.length || names.length > MOST_AT_ONCE)
      return reply.code(404).send({ error: 'the version on offer has no such file' });
    const busy = isBusy(reply);
    if (busy) return busy;
    reply.type('application/octet-stream');
    if (known.length === 1) return reply.send(createReadStream(first));
    const contents = await small.read(known);
    return contents ? reply.send(contents) : reply.code(413).send({ error: 'too much at once' });
  });
};

/** Contents as every seat asks for them, kept for the next one. */
class SmallContents {
  readonly #kept = new Map<string, Buffer>();
  #bytes = 0;

  /** Those files one behind the other; null where that is too much. */
  async read(paths: readonly string[]): Promise<Buffer | null> {
    const contents: Buffer[] = [];
    let length = 0;
    for (const path of paths) {
      if (!this.#kept.has(path)) length += (await stat(path)).size;
      if (length > MOST_TOGETHER) return null;
      const content = this.#kept.get(path) ?? (await readFile(path));
      this.#keep(path, content);
      contents.push(content);
    }
    const all = Buffer.concat(contents);
    return all.length > MOST_TOGETHER ? null : all;
  }

  #keep(path: string, content: Buffer): void {
    if (this.#kept.has(path)) return;
    if (this.#bytes + content.length > MOST_KEPT) {
      this.#kept.clear();
      this.#bytes = 0;
    }
    this.#kept.set(path, content);
    this.#bytes += content.length;
  }
}
