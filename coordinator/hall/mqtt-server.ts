import { createServer, type Server } from 'node:net';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import type { Broker } from './broker/broker.ts';
import type { Door } from './door/door.ts';

/** The terminals' port, not listening yet: whoever comes in by the door is handed to the broker. */
export function mqttServer(
  door: Pick<Door, 'enter'>,
  broker: Pick<Broker, 'handle'>,
  report: Report,
): Server {
  const server = createServer(
    { noDelay: true },
    guarded(
      'a connection',
      report,
      (socket) => door.enter(socket) && broker.handle(socket),
      (socket) => socket.destroy(),
    ),
  );
  return server.on('error', (error) => report('the MQTT port', error));
}
