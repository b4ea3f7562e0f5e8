import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { TeamNotFound } from '../errors.ts';

export type TeamRow = {
  id: string;
  code: string;
  name: string;
  lead_id: string | null;
  manager_id: string | null;
  calendar: string | null;
  categories: string[];
  enabled: boolean;
  version: number;
};
const COLUMNS = 'id, code, name, lead_id, manager_id, calendar, categories, enabled, version';

/** 品控组: major complaints come to it. */
export const QC_TEAM = 'qc';
const BUILT_IN = [
  { code: 'service', name: '客服组' },
  { code: QC_TEAM, name: '品控组' },
] as const;

/** Every organisation has a service team and a quality control team; it may rename them. */
export async function ensureTeams(tx: Tx): Promise<void> {
  const rows = await tx.prepared<{ code: string }>(
    'select code from support.teams where org_id = $1 and code = any ($2)',
    [tx.orgId, BUILT_IN.map((t) => t.code)],
  );
  for (const { code, name } of BUILT_IN.filter((t) => !rows.some((r) => r.code === t.code)))
    await tx.query(
      'insert into support.teams (org_id, id, code, name) values ($1, $2, $3, $4) on conflict (org_id, code) do nothing',
      [tx.orgId, newId(), code, name],
    );
}

export const listTeams = (tx: Tx): Promise<TeamRow[]> =>
  tx.prepared<TeamRow>(`select ${COLUMNS} from support.teams where org_id = $1 order by code limit 500`, [tx.orgId]);

export async function findTeam(tx: Tx, by: { id: string } | { code: string }): Promise<TeamRow | undefined> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['code', by.code];
  return maybeOne(
    await tx.prepared<TeamRow>(`select ${COLUMNS} from support.teams where org_id = $1 and ${column} = $2`, [
      tx.orgId,
      value,
    ]),
  );
}

/** @throws TeamNotFound. */
export async function lockTeam(tx: Tx, id: string): Promise<TeamRow> {
  const row = maybeOne(
    await tx.query<TeamRow>(`select ${COLUMNS} from support.teams where org_id = $1 and id = $2 for update`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new TeamNotFound({ teamId: id });
  return row;
}

export async function insertTeam(tx: Tx, team: Pick<TeamRow, 'id' | 'code' | 'name'>): Promise<boolean> {
  const rows = await tx.query(
    'insert into support.teams (org_id, id, code, name) values ($1, $2, $3, $4) on conflict (org_id, code) do nothing returning 1',
    [tx.orgId, team.id, team.code, team.name],
  );
  return rows.length === 1;
}

export async function saveTeam(
  tx: Tx,
  id: string,
  t: Pick<TeamRow, 'name' | 'lead_id' | 'manager_id' | 'calendar' | 'categories' | 'enabled'>,
  memberIds: readonly string[],
): Promise<void> {
  await tx.query(
    `update support.teams set name = $3, lead_id = $4, manager_id = $5, calendar = $6, categories = $7, enabled = $8, version = version + 1
      where org_id = $1 and id = $2`,
    [tx.orgId, id, t.name, t.lead_id, t.manager_id, t.calendar, t.categories, t.enabled],
  );
  await tx.query('delete from support.team_members where org_id = $1 and team_id = $2', [tx.orgId, id]);
  await tx.query(
    'insert into support.team_members (org_id, team_id, user_id) select $1, $2, u from unnest($3::uuid[]) as users (u)',
    [tx.orgId, id, [...new Set(memberIds)]],
  );
}

/** Puts people into a built-in team, and one of them at its head. */
export async function staffTeam(
  tx: Tx,
  code: string,
  people: { leadId: string | null; memberIds: readonly string[] },
): Promise<void> {
  await ensureTeams(tx);
  const team = await findTeam(tx, { code });
  if (team) await saveTeam(tx, team.id, { ...team, lead_id: people.leadId }, people.memberIds);
}

export async function membersOf(tx: Tx, teamIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx.prepared<{ team_id: string; user_id: string }>(
    'select team_id, user_id from support.team_members where org_id = $1 and team_id = any ($2::uuid[]) order by user_id',
    [tx.orgId, teamIds],
  );
  const found = new Map<string, string[]>();
  for (const r of rows) found.set(r.team_id, [...(found.get(r.team_id) ?? []), r.user_id]);
  return found;
}

export type AgentRow = { user_id: string; available: boolean; ticket_limit: number | null };

export const agentsByIds = (tx: Tx, ids: readonly string[]): Promise<AgentRow[]> =>
  tx.prepared<AgentRow>(
    'select user_id, available, ticket_limit from support.agents where org_id = $1 and user_id = any ($2::uuid[])',
    [tx.orgId, ids],
  );

/** The rows of these people, made where missing, locked in the order of their ids: who holds them gives tickets out. */
export async function lockAgents(tx: Tx, ids: readonly string[], now: Date): Promise<AgentRow[]> {
  await tx.query(
    `insert into support.agents (org_id, user_id, updated_at) select $1, u, $3 from unnest($2::uuid[]) as users (u) order by u
     on conflict do nothing`,
    [tx.orgId, [...new Set(ids)], now],
  );
  return tx.query<AgentRow>(
    `select user_id, available, ticket_limit from support.agents where org_id = $1 and user_id = any ($2::uuid[])
      order by user_id for update`,
    [tx.orgId, ids],
  );
}

export async function saveAgent(tx: Tx, a: AgentRow, now: Date): Promise<void> {
  await tx.query(
    `insert into support.agents (org_id, user_id, available, ticket_limit, updated_at) values ($1, $2, $3, $4, $5)
     on conflict (org_id, user_id) do update set available = excluded.available, ticket_limit = excluded.ticket_limit, updated_at = excluded.updated_at`,
    [tx.orgId, a.user_id, a.available, a.ticket_limit, now],
  );
}

/** Open tickets each of these people has. */
export async function loadOf(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ assignee_id: string; n: number }>(
    `select assignee_id, count(*)::int as n from support.tickets where org_id = $1 and assignee_id = any ($2::uuid[])
        and state in ('open', 'in_progress', 'waiting_customer', 'waiting_third_party') group by 1`,
    [tx.orgId, ids],
  );
  return new Map(rows.map((r) => [r.assignee_id, r.n]));
}
