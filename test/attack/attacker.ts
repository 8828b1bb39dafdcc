import { ATTACKS } from './attacks.ts';
import { Context } from './context.ts';
import { Strike } from './strike.ts';

/** The attacker's own process: runs the one attack that its argument describes, and prints what it did. */
const context = Context.parse(JSON.parse(process.argv[2] ?? ''));
const attack = ATTACKS.find(({ name }) => name === context.attack);
if (!attack) throw new Error(`there is no attack ${context.attack}`);
const strike = new Strike(context, attack.most);
await attack.run(strike);
strike.end();
process.stdout.write(`${JSON.stringify(strike.counts)}\n`, () => process.exit(0));
