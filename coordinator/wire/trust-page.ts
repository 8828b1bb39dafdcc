import { createHash, type X509Certificate } from 'node:crypto';
import type { Text } from '../../shared/protocol/ids.ts';
import { qrPath } from '../../shared/qr.ts';
import { certificateFingerprint } from './fingerprint.ts';

export interface TrustPageParts {
  readonly hall: Text;
  /** What is to be trusted; null where browsers know the hall's certificate already. */
  readonly trust: X509Certificate | null;
  /** Where the pages are, `https://…`. */
  readonly pages: string;
}

/** Nothing else is served without TLS, so the page carries its own style. */
const STYLE = `
:root { --red: #9c1c17; --ink: #1b1b1f; --soft: #5c5852; --line: #d9d2c5; --paper: #faf7f1 }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.05rem/1.65 "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif }
header { padding: 1.1rem 1.5rem; background: var(--red); color: #fff }
header p { margin: 0; font-size: 1.25rem; font-weight: 600 }
header span { font-weight: 400; font-size: 1rem; margin-inline-start: 0.75rem }
main { max-width: 62rem; margin: 0 auto; padding: 1.75rem 1.5rem 3rem }
h1 { margin: 0 0 0.4rem; font-size: 1.7rem; line-height: 1.3 }
h2 { margin: 0; font-size: 1.2rem; line-height: 1.4 }
p { margin: 0.35rem 0 }
[lang=en] { color: var(--soft); font-size: 0.92em; font-family: "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", "Noto Sans", sans-serif }
header [lang=en], .button [lang=en] { color: #fff; opacity: 0.9 }
h1 [lang=en], h2 [lang=en] { display: block; font-weight: 600; font-size: 0.62em }
h2 [lang=en] { font-size: 0.8em }
ol.steps { margin: 1.75rem 0 0; padding: 0; list-style: none; counter-reset: step; display: grid; gap: 1.25rem }
ol.steps > li { counter-increment: step; position: relative; background: #fff; border: 1px solid var(--line); border-radius: 0.6rem; padding: 1.2rem 1.4rem 1.3rem 4.2rem }
ol.steps > li::before { content: counter(step); position: absolute; left: 1.2rem; top: 1.15rem; width: 2rem; height: 2rem; border-radius: 50%; background: var(--red); color: #fff; font-weight: 600; text-align: center; line-height: 2rem }
.fingerprint { margin: 0.9rem 0; display: grid; grid-template-columns: repeat(4, max-content); gap: 0.35rem 1.4rem; font: 600 1.35rem/1.3 ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; letter-spacing: 0.08em }
.button { display: inline-block; margin: 0.7rem 0 0.4rem; padding: 0.55rem 1.2rem; border-radius: 0.4rem; background: var(--red); color: #fff; text-decoration: none; font-weight: 600 }
.button span { font-weight: 400; margin-inline-start: 0.35rem }
a { color: var(--red) }
a:focus-visible, summary:focus-visible { outline: 3px solid #1f5fbf; outline-offset: 2px }
details { border-top: 1px solid var(--line); padding: 0.55rem 0 }
details:last-of-type { border-bottom: 1px solid var(--line) }
summary { cursor: pointer; font-weight: 600 }
summary [lang=en] { font-weight: 400; margin-inline-start: 0.5rem }
code { padding: 0.05rem 0.35rem; background: var(--paper); border: 1px solid var(--line); border-radius: 0.3rem; overflow-wrap: anywhere }
.open { display: grid; grid-template-columns: 1fr auto; gap: 1rem 2rem; align-items: center }
.address { font-size: 1.2rem; font-weight: 600; overflow-wrap: anywhere }
.qr { width: 10rem; height: 10rem; border: 1px solid var(--line); border-radius: 0.4rem; background: #fff }
@media (max-width: 40rem) {
  main { padding: 1.25rem 0.9rem 2rem }
  ol.steps > li { padding: 3.6rem 1rem 1.1rem }
  ol.steps > li::before { left: 1rem }
  .fingerprint { font-size: 1.05rem; gap: 0.35rem 0.9rem; letter-spacing: 0.03em }
  .open { grid-template-columns: 1fr; justify-items: start }
}
`;

/** What the page may do: look like itself, and lead on. */
export const TRUST_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

const escaped = (text: string) => text.replace(/[&<>"']/g, (each) => `&#${each.codePointAt(0)};`);

function qrCode(text: string): string {
  const { side, path } = qrPath(text);
  return `<svg class="qr" role="img" aria-label="${escaped(text)}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path d="${path}"/></svg>`;
}

/** A paragraph in both languages. */
const both = (zh: string, en: string) => `<p>${zh}<p lang="en">${en}`;

const device = (zh: string, en: string, howZh: string, howEn: string) =>
  `<details><summary>${zh}<span lang="en">${en}</span></summary>${both(howZh, howEn)}</details>`;

const DEVICES = [
  device(
    '安卓平板、手机',
    'Android tablet or phone',
    '设置 → 安全 → 更多安全设置 → 加密与凭据 → 安装证书 → <b>CA 证书</b>，选择下载的文件（在设置里搜索“证书”最快）。',
    'Settings → Security → More → Encryption &amp; credentials → Install a certificate → <b>CA certificate</b>, then the downloaded file. Searching the settings for “certificate” is quickest.',
  ),
  device(
    'iPad、iPhone',
    'iPad or iPhone',
    '用 Safari 下载，然后：设置 → 已下载描述文件 → 安装；再到 设置 → 通用 → 关于本机 → <b>证书信任设置</b>，打开此证书的开关。两步都要做。',
    'Download with Safari; Settings → Profile Downloaded → Install; then Settings → General → About → <b>Certificate Trust Settings</b>, switch it on. Both are needed.',
  ),
  device(
    'Windows 电脑',
    'Windows computer',
    '双击下载的文件 → 安装证书 → 本地计算机 → 将所有证书放入下列存储 → <b>受信任的根证书颁发机构</b>。Edge 和 Chrome 随即信任；Firefox 在 设置 → 隐私与安全 → 查看证书 中导入。',
    'Open the file → Install Certificate → Local Machine → Place in the following store → <b>Trusted Root Certification Authorities</b>. Edge and Chrome then trust it; Firefox imports it under Settings → Privacy &amp; Security → View Certificates.',
  ),
  device(
    '统信、麒麟等 Linux 电脑和大屏',
    'Linux computer, or the display’s kiosk',
    '用安装包中的脚本：<code>sudo hardware/provision/install-display.sh --trust-only --ca hallvote-ca.crt</code>，再重新打开浏览器；大屏专用主机由同一脚本安装。没有安装包时，以放映浏览器的用户运行 <code>certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n hallvote -i hallvote-ca.crt</code>（软件包 libnss3-tools）。',
    'With the script of the package: <code>sudo hardware/provision/install-display.sh --trust-only --ca hallvote-ca.crt</code>, then open the browser again; it also installs a machine that is only a display. Without the package, as the user who runs the browser: <code>certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n hallvote -i hallvote-ca.crt</code> (package libnss3-tools).',
  ),
].join('\n');

function trusting(trust: X509Certificate): string {
  const groups = certificateFingerprint(trust)
    .split(' ')
    .map((group) => `<span>${group}</span>`)
    .join('');
  return `<li><h2>核对证书指纹<span lang="en">Compare the fingerprint</span></h2>
${both(
  '与会务人员给您的指纹（主机启动时显示，SHA-256）逐组核对。有一组不同，就不要继续，并告诉会务人员。',
  'Compare it, group by group, with the one that the operator gives you (SHA-256, printed where the coordinator starts). Where one group differs, stop, and tell the operator.',
)}
<div class="fingerprint" role="group" aria-label="SHA-256">${groups}</div>
<li><h2>安装证书<span lang="en">Install the certificate</span></h2>
<a class="button" href="/hallvote-ca.crt" download>下载证书 <span lang="en">Download</span></a>
${both(
  '装好后再看一次：设备显示的 SHA-256 指纹应与上面相同。',
  'Look once more afterwards: the SHA-256 fingerprint that the device shows must be the one above.',
)}
${DEVICES}
`;
}

/** The one page that is served without TLS: how to trust this hall, and where its pages are. */
export function trustPage({ hall, trust, pages }: TrustPageParts): string {
  const title = { zh: escaped(hall.zh), en: escaped(hall.en ?? '') };
  const address = escaped(pages);
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title.zh} · Hallvote</title><style>${STYLE}</style>
<header><p>${title.zh} <span lang="en">${title.en}</span></p></header>
<main>
<h1>本会场的网页都经过加密<span lang="en">This hall’s pages are encrypted</span></h1>
${both(
  trust === null
    ? '请打开下面的地址。此处不提供其他内容，也请不要在此输入任何密码。'
    : '这台设备要先认得本会场的证书，浏览器才不会警告。每台设备做一次即可。此处不提供其他内容，也请不要在此输入任何密码。',
  trust === null
    ? 'Open the address below. Nothing else is served here; enter no password here.'
    : 'This device must know the hall’s certificate before its browser stops warning: once for each device. Nothing else is served here; enter no password here.',
)}
<ol class="steps">
${trust === null ? '' : trusting(trust)}
<li><h2>打开加密网页<span lang="en">Open the pages</span></h2>
<div class="open"><div>
<p class="address"><a href="${address}">${address}</a>
${both(
  '地址栏应显示锁形图标，没有警告。出现警告就不要继续，也不要输入密码。',
  'The address bar shows a lock, and nothing warns. Where something warns, do not go on and enter no password.',
)}
</div>${qrCode(pages)}</div>
</ol>
</main>
`;
}
