import { DEVICE_MS } from '../staff/staff.ts';

/** How a session's cookie is set: other sites' pages neither read it nor send it. */
export const SESSION = { path: '/', httpOnly: true, sameSite: 'strict' } as const;

/** Gives no right: a place in the line for signing in, where strangers try many passwords. */
export const DEVICE = { ...SESSION, path: '/api', maxAge: DEVICE_MS / 1000 } as const;
