import type { Attack } from '../attack.ts';
import { post } from '../strike.ts';

export const passwords: Attack = {
  name: 'password-guesses',
  does: 'hall passwords guessed from 60 addresses and from the chair’s own, while the chair signs in',
  run: async (strike) => {
    let waiting = 0;
    for await (const i of strike.turns(30)) {
      if (waiting > 150) continue;
      waiting += 1;
      const from = i % 6 === 0 ? '127.0.0.1' : strike.address();
      const body = JSON.stringify({ password: `guess-${i}` });
      void strike.ask(post('/api/login', body), { from, patience: 30_000 }).then(() => {
        waiting -= 1;
      });
    }
  },
};

export const codes: Attack = {
  name: 'scrutineer-codes',
  does: 'entry codes of scrutineers and set-up codes guessed from 60 addresses',
  run: async (strike) => {
    for await (const i of strike.turns(60)) {
      const code = Array.from({ length: 12 }, () =>
        strike.dice.pick([...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']),
      ).join('');
      const path = i % 5 === 0 ? '/api/setup' : '/api/scrutineer/sign-in';
      const body = i % 5 === 0 ? { code: code.slice(0, 8), password: 'a-password' } : { code };
      void strike.ask(post(path, JSON.stringify(body)));
    }
  },
};
