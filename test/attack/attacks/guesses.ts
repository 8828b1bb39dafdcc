import type { Attack } from '../attack.ts';
import { post } from '../strike.ts';

export const passwords: Attack = {
  name: 'password-guesses',
  does: 'the chair’s password guessed from 60 addresses and from the chair’s own, while the chair signs in',
  run: async (strike) => {
    let waiting = 0;
    for await (const i of strike.turns(30)) {
      if (waiting > 150) continue;
      waiting += 1;
      const from = i % 6 === 0 ? '127.0.0.1' : strike.address();
      const person = i % 3 === 0 ? `nobody-${i}` : 'chair';
      const body = JSON.stringify({ person, secret: `guess-${i}`, code: null });
      void strike.ask(post('/api/sign-in', body), { from, patience: 30_000 }).then(() => {
        waiting -= 1;
      });
    }
  },
};

export const codes: Attack = {
  name: 'one-time-codes',
  does: 'one-time codes of scrutineers, and of nobody, guessed from 60 addresses',
  run: async (strike) => {
    for await (const i of strike.turns(60)) {
      const code = Array.from({ length: 8 }, () =>
        strike.dice.pick([...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']),
      ).join('');
      const person = strike.dice.pick(['s1', 's2', 'admin', 'nobody']);
      const path = i % 5 === 0 ? '/api/sign-in/password' : '/api/sign-in';
      const body =
        i % 5 === 0
          ? { person, code, password: 'a long enough password' }
          : { person, secret: code, code: null };
      void strike.ask(post(path, JSON.stringify(body)));
    }
  },
};
