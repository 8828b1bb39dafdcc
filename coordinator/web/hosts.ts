import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { PagesPlace } from '../config/pages-place.ts';

/** Names that no stranger can have on the internet: RFC 6761, 6762, 8375, and what routers hand out. */
const PRIVATE = ['.localhost', '.local', '.home.arpa', '.internal', '.lan'];

/** The host of a `Host` header without its port, lower case; null where it is none. */
export function hostOf(host: string): string | null {
  const [, bracketed, plain] = /^(?:\[([0-9a-f:.]+)\]|([^[\]:@/\\?#\s]+))(?::\d{1,5})?$/i.exec(host) ?? [];
  return (bracketed ?? plain)?.toLowerCase().replace(/\.$/, '') ?? null;
}

/**
 * Whether a request asks for this hall by a name that leads here and nowhere else. A stranger's site could point its own name at
 * the hall (DNS rebinding), and a browser in the hall would take its pages for the hall's. Addresses, names without a dot and
 * names of private networks are nobody's on the internet; other names are the hall's own where `names` lists them.
 */
export function isOwnHost(host: string | undefined, names: readonly string[]): boolean {
  const name = host === undefined ? null : hostOf(host);
  if (name === null) return false;
  if (isIP(name) !== 0 || !name.includes('.')) return true;
  return PRIVATE.some((suffix) => name.endsWith(suffix)) || names.some((own) => own.toLowerCase() === name);
}

/** The names that lead to a program's pages, as far as they are known. @param machine what the machine is called. */
export function namesOf(
  { listen: { http }, address }: Pick<PagesPlace, 'listen' | 'address'>,
  machine: string,
): string[] {
  const own = [...http.names, http.host, machine];
  return address === null ? own : [...own, new URL(address).hostname];
}

/** Nothing else is served under a name that is not the hall's, so the page carries its own style, in colours of shared/pages/tokens.css. */
const STYLE = `
body { max-width: 40rem; margin: 15vh auto 0; padding: 0 1.5rem; background: #faf7f1; color: #1b1b1f; font: 1.05rem/1.7 "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif }
h1 { font-size: 1.4rem; color: #98181a }
code { padding: 0.1rem 0.4rem; background: #ffffff; border: 1px solid #d9d2c5; border-radius: 0.3rem; white-space: nowrap }
`;

/** What that page may do: look like itself. */
export const REFUSAL_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** Says to whoever asked by another name how the hall comes to have it. */
export function refuseHost(host: string | undefined): string {
  const name = hostOf(host ?? '') ?? '';
  // A name is repeated only where nothing of it could be taken for something else.
  const shown = /^[a-z0-9.-]{1,253}$/.test(name) ? name : 'name.example';
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>会堂表决 · Hallvote</title><style>${STYLE}</style>
<main><h1>会堂表决 · Hallvote</h1>
<p>本会场不使用域名 <code>${shown}</code>。如需用它打开，请在 hall.yaml 的 listen.http 下写 <code>names: ["${shown}"]</code>，再重新启动主机；也可以直接用 IP 地址打开。
<p lang="en">This hall does not go by the name <code>${shown}</code>. To open it by that name, write <code>names: ["${shown}"]</code> under listen.http in hall.yaml and start the coordinator again; or open it by its IP address.
</main>
`;
}
