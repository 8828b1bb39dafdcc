import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import { Fraction } from '../../shared/kinds/quorum-and-majority.ts';
import { Id, Text } from '../../shared/protocol/ids.ts';
import type { Value } from '../../shared/protocol/value.ts';
import { type CardKeys, readCardKeys } from '../cards/card-keys.ts';
import { StaffList, StaffSettings } from '../contract/staff-list.ts';
import type { Wire } from '../contract/wire.ts';
import type { HallFiles } from '../sitting/configure.ts';
import { CARD_KINDS, CardKind, type Deputy } from '../sitting/entries.ts';
import { MOST_SCRUTINEERS, type Secrecy } from '../sitting/secrecy.ts';
import type { Begun } from '../sitting/state.ts';
import { readAgenda } from './agenda-file.ts';
import { cardsAgainstRoll, type RegisterLine, readCards } from './cards-file.ts';
import {
  host,
  type PagesPlace,
  pagesAt,
  port,
  refuseOpenWire,
  Tls,
  tlsAt,
  usualHost,
  wireAt,
} from './pages-place.ts';
import { failed, type Loaded, loaded, type Problem } from './problem.ts';
import { readRoll } from './roll-file.ts';
import { readTerminals } from './terminals-file.ts';
import { numberAsText, readYaml } from './yaml-file.ts';

const HallFields = z.strictObject({
  hall: z.strictObject({ id: Id, name: Text }),
  congress: z.strictObject({ name: Text }),
  sitting: z.strictObject({
    id: Id,
    title: Text,
    date: z.iso.date('write a day that exists as "2027-01-15", in quotes'),
  }),
  /** Who acts in the hall, in which roles. */
  staff: StaffList,
  /** How far it goes beyond the table of rights. */
  rights: StaffSettings.prefault({}),
  seating: z.enum(['fixed', 'free']).default('fixed'),
  quorum: z.preprocess(numberAsText, Fraction).default({ num: 2, den: 3 }),
  files: z
    .strictObject({
      roll: z.string().default('roll.csv'),
      agenda: z.string().default('agenda.yaml'),
      terminals: z.string().nullable().default(null),
      cards: z.string().nullable().default(null),
    })
    .prefault({}),
  cards: z
    .strictObject({
      /** Kinds of card that check in. */
      accept: z
        .array(CardKind)
        .min(1)
        .transform((kinds) => CARD_KINDS.filter((kind) => kinds.includes(kind)))
        .default(['uid']),
      /** The master key of the cards that have a key of their own. */
      key: z.string().nullable().default(null),
    })
    .prefault({}),
  /** Who holds the key of secret votes (无记名). */
  secrecy: z
    .union([
      z.strictObject({ holder: z.literal('coordinator') }),
      z
        .strictObject({
          threshold: z.number().int().min(1),
          scrutineers: z
            .array(Id)
            .min(2)
            .max(MOST_SCRUTINEERS)
            .refine((all) => new Set(all).size === all.length, 'ids must differ'),
        })
        .refine(({ threshold, scrutineers }) => threshold <= scrutineers.length, {
          path: ['threshold'],
          message: 'there are fewer scrutineers than the threshold',
        }),
    ])
    .nullable()
    .default(null),
  tls: Tls,
  /** With `tls: off`: whoever is on the network may listen, and it is known. */
  insecure: z.boolean().default(false),
  listen: z
    .strictObject({
      http: pagesAt(8080).prefault({}),
      /** With TLS, where the pages are; what listens at the other then says only how to get here. */
      https: z.strictObject({ port: port.default(8443) }).prefault({}),
      mqtt: z.strictObject({ host, port: port.optional() }).prefault({}),
    })
    .prefault({}),
  /** Where phones in the hall reach the pages; the display's QR code leads there. */
  address: z.url().nullable().default(null),
  data: z.string().default('data'),
});

/** Every scrutineer of secret votes is on the staff, in that role; and what goes in the clear does not leave the machine. */
const HallFile = HallFields.superRefine(({ staff, secrecy }, context) => {
  if (secrecy === null || 'holder' in secrecy) return;
  secrecy.scrutineers.forEach((id, i) => {
    const person = staff.find((each) => each.id === id);
    if (person?.roles.includes('scrutineer')) return;
    const what = person ? `${id} is no scrutineer` : `nobody on the staff has the id ${id}`;
    const cure = person
      ? `write scrutineer among the roles of ${id} in staff, or name another person`
      : `add ${id} to staff with the role scrutineer, or correct the id`;
    const path = ['secrecy', 'scrutineers', i];
    context.addIssue({ code: 'custom', path, message: what, params: { cure } });
  });
}).superRefine((written, context) => refuseOpenWire(written, ['http', 'mqtt'], context));

/** What the hall speaks over, wherever its ports listen. */
export function wireOf({ tls, listen: { http, mqtt } }: Pick<HallConfig, 'tls' | 'listen'>): Wire {
  return wireAt(tls, [http.host, mqtt.host]);
}

type Written = Value<typeof HallFile>;

/** A hall's configuration; all paths absolute. */
export interface HallConfig extends Omit<Written, 'listen' | 'tls' | 'address' | 'data'>, PagesPlace {
  readonly listen: PagesPlace['listen'] & {
    readonly mqtt: { readonly host: string; readonly port: number };
  };
}

/** Reads hall.yaml. Paths in it are relative to it. */
export function loadHall(path: string): Loaded<HallConfig> {
  const hall = readYaml(path, basename(path), HallFile);
  if (!hall.ok) return hall;
  const at = (file: string) => resolve(dirname(path), file);
  const atIfNamed = (file: string | null) => (file === null ? null : at(file));
  const { files, cards, data, tls, listen, ...rest } = hall.value;
  const { http, https, mqtt } = listen;
  const usual = usualHost(tls, rest.insecure);
  return loaded({
    ...rest,
    listen: {
      http: { ...http, host: http.host ?? usual },
      https,
      mqtt: { host: mqtt.host ?? usual, port: mqtt.port ?? (tls === 'off' ? 1883 : 8883) },
    },
    tls: tlsAt(tls, at),
    data: at(data),
    files: {
      roll: at(files.roll),
      agenda: at(files.agenda),
      terminals: atIfNamed(files.terminals),
      cards: atIfNamed(files.cards),
    },
    cards: { ...cards, key: atIfNamed(cards.key) },
  });
}

/** What the files say and, beside it, the one thing in them that is secret. */
export interface LoadedFiles extends HallFiles {
  readonly cardKeys: CardKeys | null;
  /** A session that is not used for so long ends: in no ledger, since it says nothing of the sitting. */
  readonly idleMs: number;
}

function secrecyOf({ secrecy, staff }: Pick<HallConfig, 'secrecy' | 'staff'>): Secrecy | null {
  if (secrecy === null || 'holder' in secrecy) return secrecy;
  const { threshold } = secrecy;
  const scrutineers = secrecy.scrutineers.flatMap((id) => {
    const person = staff.find((each) => each.id === id);
    return person ? { id, name: person.name } : [];
  });
  return { holder: 'scrutineers', threshold, scrutineers };
}

/** Reads the files hall.yaml names; all their mistakes come together. */
export function loadFiles(hall: HallConfig): Loaded<LoadedFiles> {
  const { files, cards, seating, quorum, staff, rights } = hall;
  const roll = readRoll(files.roll, basename(files.roll));
  const agenda = readAgenda(files.agenda, basename(files.agenda), quorum);
  const terminals =
    files.terminals === null ? loaded([]) : readTerminals(files.terminals, basename(files.terminals));
  const register = readRegister(files.cards, roll);
  const cardKeys = readKeys(cards, register.ok ? register.value : []);
  if (roll.ok && agenda.ok && terminals.ok && register.ok && cardKeys.ok)
    return loaded({
      staff,
      rights: rights.rights,
      idleMs: rights.idleMs,
      seating,
      quorum,
      secrecy: secrecyOf(hall),
      accept: cards.accept,
      deputies: roll.value,
      cards: register.value.map(({ card }) => card),
      ...agenda.value,
      terminals: terminals.value,
      cardKeys: cardKeys.value,
    });
  const problems = [roll, agenda, terminals, register, cardKeys].flatMap((file): readonly Problem[] =>
    file.ok ? [] : file.problems,
  );
  return failed(problems);
}

function readRegister(path: string | null, roll: Loaded<Deputy[]>): Loaded<RegisterLine[]> {
  if (path === null) return loaded([]);
  const register = readCards(path, basename(path));
  if (!register.ok || !roll.ok) return register;
  const problems = cardsAgainstRoll(register.value, roll.value, basename(path));
  return problems.length > 0 ? failed(problems) : register;
}

/** The cards' keys, where the hall has or accepts cards that need them. */
function readKeys(
  { accept, key }: HallConfig['cards'],
  register: readonly RegisterLine[],
): Loaded<CardKeys | null> {
  if (key !== null) return readCardKeys(key);
  const isNeeded = accept.includes('ntag424') || register.some(({ card }) => card.kind === 'ntag424');
  if (!isNeeded) return loaded(null);
  return failed({
    file: 'hall.yaml',
    line: null,
    what: 'NTAG 424 cards are accepted or registered, but cards.key names no key to check them with',
    cure: 'add cards: { key: cards.key } and run hallvote cards key',
  });
}

/** What a sitting begins with in the hall of these files. @param key its coordinator's. */
export function begunOf({ hall, congress, sitting }: HallConfig, key: string): Begun {
  const { id, title, date } = sitting;
  return { hall: hall.id, name: hall.name, congress: congress.name, sitting: id, title, date, key };
}
