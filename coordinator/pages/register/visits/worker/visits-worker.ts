/**
 * Keeps the page of visits on a telephone, so that it opens where there is no network. It answers for that page and for what
 * the page is made of, and for nothing else: whatever the register says is not kept here, and goes past it.
 */

/** As far as a service worker is needed here; the types of pages know none. */
interface Extended extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetched extends Extended {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Extended) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetched) => void): void;
}
declare const self: WorkerScope;

const KEPT = 'hallvote-visits';
const PAGE = '/visits';
const ASSETS = '/assets/';
/** So long is waited for the page from the network where there is one on the telephone. */
const PATIENCE_MS = 4_000;

/** What a page names that it is made of. */
const assetsOf = (page: string): string[] => [
  ...new Set([...page.matchAll(/(?:src|href)="(\/assets\/[^"?#]+)"/g)].flatMap(([, path]) => path ?? [])),
];

/** Keeps this page, once everything is there that it is made of; what earlier ones were made of goes, but for their letters. */
async function keep(page: Response): Promise<void> {
  const cache = await caches.open(KEPT);
  const needed = assetsOf(await page.clone().text());
  if (needed.length === 0) return;
  for (const path of needed) if (!(await cache.match(path))) await cache.add(path);
  await cache.put(PAGE, page);
  for (const { url } of await cache.keys()) {
    const path = new URL(url).pathname;
    const isOld = path.startsWith(ASSETS) && !path.endsWith('.woff2') && !needed.includes(path);
    if (isOld) await cache.delete(path);
  }
}

async function ask(): Promise<Response> {
  const answer = await fetch(PAGE, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer;
}

/** The page from the network, which is then kept; else the one that is. */
async function page(event: Fetched): Promise<Response> {
  try {
    const answer = await ask();
    event.waitUntil(keep(answer.clone()));
    return answer;
  } catch (error) {
    const kept = await (await caches.open(KEPT)).match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

/** What pages are made of never changes under its name. */
async function asset(event: Fetched): Promise<Response> {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(event.request);
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(cache.put(event.request, answer.clone()));
  return answer;
}

self.addEventListener('install', (event) => {
  event.waitUntil(
    ask()
      .then(keep)
      .then(() => self.skipWaiting()),
  );
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && pathname === PAGE) event.respondWith(page(event));
  else if (pathname.startsWith(ASSETS)) event.respondWith(asset(event));
});

export {};
