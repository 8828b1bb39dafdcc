import { EventEmitter } from 'node:events';
import { Aedes, type AedesOptions, type AuthErrorCode, type AuthenticateError, type Client } from 'aedes';
import type { Logger } from 'pino';
import { guarded, type Report } from '../../../shared/protocol/guarded.ts';
import { orElse } from './aedes-guards.ts';

const NOT_AUTHORIZED: AuthErrorCode.NOT_AUTHORIZED = 5;

/** Whoever connects must have said who they are within this time, however slowly they speak. */
const CONNECT_MS = 5_000;
/** A connection that says nothing for longer than it promised is ended; nobody may promise more, or nothing. */
const LONGEST_KEEPALIVE_S = 300;

/** What a client publishes, as far as it matters. */
export interface Published {
  readonly topic: string;
  readonly payload: Buffer | string;
  readonly qos: number;
  readonly retain: boolean;
}

/** What the broker asks, and what it is told; in words of its own, whatever Aedes calls them. */
export interface Hooks {
  /** Whether a connection is let in. */
  authenticate(client: Client, password: Uint8Array | undefined): Promise<boolean>;
  /** Whether a message was taken; where not, the connection is ended. Rejects where it could not be written. */
  publish(client: Client | null, packet: Published): Promise<boolean>;
  /** Whether a topic may be read; `cut`: it was asked once too often. */
  subscribe(client: Client, topic: string): 'granted' | 'denied' | 'cut';
  /** Whether a client may still read what is about to be delivered. */
  mayForward(client: Client, topic: string): boolean;
  ready(client: Client): void;
  gone(client: Client): void;
}

type HookOf<K extends 'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe'> = Parameters<
  NonNullable<AedesOptions[K]>
>;

/**
 * Aedes with these hooks, none of which can end the process: whatever goes wrong in one, or in Aedes where it goes on
 * from there, ends the connection it was about.
 */
export function aedesWith(hooks: Hooks, report: Report, log: Logger): Aedes {
  const cut = (client: Client | null) => client?.conn.destroy();
  const aedes = new Aedes({
    // A frozen subscriber holds a delivery slot until it is dropped; a whole hall must not wait for it.
    concurrency: 10_000,
    drainTimeout: 8_000,
    connectTimeout: CONNECT_MS,
    keepaliveLimit: LONGEST_KEEPALIVE_S,
    preConnect: guarded<HookOf<'preConnect'>>(
      'a CONNECT',
      report,
      (_client, packet, done) => {
        const isSpoken = packet.clean === true && packet.protocolVersion === 4;
        // Without an error Aedes would leave the connection as it is, with no time to end it any more.
        done(isSpoken ? null : new Error('MQTT 3.1.1 with a clean session is spoken here'), isSpoken);
      },
      cut,
    ),
    authenticate: guarded<HookOf<'authenticate'>>(
      'a connection could not be recorded',
      report,
      async (client, _username, password, done) => {
        const isIn = await hooks.authenticate(client, password);
        done(isIn ? null : notAuthorized(), isIn);
      },
      cut,
    ),
    // A message that could not be written is not acknowledged, and comes again over the next connection.
    authorizePublish: guarded<HookOf<'authorizePublish'>>(
      'a message could not be written to the ledger',
      report,
      async (client, packet, done) => {
        const isTaken = await hooks.publish(client, packet);
        done(isTaken ? null : new Error('not allowed'));
      },
      cut,
    ),
    authorizeSubscribe: guarded<HookOf<'authorizeSubscribe'>>(
      'a subscription',
      report,
      (client, subscription, done) => {
        const outcome = hooks.subscribe(client, subscription.topic);
        if (outcome === 'cut') done(new Error('not allowed'));
        else done(null, outcome === 'granted' ? subscription : null);
      },
      cut,
    ),
    authorizeForward: orElse('a delivery', report, null, (client, packet) =>
      hooks.mayForward(client, packet.topic) ? packet : null,
    ),
  });
  aedes.on(
    'clientReady',
    guarded('a connection', report, (client: Client) => hooks.ready(client), cut),
  );
  aedes.on(
    'clientDisconnect',
    guarded('the end of a connection', report, (client: Client) => hooks.gone(client)),
  );
  aedes.on('clientError', (client, error) =>
    log.debug({ client: client.id, error: error.message }, 'client error'),
  );
  aedes.on('connectionError', (_client, error) => log.debug({ error: error.message }, 'connection error'));
  // Without a listener Aedes' own errors would end the process; its types do not know of them.
  EventEmitter.prototype.on.call(aedes, 'error', (error: unknown) => report('the broker', error));
  return aedes;
}

function notAuthorized(): AuthenticateError {
  return Object.assign(new Error('not authorized'), { returnCode: NOT_AUTHORIZED });
}
