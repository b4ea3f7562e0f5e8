import { z } from 'zod';
import { actorNames, permissionHolders } from '#kernel/actors.ts';
import { type Ctx, permit } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute, Nothing, type Route } from '#kernel/http/route.ts';
import { newId } from '#kernel/ids.ts';
import { savedViewRoutes } from '#kernel/views/index.ts';
import { retimeAll } from './jobs/retime.ts';
import { ROOTS, rootOf } from './domain/categories.ts';
import { calendarNames } from './domain/calendars.ts';
import { AgentNotFound, AssigneeUnknown, CategoryTaken, CategoryUnknown, TeamTaken, ViewNotFound } from './errors.ts';
import { CONFIGURE, READ, REPLY, SUPERVISE } from './policy.ts';
import { supportSettings } from './settings.ts';
import { categoriesOf, putCategory } from './store/categories.ts';
import {
  agentsByIds,
  ensureTeams,
  insertTeam,
  listTeams,
  lockTeam,
  membersOf,
  saveAgent,
  saveTeam,
} from './store/teams.ts';

const tags = ['service-desk'];
const text = (max: number) => z.string().trim().min(1).max(max);
const CODE = /^[a-z][a-z0-9_]*(\/[a-z][a-z0-9_]*){1,3}$/;
const code = z.string().trim().max(80).regex(CODE);

const CategoryView = z.object({
  code: z.string(),
  name: z.object({ 'zh-CN': z.string(), en: z.string() }),
  enabled: z.boolean(),
  builtIn: z.boolean(),
  /** Customers choose among these when they open a ticket. */
  offered: z.boolean(),
});
const Categories = z.object({ items: z.array(CategoryView) }).meta({ id: 'TicketCategories' });
const NewCategory = z.object({
  code,
  name: z.object({ 'zh-CN': text(60), en: text(60) }),
  offered: z.boolean().default(false),
});
const PutCategory = z.object({
  code: z.string().trim().max(80),
  name: z.object({ 'zh-CN': text(60), en: text(60) }),
  enabled: z.boolean(),
  /** Default as it is. */
  offered: z.boolean().optional(),
});

const person = z.object({ id: z.uuid(), name: z.string() });
const TeamView = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    lead: person.nullable(),
    manager: person.nullable(),
    calendar: z.string().nullable(),
    categories: z.array(z.string()),
    enabled: z.boolean(),
    members: z.array(person),
    version: z.int(),
  })
  .meta({ id: 'SupportTeam' });
const Teams = z.object({ items: z.array(TeamView) });
const PutTeam = z.object({
  teamId: z.uuid(),
  name: text(60),
  leadId: z.uuid().nullable().default(null),
  managerId: z.uuid().nullable().default(null),
  calendar: z.string().max(40).nullable().default(null),
  categories: z.array(z.string().max(80)).max(50).default([]),
  memberIds: z.array(z.uuid()).max(500).default([]),
  enabled: z.boolean().default(true),
});
const AgentView = person.extend({ available: z.boolean(), limit: z.int().nullable() });
const Agents = z.object({ items: z.array(AgentView) });
const PutAgent = z.object({
  userId: z.union([z.literal('me'), z.uuid()]),
  available: z.boolean(),
  limit: z.int().min(0).max(10_000).nullable().optional(),
});
const Desk = z.object({ values: supportSettings.schema, version: z.int() }).meta({ id: 'SupportSettings' });

async function teams(tx: Tx): Promise<z.input<typeof Teams>> {
  const rows = await listTeams(tx);
  const members = await membersOf(
    tx,
    rows.map((r) => r.id),
  );
  const everybody = [
    ...[...members.values()].flat(),
    ...rows.flatMap((r) => [r.lead_id ?? [], r.manager_id ?? []].flat()),
  ];
  const names = await actorNames(tx, everybody);
  const who = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? id });
  return {
    items: rows.map((r) => ({
      id: r.id,
      code: r.code,
      name: r.name,
      lead: who(r.lead_id),
      manager: who(r.manager_id),
      calendar: r.calendar,
      categories: r.categories,
      enabled: r.enabled,
      members: (members.get(r.id) ?? []).map((id) => ({ id, name: names.get(id) ?? id })),
      version: r.version,
    })),
  };
}

/** People of the organisation who see tickets. @throws AssigneeUnknown for anybody else. */
async function mustBelong(tx: Tx, ids: readonly string[]): Promise<void> {
  const known = new Set((await permissionHolders(tx, READ)).map((h) => h.id));
  const stranger = ids.find((id) => !known.has(id));
  if (stranger !== undefined) throw new AssigneeUnknown({ userId: stranger });
}

async function changeTeam(tx: Tx, ctx: Ctx, input: z.output<typeof PutTeam>): Promise<z.input<typeof Teams>> {
  const row = await lockTeam(tx, input.teamId);
  await mustBelong(tx, [...input.memberIds, input.leadId ?? [], input.managerId ?? []].flat());
  const known = await categoriesOf(tx);
  const unknown = input.categories.find((c) => !known.some((k) => k.code === c));
  if (unknown !== undefined) throw new CategoryUnknown({ category: unknown });
  const names = calendarNames((await supportSettings.get(tx)).calendars);
  await saveTeam(
    tx,
    row.id,
    {
      name: input.name,
      lead_id: input.leadId,
      manager_id: input.managerId,
      calendar: input.calendar !== null && names.includes(input.calendar) ? input.calendar : null,
      categories: input.categories,
      enabled: input.enabled,
    },
    input.memberIds,
  );
  if (row.calendar !== input.calendar) await retimeAll.enqueue(tx, ctx, {}, { key: 'all' });
  return teams(tx);
}

async function people(tx: Tx): Promise<z.input<typeof Agents>> {
  const ids = (await permissionHolders(tx, REPLY)).map((h) => h.id);
  const names = await actorNames(tx, ids);
  const agents = new Map((await agentsByIds(tx, ids)).map((a) => [a.user_id, a]));
  return {
    items: ids.map((id) => ({
      id,
      name: names.get(id) ?? id,
      available: agents.get(id)?.available ?? true,
      limit: agents.get(id)?.ticket_limit ?? null,
    })),
  };
}

const categoryRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/ticket-categories',
    permission: READ,
    tags,
    summary: 'The tree of categories, built-in and own',
    input: z.object({}),
    output: Categories,
    run: async (tx) => ({ items: await categoriesOf(tx) }),
  }),
  defineRoute({
    method: 'POST',
    path: '/ticket-categories',
    permission: CONFIGURE,
    tags,
    summary: 'Add a category below one of the six roots',
    input: NewCategory,
    output: Categories,
    status: 201,
    run: async (tx, ctx, input) => {
      const known = await categoriesOf(tx);
      const parent = input.code.slice(0, input.code.lastIndexOf('/'));
      if (!ROOTS.some((r) => r === rootOf(input.code)) || !known.some((c) => c.code === parent))
        throw new CategoryUnknown({ category: parent });
      if (known.some((c) => c.code === input.code)) throw new CategoryTaken({ category: input.code });
      await putCategory(tx, {
        code: input.code,
        name_zh: input.name['zh-CN'],
        name_en: input.name.en,
        enabled: true,
        offered: input.offered,
        updated_at: ctx.now,
        updated_by: ctx.actor.id,
      });
      return { items: await categoriesOf(tx) };
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/ticket-categories',
    permission: CONFIGURE,
    tags,
    summary: 'Rename a category, or switch it off and on; roots stay',
    input: PutCategory,
    output: Categories,
    run: async (tx, ctx, input) => {
      const found = (await categoriesOf(tx)).find((c) => c.code === input.code);
      if (!found || !CODE.test(input.code)) throw new CategoryUnknown({ category: input.code });
      await putCategory(tx, {
        code: input.code,
        name_zh: input.name['zh-CN'],
        name_en: input.name.en,
        enabled: input.enabled,
        offered: input.offered ?? found.offered,
        updated_at: ctx.now,
        updated_by: ctx.actor.id,
      });
      return { items: await categoriesOf(tx) };
    },
  }),
];

const teamRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/support-teams',
    permission: READ,
    tags,
    summary: 'Teams and who is in them',
    mode: 'write', // the built-in teams are made when they are first asked for
    input: z.object({}),
    output: Teams,
    run: async (tx) => {
      await ensureTeams(tx);
      return teams(tx);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/support-teams',
    permission: CONFIGURE,
    tags,
    summary: 'Add a team',
    input: z.object({
      code: z
        .string()
        .trim()
        .regex(/^[a-z][a-z0-9_]{0,39}$/),
      name: text(60),
    }),
    output: Teams,
    status: 201,
    run: async (tx, _ctx, input) => {
      if (!(await insertTeam(tx, { id: newId(), ...input }))) throw new TeamTaken({ code: input.code });
      return teams(tx);
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/support-teams/{teamId}',
    permission: CONFIGURE,
    tags,
    summary: 'Change a team: who is in it, who leads it, its calendar, what comes to it by itself',
    input: PutTeam,
    output: Teams,
    run: changeTeam,
  }),
  defineRoute({
    method: 'GET',
    path: '/support-agents',
    permission: READ,
    tags,
    summary: 'Who answers tickets, and whether they take any at present',
    input: z.object({}),
    output: Agents,
    run: (tx) => people(tx),
  }),
  defineRoute({
    method: 'PUT',
    path: '/support-agents/{userId}',
    permission: REPLY,
    tags,
    summary: 'Say whether one takes tickets; for others, and for limits, supervision is needed',
    input: PutAgent,
    output: Agents,
    run: async (tx, ctx, input) => {
      const userId = input.userId === 'me' ? ctx.actor.id : input.userId;
      if (userId !== ctx.actor.id || input.limit !== undefined) permit(ctx, SUPERVISE);
      if (!(await permissionHolders(tx, REPLY)).some((h) => h.id === userId)) throw new AgentNotFound({ userId });
      const [was] = await agentsByIds(tx, [userId]);
      const limit = input.limit === undefined ? (was?.ticket_limit ?? null) : input.limit;
      await saveAgent(tx, { user_id: userId, available: input.available, ticket_limit: limit }, ctx.now);
      return people(tx);
    },
  }),
];

const settingsRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/support-settings',
    permission: READ,
    tags,
    summary: 'What the service desk promises, its calendars and its numbers',
    input: z.object({}),
    output: Desk,
    run: (tx) => supportSettings.view(tx),
  }),
  defineRoute({
    method: 'PUT',
    path: '/support-settings',
    permission: CONFIGURE,
    tags,
    summary: 'Set the named values; clocks of open tickets are computed anew, what has passed is kept',
    input: z.object({ values: z.record(z.string().max(60), z.unknown()) }),
    output: Desk,
    run: (tx, ctx, { values }) => supportSettings.put(tx, ctx, values),
  }),
];

const recompute = defineRoute({
  method: 'POST',
  path: '/support-settings/recompute',
  permission: CONFIGURE,
  tags,
  summary:
    'Bring all open tickets in line with what is promised now, such as after the holidays of a year were published',
  input: z.object({}),
  output: Nothing,
  status: 202,
  run: async (tx, ctx) => {
    await retimeAll.enqueue(tx, ctx, {}, { key: 'all' });
    return {};
  },
});

const viewRoutes = savedViewRoutes({
  path: '/ticket-views',
  list: 'tickets',
  permission: READ,
  tags,
  notFound: ViewNotFound,
});

export const deskRoutes: Route[] = [...categoryRoutes, ...teamRoutes, ...settingsRoutes, recompute, ...viewRoutes];
