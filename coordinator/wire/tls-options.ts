/** How the hall's servers speak TLS; the ciphers are Node's own choice. */
export const TLS = {
  minVersion: 'TLSv1.2',
  /** Whoever has come in has shaken hands within this time, however slowly. */
  handshakeTimeout: 10_000,
} as const;
