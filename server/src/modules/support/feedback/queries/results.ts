import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { categoriesOf } from '../../tickets/store/categories.ts';
import { findTeam } from '../../tickets/store/teams.ts';
import { type Group, type Kind, SCALE } from '../domain/words.ts';
import type { ListRequests, RequestView, Results, ResultsView } from '../schema.ts';
import { type AnswerRow, answersOf, openComment, REQUEST_COLUMNS, type RequestRow } from '../store/requests.ts';

const NEWEST = 'feedback/-id';
const LINES_MAX = 500;
type Filters = Partial<Omit<z.output<typeof Results>, 'kind'>> & {
  kind?: Kind | undefined;
  state?: string | undefined;
  bad?: boolean | undefined;
  subjectId?: string | undefined;
};

/** Conditions on questions, with their values from $2 on; the organisation is $1. Counted and listed by the same. */
function conditions(tx: Tx, ctx: Ctx, f: Filters): { sql: string; params: unknown[] } {
  const params: unknown[] = [tx.orgId];
  const parts: string[] = [];
  const and = (sql: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    params.push(value);
    parts.push(` and ${sql.replace('?', `$${params.length}`)}`);
  };
  and('r.kind = ?', f.kind);
  and('r.asked_at >= ?', f.from);
  and('r.asked_at < ?', f.to);
  and('r.agent_id = ?', f.agentId);
  and('r.team_id = ?', f.teamId);
  and('r.category = ?', f.category);
  and(`r.subject_kind = 'campaign' and r.subject_id = ?`, f.campaignId);
  and('r.subject_id = ?', f.subjectId);
  and('r.state = ?', f.state);
  and('r.bad = ?', f.bad);
  and('(r.shop_id is null or r.shop_id = any (?))', ctx.actor.shops === null ? undefined : [...ctx.actor.shops]);
  return { sql: parts.join(''), params };
}

type Counted = { asked: number; answered: number; sum: number; good: number; bad: number };
const figuresSql = (kind: Kind): string =>
  `count(*)::int as asked, count(r.score)::int as answered, coalesce(sum(r.score), 0)::int as sum,
   count(*) filter (where r.score >= ${SCALE[kind].good})::int as good, count(*) filter (where ${kind === 'nps' ? 'r.score <= 6' : 'r.bad'})::int as bad`;

/** The figures of some questions. NPS is counted by its definition, whatever the organisation calls a bad score: 9 and 10 less 0 to 6. */
export function figuresOf(kind: Kind, c: Counted): z.input<typeof ResultsView>['total'] {
  const share = (n: number, of: number): number | null => (of === 0 ? null : Math.round((n * 1000) / of));
  return {
    asked: c.asked,
    answered: c.answered,
    ratePermille: share(c.answered, c.asked),
    meanMillis: c.answered === 0 ? null : Math.round((c.sum * 1000) / c.answered),
    good: c.good,
    bad: c.bad,
    indexPermille: share(kind === 'nps' ? c.good - c.bad : c.good, c.answered),
  };
}

const KEYS: Readonly<Record<Group, string>> = {
  agent: `coalesce(r.agent_id::text, '')`,
  team: `coalesce(r.team_id::text, '')`,
  category: 'r.category',
  day: `to_char(date_trunc('day', r.asked_at at time zone $Z), 'YYYY-MM-DD')`,
  week: `to_char(date_trunc('week', r.asked_at at time zone $Z), 'YYYY-MM-DD')`,
  month: `to_char(date_trunc('month', r.asked_at at time zone $Z), 'YYYY-MM-DD')`,
};
const STEP: Partial<Record<Group, string>> = { day: '1 day', week: '7 days', month: '1 month' };

/** How customers rate, in total and by agent, team, category or period. */
export async function resultsOf(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof Results>,
): Promise<z.input<typeof ResultsView>> {
  const { sql, params } = conditions(tx, ctx, input);
  const from = `from support.feedback_requests r where r.org_id = $1 and r.asked_at is not null${sql}`;
  const total = one(await tx.query<Counted>(`select ${figuresSql(input.kind)} ${from}`, params));
  const step = STEP[input.by];
  const zone = `$${params.length + 1}`;
  const key = KEYS[input.by].replace('$Z', zone);
  const ends = step
    ? `, ((k.key)::timestamp at time zone ${zone}) as begins, ((k.key)::timestamp + interval '${step}') at time zone ${zone} as ends`
    : '';
  const rows = await tx.query<Counted & { key: string; begins?: Date; ends?: Date }>(
    `select k.*${ends} from (select ${key} as key, ${figuresSql(input.kind)} ${from} group by 1) k
      order by ${step ? 'k.key desc' : 'k.answered desc, k.key'} limit ${LINES_MAX + 1}`,
    step ? [...params, await zoneOfOrg(tx)] : params,
  );
  const shown = rows.slice(0, LINES_MAX);
  const labels = await labelsOf(
    tx,
    ctx,
    input.by,
    shown.map((r) => r.key),
  );
  return {
    total: figuresOf(input.kind, total),
    rows: shown.map((r) => ({
      key: r.key,
      label: labels.get(r.key) ?? r.key,
      filter: {
        ...(input.by === 'agent' && r.key !== '' ? { agentId: r.key } : {}),
        ...(input.by === 'team' && r.key !== '' ? { teamId: r.key } : {}),
        ...(input.by === 'category' ? { category: r.key } : {}),
        ...(r.begins && r.ends ? { from: r.begins.toISOString(), to: r.ends.toISOString() } : {}),
      },
      ...figuresOf(input.kind, r),
    })),
    more: rows.length > LINES_MAX,
  };
}

async function labelsOf(tx: Tx, ctx: Ctx, by: Group, keys: readonly string[]): Promise<Map<string, string>> {
  const ids = keys.filter((k) => k !== '');
  if (by === 'agent') return new Map(await actorNames(tx, ids));
  if (by === 'team') {
    const teams = await Promise.all(ids.map((id) => findTeam(tx, { id })));
    return new Map(teams.flatMap((team) => (team ? [[team.id, team.name] as const] : [])));
  }
  if (by === 'category') return new Map((await categoriesOf(tx)).map((c) => [c.code, c.name[ctx.locale]]));
  return new Map();
}

/** Questions and what was answered, newest first. */
export async function findRequests(tx: Tx, ctx: Ctx, input: z.output<typeof ListRequests>): Promise<Page<RequestRow>> {
  const { sql, params } = conditions(tx, ctx, input);
  const before = input.cursor === undefined ? null : decodeCursor(NEWEST, input.cursor, 1)[0];
  const at = params.length;
  const rows = await tx.query<RequestRow>(
    `select ${REQUEST_COLUMNS} from support.feedback_requests r where r.org_id = $1${sql} and ($${at + 1}::uuid is null or r.id < $${at + 1})
      order by r.id desc limit $${at + 2}`,
    [...params, before, input.limit + 1],
  );
  return pageOf(
    rows,
    input.limit,
    NEWEST,
    (r) => [r.id],
    (r) => r,
  );
}

export async function listRequests(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListRequests>,
): Promise<Page<z.input<typeof RequestView>>> {
  const page = await findRequests(tx, ctx, input);
  return { items: await presentRequests(tx, ctx, page.items), nextCursor: page.nextCursor };
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export async function presentRequests(
  tx: Tx,
  ctx: Ctx,
  rows: readonly RequestRow[],
): Promise<z.input<typeof RequestView>[]> {
  await fieldCrypto.load(ctx.orgId);
  const answers = Map.groupBy(
    await answersOf(
      tx,
      rows.map((r) => r.id),
    ),
    (a) => a.request_id,
  );
  const names = await actorNames(tx, [...new Set(rows.flatMap((r) => r.agent_id ?? []))]);
  return rows.map((r) => presentRequest(ctx, r, answers.get(r.id) ?? [], names));
}

function presentRequest(
  ctx: Ctx,
  r: RequestRow,
  answers: readonly AnswerRow[],
  names: ReadonlyMap<string, string>,
): z.input<typeof RequestView> {
  const shown = answers.map((a) => ({
    score: a.score,
    more: a.more,
    comment: openComment(ctx.orgId, a),
    at: a.at.toISOString(),
  }));
  return {
    id: r.id,
    kind: r.kind,
    subjectKind: r.subject_kind,
    subjectId: r.subject_id,
    subjectNo: r.subject_no,
    round: r.round,
    customerId: r.customer_id,
    agent: r.agent_id === null ? null : { id: r.agent_id, name: names.get(r.agent_id) ?? r.agent_id },
    category: r.category,
    state: r.state,
    whySkipped: r.why_skipped,
    score: r.score,
    bad: r.bad,
    consequence: r.consequence,
    comment: shown[0]?.comment ?? '',
    createdAt: r.created_at.toISOString(),
    sendAt: r.send_at.toISOString(),
    askedAt: iso(r.asked_at),
    answerUntil: iso(r.answer_until),
    answeredAt: iso(r.answered_at),
    answers: shown,
  };
}
