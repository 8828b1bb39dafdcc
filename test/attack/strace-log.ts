import type { DiskOp } from './disk-model.ts';

/** How strace is started so that {@link diskOps} can read what it writes: one file a thread, all text in hexadecimal. */
export function straceCommand(log: string, program: string): string[] {
  const calls =
    'pwrite64,write,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,ftruncate,openat';
  const how = ['-D', '-ff', '-qq', '-y', '-ttt', '-T', '-xx', '-s', '10000000', '--seccomp-bpf'];
  return ['strace', ...how, '-e', `trace=${calls}`, '-o', log, program];
}

/** `at`: when it was done, ms since 1970. */
export interface Traced {
  readonly at: number;
  readonly op: DiskOp;
}

const LINE = /^(\d+\.\d+) (\w+)\((.*)\) += (-?\d+)(?:<([^>]*)>)?.* <(\d+\.\d+)>$/;

const unhex = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');
const texts = (args: string): string[] =>
  [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text = '']) => unhex(text).toString());

/** What the lines of strace's files say was done to files under `folder`, in order. Calls that failed did nothing. */
export function diskOps(lines: Iterable<string>, folder: string): Traced[] {
  const found: Traced[] = [];
  const calls = [...lines].flatMap((line) => {
    const [, start, call, args, result, opened, took] = LINE.exec(line) ?? [];
    if (start === undefined || call === undefined || args === undefined || Number(result) < 0) return [];
    return [{ at: (Number(start) + Number(took)) * 1000, call, args, result: Number(result), opened }];
  });
  calls.sort((a, b) => a.at - b.at);
  /** Where the next write without a place of its own goes, by file descriptor. */
  const places = new Map<string, number>();
  for (const { at, call, args, result, opened } of calls) {
    const say = (op: DiskOp) => {
      if (op.path.startsWith(folder)) found.push({ at, op });
    };
    const [fd = '', path = ''] = (/^(\d+)<([^>]*)>/.exec(args) ?? [])
      .slice(1)
      .map((text, i) => (i === 1 ? unhex(text).toString() : text));
    const [first = '', second = ''] = texts(args);
    switch (call) {
      case 'openat':
        places.set(String(result), 0);
        if (args.includes('O_CREAT'))
          say({ op: 'create', path: unhex(opened ?? '').toString(), truncate: args.includes('O_TRUNC') });
        break;
      case 'pwrite64':
        say({
          op: 'write',
          path,
          at: Number(/(\d+)$/.exec(args)?.[1]),
          bytes: written(args).subarray(0, result),
        });
        break;
      case 'write': {
        const place = places.get(fd) ?? 0;
        places.set(fd, place + result);
        say({ op: 'write', path, at: place, bytes: written(args).subarray(0, result) });
        break;
      }
      case 'fsync':
      case 'fdatasync':
        say({ op: 'sync', path });
        break;
      case 'ftruncate':
        say({ op: 'truncate', path, to: Number(/(\d+)$/.exec(args)?.[1]) });
        break;
      case 'rename':
      case 'renameat':
      case 'renameat2':
        say({ op: 'rename', path: first, to: second });
        break;
      case 'link':
      case 'linkat':
        say({ op: 'link', path: first, to: second });
        break;
      case 'unlink':
      case 'unlinkat':
        say({ op: 'unlink', path: first });
        break;
    }
  }
  return found;
}

function written(args: string): Buffer {
  return unhex(/"((?:\\x[0-9a-f]{2})*)"/.exec(args)?.[1] ?? '');
}
