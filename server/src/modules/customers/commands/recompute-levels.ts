import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { emitMany } from '#kernel/outbox/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { LevelChanged } from '../events.ts';
import { type LevelTerms, levelNamed } from '../domain/levels.ts';
import { type MembershipSettings, membershipSettings } from '../settings.ts';
import { type CustomerRow, orgOf } from '../store/customers.ts';

const BATCH = 1000;

type Candidate = Pick<CustomerRow, 'id' | 'level' | 'level_source' | 'level_floor' | 'level_falls_at'> & {
  /** Place among the levels, from 1. */
  reached: number;
  /** A level set by hand whose time is over. */
  manual_over: boolean;
};

// What a customer reached by what they bought within the window, against what they have. Only those with something to do.
const CANDIDATES = `
with bought as (
  select customer_id, sum(kept) filter (where currency = $9) as spent, count(*) filter (where kept > 0) as n
    from customers.activity where org_id = $1 and at > $3 and at <= $4 and ($2::uuid[] is null or customer_id = any ($2)) group by 1),
t as (
  select c.id, c.level, c.level_source, c.level_floor, c.level_falls_at, coalesce(array_position($5::text[], lower(c.level)), 1) as has,
         greatest(coalesce(array_position($5::text[], lower(c.level_floor)), 1), coalesce((select max(i) from unnest($6::bigint[], $7::bigint[]) with ordinality as u (spent, n, i)
           where b.spent >= u.spent or b.n >= u.n), 1))::int as reached,
         c.level_source = 'manual' and c.level_until <= $4 as manual_over
    from customers.customers c left join bought b on b.customer_id = c.id
   where c.org_id = $1 and ($2::uuid[] is null or c.id = any ($2)) and c.id > $8 and (b.customer_id is not null or lower(c.level) <> $5[1] or c.level_source = 'manual')
     and (c.level_source <> 'manual' or c.level_until <= $4))
select id, level, level_source, level_floor, level_falls_at, reached, coalesce(manual_over, false) as manual_over from t
 where manual_over or reached > has or (reached = has and level_falls_at is not null)
    or (reached < has and level_source = 'computed' and (level_falls_at is null or level_falls_at <= $4))
 order by id limit ${BATCH}`;

/**
 * Computes levels anew from what was bought within the window: of the named customers, or of the next 1,000 with a change
 * after one. A higher level is given at once; a lower one after the grace. Levels by hand and levels given with the first
 * order are not lowered. Returns the last customer of a full batch.
 */
export async function recomputeLevels(
  tx: Tx,
  ctx: Ctx,
  which: { customerIds?: readonly string[]; after?: string | undefined },
): Promise<string | undefined> {
  const settings = await membershipSettings.get(tx);
  const { levels } = settings;
  const ask = async (ids: readonly string[] | null): Promise<Candidate[]> =>
    tx.query<Candidate>(CANDIDATES, [
      tx.orgId,
      ids,
      after(ctx.now, -settings.levelWindowDays * DAY_MS),
      ctx.now,
      levels.map((l) => l.code),
      levels.map((l) => l.minSpent),
      levels.map((l) => l.minOrders),
      which.after ?? '00000000-0000-0000-0000-000000000000',
      (await orgOf(tx)).currency,
    ]);
  const ids = which.customerIds ?? (await ask(null)).map((c) => c.id);
  if (ids.length === 0) return undefined;
  // found without a lock, judged again with it
  await tx.query('select 1 from customers.customers where org_id = $1 and id = any ($2) order by id for update', [
    tx.orgId,
    ids,
  ]);
  const found = await ask(ids);
  await apply(
    tx,
    ctx,
    settings,
    found.map((c) => decide(settings, c, ctx.now)),
  );
  return which.customerIds === undefined && ids.length === BATCH ? ids.at(-1) : undefined;
}

type Verdict = { row: Candidate; to: LevelTerms; fallsAt: Date | null; floor: string | null };

function decide(settings: MembershipSettings, row: Candidate, now: Date): Verdict {
  const { levels } = settings;
  const has = levelNamed(levels, row.level);
  const reached = levels[row.reached - 1] as LevelTerms;
  const floor = row.level_source === 'given' && levels.indexOf(has) > 0 ? has.code : row.level_floor;
  if (row.manual_over || levels.indexOf(reached) >= levels.indexOf(has))
    return { row, to: reached, fallsAt: null, floor };
  const fallsAt = row.level_falls_at ?? after(now, settings.levelGraceDays * DAY_MS);
  return fallsAt <= now ? { row, to: reached, fallsAt: null, floor } : { row, to: has, fallsAt, floor };
}

async function apply(tx: Tx, ctx: Ctx, settings: MembershipSettings, verdicts: readonly Verdict[]): Promise<void> {
  if (verdicts.length === 0) return;
  const changed = verdicts.filter((v) => v.to.code !== levelNamed(settings.levels, v.row.level).code);
  await tx.query(
    `update customers.customers c set level = u.l, level_floor = u.f, level_falls_at = u.d, level_until = null,
            level_source = case when c.level_source = 'given' and c.level = u.l then 'given' else 'computed' end,
            level_since = case when c.level = u.l then c.level_since else $6 end, version = c.version + 1
       from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as u (id, l, f, d) where c.org_id = $1 and c.id = u.id`,
    [
      tx.orgId,
      verdicts.map((v) => v.row.id),
      verdicts.map((v) => v.to.code),
      verdicts.map((v) => v.floor),
      verdicts.map((v) => v.fallsAt),
      ctx.now,
    ],
  );
  await tx.query(
    `insert into customers.level_changes (org_id, id, customer_id, was, is_now, source, actor_id, at)
     select $1, i, c, w, n, 'computed', $6, $7 from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) as u (i, c, w, n)`,
    [
      tx.orgId,
      changed.map(() => newId()),
      changed.map((v) => v.row.id),
      changed.map((v) => v.row.level),
      changed.map((v) => v.to.code),
      ctx.actor.id,
      ctx.now,
    ],
  );
  const events = changed.map((v) => ({
    key: v.row.id,
    value: { from: v.row.level, to: v.to.code, how: 'computed' as const },
  }));
  await emitMany(tx, ctx, LevelChanged, events);
}
