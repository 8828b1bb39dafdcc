import { z } from 'zod';
import { Id, PublicKey, Text } from '../../shared/protocol/ids.ts';
import type { Value } from '../../shared/protocol/value.ts';
import { LEVELS, type Level } from '../register/model/level.ts';

const Child = z
  .strictObject({
    /** As that register calls itself. */
    id: Id,
    /** What it is called here as long as nothing of it was read. */
    name: Text.optional(),
    level: z.enum(LEVELS),
    key: PublicKey,
    /** An address on the network, or a folder: a stick, a share. */
    address: z.string().min(1).max(2000),
    /** Whom to believe over TLS, where it is not whom the system believes. */
    ca: z.string().min(1).optional(),
  })
  .superRefine(({ address, ca }, context) => {
    const wrong = (path: string, message: string, cure: string) =>
      context.addIssue({ code: 'custom', path: [path], message, params: { cure } });
    if (!isAddress(address)) {
      if (/^\w{2,}:\/\//.test(address))
        wrong('address', 'is no address of the network', 'write https://…, or the path of a folder');
      else if (ca !== undefined) wrong('ca', 'a folder has no certificate', 'remove ca');
      return;
    }
    const url = URL.parse(address);
    if (!url) wrong('address', 'is no address', 'write it such as https://county.example/');
    else if (url.username || url.password || url.search || url.hash)
      wrong('address', 'has a name, a question or a mark in it', 'write no more than https://host/path');
    else if (ca !== undefined && url.protocol !== 'https:')
      wrong('ca', 'nothing is encrypted under that address', 'write https:// in address, or remove ca');
  });

/** The registers beneath this one: whose feeds are read, and added up. */
export const Children = z
  .array(Child)
  .max(1000)
  .superRefine((all, context) => {
    for (const what of ['id', 'key'] as const) {
      const seen = new Set<string>();
      all.forEach((child, i) => {
        if (seen.has(child[what]))
          context.addIssue({
            code: 'custom',
            path: [i, what],
            message: `two registers have the ${what} ${child[what]}`,
            params: { cure: `write every register once, with its own ${what}` },
          });
        seen.add(child[what]);
      });
    }
  })
  .default([]);

/** How often the feeds beneath are asked for, and after how long without one their figures are called old. */
export const Pulling = z
  .strictObject({
    everyMinutes: z.number().min(0.05).max(1440).default(15),
    staleHours: z.number().int().min(1).max(8760).default(48),
  })
  .prefault({});
export type Pulling = Value<typeof Pulling>;

/** Refuses what does not stand beneath the register. */
export function refuseNotBeneath(
  written: {
    readonly register: { readonly id: string };
    readonly level: Level;
    readonly children: Value<typeof Children>;
  },
  context: z.RefinementCtx,
): void {
  const wrong = (i: number, what: string, message: string, cure: string) =>
    context.addIssue({ code: 'custom', path: ['children', i, what], message, params: { cure } });
  written.children.forEach(({ id, level }, i) => {
    if (id === written.register.id) wrong(i, 'id', 'this is the register itself', 'name another register');
    if (LEVELS.indexOf(level) <= LEVELS.indexOf(written.level))
      wrong(
        i,
        'level',
        `a ${level} does not stand beneath a ${written.level}`,
        'correct one of the two levels',
      );
  });
}

const isAddress = (address: string): boolean => /^https?:/.test(address);

/** A register beneath, and where its feed lies. */
export interface Child extends Omit<Value<typeof Children>[number], 'address' | 'ca'> {
  readonly place:
    | { readonly is: 'web'; readonly address: string; readonly ca: string | null }
    | { readonly is: 'folder'; readonly folder: string };
}

/** The registers beneath with all paths absolute. @param at where a path of the file lies. */
export const childrenAt = (all: Value<typeof Children>, at: (path: string) => string): readonly Child[] =>
  all.map(({ address, ca, ...rest }) => ({
    ...rest,
    place: isAddress(address)
      ? { is: 'web', address: address.replace(/\/*$/, '/'), ca: ca === undefined ? null : at(ca) }
      : { is: 'folder', folder: at(address) },
  }));
