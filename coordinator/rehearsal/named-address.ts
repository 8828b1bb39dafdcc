const HERE: readonly string[] = ['localhost', '127.0.0.1'];

/**
 * The address of `path` at a name of its own on this machine: a browser keeps one session for one host, so that by names of
 * their own one browser is signed in as several. Elsewhere the address as it is.
 */
export function namedAddress(base: string, name: string, path: string): string {
  const url = new URL(path, base);
  if (HERE.includes(url.hostname)) url.hostname = `${name}.localhost`;
  return url.href;
}
