import type { Attack } from '../attack.ts';
import { KNOWN, request } from '../http-grammar.ts';

export const malformedHttp: Attack = {
  name: 'malformed-http',
  does: 'requests and upgrades from a grammar, those first that ended a coordinator once',
  run: async (strike) => {
    for await (const i of strike.turns(150)) {
      const bytes = i < KNOWN.length ? Buffer.from(KNOWN[i] ?? '') : request(strike.dice);
      const socket = strike.connect(strike.context.http);
      strike.send(socket, bytes);
      // Some go on in the same connection, some hang up in the middle.
      if (strike.dice.one(4)) strike.send(socket, request(strike.dice));
      if (strike.dice.one(4)) socket.end();
      else setTimeout(() => socket.destroy(), 200);
    }
  },
};
