import type { Act } from '../../coordinator/contract/acts.ts';

/** Puts on a coordinator's machine what does an act there as the operator: the page is not what is tried. */
export const ACT = `cat >act.mjs <<'END'
  const [at, code, act] = process.argv.slice(2);
  const post = (path, body, cookie = '') => fetch(at + path, { method: 'POST', body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', cookie } });
  const password = 'the password of this hall';
  const enter = async (person, code) => {
    let session = await post('/api/sign-in/password', { person, code, password });
    if (!session.ok) session = await post('/api/sign-in', { person, secret: password, code: null });
    return session.headers.get('set-cookie').split(';')[0];
  };
  const admin = await enter('admin', code);
  const given = await (await post('/api/staff/code', { person: 'operator' }, admin)).json();
  const done = await post('/api/act', JSON.parse(act), await enter('operator', given.code));
  console.log(await done.text());
  process.exit(done.ok ? 0 : 1);
END`;

/** The administrator's one-time code, as the coordinator's journal has it: every start prints another until one is used. */
export const codeIn = (journal: string): string =>
  [...journal.matchAll(/administrator \S+ is ([0-9A-Z]{4}-[0-9A-Z]{4})/g)].at(-1)?.[1] ?? '';

/** The line of shell that does it. @param at the coordinator's pages. @param code the administrator's. */
export const acting = (at: string, code: string, act: Act): string =>
  `NODE_EXTRA_CA_CERTS=/var/lib/hallvote/tls/ca.crt /opt/hallvote/node/bin/node act.mjs ${at} ${code} '${JSON.stringify(act)}'`;
