import { register } from 'node:module';
import { installCounters } from './coverage.ts';

/** A process that counts branches: of all that is loaded from here on. */

installCounters();
register('./hooks.js', import.meta.url);
await import('./work.ts');
