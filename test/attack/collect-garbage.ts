import WebSocket from 'ws';

/**
 * Has the program whose inspector listens at `url` collect its garbage: what its memory is then is what it holds, and not
 * what it has not come round to giving back. Resolves when that is done, or the program has ended.
 */
export function collectGarbage(url: string): Promise<void> {
  return new Promise((resolve) => {
    const inspector = new WebSocket(url);
    inspector.on('open', () => inspector.send('{"id":1,"method":"HeapProfiler.collectGarbage"}'));
    inspector.on('message', () => inspector.close());
    inspector.on('error', () => {});
    inspector.on('close', () => resolve());
  });
}
