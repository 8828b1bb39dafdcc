import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import { Threshold } from '../../shared/kinds/quorum-and-majority.ts';
import { Id, PublicKey, Text } from '../../shared/protocol/ids.ts';
import type { Value } from '../../shared/protocol/value.ts';
import { personList } from '../contract/staff-list.ts';
import { isTimeZone } from '../register/model/days.ts';
import { LEVELS } from '../register/model/level.ts';
import { RegisterPerson } from '../register/model/person.ts';
import { USUAL_RULES, WorkRules } from '../register/model/work/fields.ts';
import { PROJECT_SECTORS } from '../register/public/oc4ids/sectors.ts';
import { type Child, Children, childrenAt, Pulling, refuseNotBeneath } from './children-file.ts';
import { type PagesPlace, pagesAt, port, refuseOpenWire, Tls, tlsAt, usualHost } from './pages-place.ts';
import { type Loaded, loaded } from './problem.ts';
import { CATEGORIES, GROUNDS, SECTORS } from './register-usual.ts';
import { readYaml } from './yaml-file.ts';

/** A name of the register's own lists; one that is written plain is Chinese. */
const Named = z.strictObject({ id: Id, name: Text });

const names = z
  .array(Named)
  .max(1000)
  .superRefine((all, context) => {
    const seen = new Set<string>();
    all.forEach(({ id }, i) => {
      if (seen.has(id))
        context.addIssue({ code: 'custom', path: [i, 'id'], message: `there are two entries ${id}` });
      seen.add(id);
    });
  });

/** A city has its deputies on the list, too. */
const MOST_PERSONS = 2_000;

const Staff = personList(RegisterPerson, MOST_PERSONS, ({ roles }) =>
  roles.includes('administrator') && roles.length > 1
    ? {
        says: 'an administrator does nothing of the content',
        cure: 'name another person as administrator',
      }
    : null,
);

/** Lights are written in points behind the plan, as people speak of them. */
const WorkRulesFile = z
  .strictObject({
    yellowPoints: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(USUAL_RULES.yellow / 10),
    redPoints: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(USUAL_RULES.red / 10),
    reportDay: WorkRules.shape.reportDay.default(USUAL_RULES.reportDay),
    satisfied: Threshold.default(USUAL_RULES.satisfied),
    acceptable: Threshold.default(USUAL_RULES.acceptable),
    basis: WorkRules.shape.basis.default(USUAL_RULES.basis),
    explainDays: WorkRules.shape.explainDays.default(USUAL_RULES.explainDays),
  })
  .refine(({ yellowPoints, redPoints }) => yellowPoints < redPoints, {
    message: 'yellow does not come before red',
    path: ['redPoints'],
    params: { cure: 'write a larger number than yellowPoints' },
  })
  .transform(
    ({ yellowPoints, redPoints, ...rest }): WorkRules => ({
      ...{ yellow: yellowPoints * 10, red: redPoints * 10 },
      ...rest,
    }),
  );

const RegisterFields = z
  .strictObject({
    register: z.strictObject({ id: Id, name: Text }),
    congress: z.strictObject({ name: Text }),
    level: z.enum(LEVELS),
    staff: Staff,
    rights: z.strictObject({ idleMinutes: z.number().int().min(5).max(720).default(60) }).prefault({}),
    categories: names.default([...CATEGORIES]),
    grounds: names.default([...GROUNDS]),
    /** 责任单位: who carries things out. */
    bodies: names.min(1),
    areas: names.min(1),
    /** Where money comes from. */
    sources: names.min(1),
    /** When lights turn yellow and red, until when reports are due, and the rule by which projects are graded. */
    rules: WorkRulesFile.prefault({}),
    /** The hall that votes on the lists: its coordinator's public key, and the folder in which both leave things for one another. */
    hall: z
      .strictObject({
        key: PublicKey.nullable().default(null),
        folder: z.string().min(1).nullable().default(null),
      })
      .prefault({}),
    /** Registers beneath, whose feeds are read and added up. */
    children: Children,
    pull: Pulling,
    /** Whose days the first and the last day of collection are. */
    timezone: z
      .string()
      .refine(isTimeZone, 'is no time zone, such as Asia/Shanghai')
      .default('Asia/Shanghai'),
    tls: Tls,
    /** With `tls: off`: whoever is on the network may listen, and it is known. */
    insecure: z.boolean().default(false),
    listen: z
      .strictObject({
        http: pagesAt(8090).prefault({}),
        https: z.strictObject({ port: port.default(8453) }).prefault({}),
      })
      .prefault({}),
    address: z.url().nullable().default(null),
    /** A picture of the area, JPEG or PNG, on which people point out a place. */
    plan: z.string().min(1).nullable().default(null),
    /** What is said of the data that anybody may take along. */
    openData: z
      .strictObject({
        /** Under which terms it may be used; nothing is said of it where nobody has decided it. */
        licence: z.strictObject({ name: Text, url: z.url() }).nullable().default(null),
        /** The congress's own project identifier prefix, as the OC4IDS helpdesk gives it out. */
        prefix: z
          .string()
          .regex(/^oc4ids-[a-z0-9]{6}$/, 'is no prefix of OC4IDS, such as oc4ids-bu3kcz')
          .nullable()
          .default(null),
        /** Category → sector of OC4IDS. */
        sectors: z.record(Id, z.enum(PROJECT_SECTORS)).default({ ...SECTORS }),
      })
      .prefault({}),
    data: z.string().default('data'),
  })
  .superRefine((written, context) => refuseOpenWire(written, ['http'], context))
  .superRefine((written, context) => refuseNotBeneath(written, context))
  .superRefine(({ staff, bodies, categories }, context) => {
    staff.forEach(({ id, roles, body, fields = [] }, i) => {
      for (const field of fields)
        if (!categories.some((each) => each.id === field))
          context.addIssue({
            code: 'custom',
            path: ['staff', i, 'fields'],
            message: `there is no category ${field}`,
            params: { cure: 'write the id of one of categories' },
          });
      if (body !== undefined && !bodies.some((each) => each.id === body))
        context.addIssue({
          code: 'custom',
          path: ['staff', i, 'body'],
          message: `there is no body ${body}`,
          params: { cure: 'add it to bodies, or correct the id' },
        });
      if (roles.includes('department') && body === undefined)
        context.addIssue({
          code: 'custom',
          path: ['staff', i],
          message: `${id} acts for a department and no body is named`,
          params: { cure: 'write body: with the id of one of bodies' },
        });
    });
  });

type Written = Value<typeof RegisterFields>;

/** A register's configuration; all paths absolute. */
export interface RegisterConfig
  extends Omit<Written, 'listen' | 'tls' | 'address' | 'data' | 'children'>,
    PagesPlace {
  readonly children: readonly Child[];
}

/** Reads register.yaml. Paths in it are relative to it. */
export function loadRegister(path: string): Loaded<RegisterConfig> {
  const register = readYaml(path, basename(path), RegisterFields);
  if (!register.ok) return register;
  const at = (file: string) => resolve(dirname(path), file);
  const { data, tls, listen, hall, plan, children, ...rest } = register.value;
  const { http, https } = listen;
  return loaded({
    ...rest,
    listen: { http: { ...http, host: http.host ?? usualHost(tls, rest.insecure) }, https },
    tls: tlsAt(tls, at),
    hall: { key: hall.key, folder: hall.folder === null ? null : at(hall.folder) },
    plan: plan === null ? null : at(plan),
    children: childrenAt(children, at),
    data: at(data),
  });
}
