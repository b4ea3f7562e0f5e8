import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { notify } from '#kernel/notifications/index.ts';
import { emitMany } from '#kernel/outbox/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { PointsExpired } from '../events.ts';
import { membershipSettings } from '../settings.ts';
import { openCustomer, orgOf } from '../store/customers.ts';

const BATCH = 200;

/** Expires what has run out, of at most 200 customers; returns how many they were. */
export async function expirePoints(tx: Tx, ctx: Ctx): Promise<number> {
  const rows = await tx.query<{ customer_id: string; points: number }>(
    'select customer_id, points from customers.points_expire($1, $2, $3, $4)',
    [tx.orgId, ctx.actor.id, ctx.now, BATCH],
  );
  const items = rows.map((r) => ({ key: r.customer_id, value: { points: r.points } }));
  await emitMany(tx, ctx, PointsExpired, items);
  return rows.length;
}

type Expiring = { customer_id: string; expires_at: Date; points: number; personal: Buffer | null };

/** Tells at most 200 customers of points that run out soon, once for each day they do; returns how many notices. */
export async function warnOfExpiry(tx: Tx, ctx: Ctx): Promise<number> {
  const until = after(ctx.now, (await membershipSettings.get(tx)).expiryWarningDays * DAY_MS);
  const rows = await tx.query<Expiring>(
    `with due as (
       select id from customers.points_lots where org_id = $1 and remaining > 0 and expires_at > $2 and expires_at <= $3 and warned_at is null
        order by expires_at, id limit ${BATCH} for update),
     marked as (
       update customers.points_lots l set warned_at = $2 from due where l.org_id = $1 and l.id = due.id returning l.customer_id, l.expires_at, l.remaining)
     select m.customer_id, m.expires_at, sum(m.remaining)::bigint as points, c.personal
       from marked m join customers.customers c on c.org_id = $1 and c.id = m.customer_id
      group by m.customer_id, m.expires_at, c.personal order by 1, 2`,
    [tx.orgId, ctx.now, until],
  );
  if (rows.length === 0) return 0;
  await fieldCrypto.load(tx.orgId);
  const { locale } = await orgOf(tx);
  for (const row of rows) {
    const { email, phone } = openCustomer(tx.orgId, row.personal);
    await notify(tx, ctx, {
      template: 'customers.points_expiring',
      to: { kind: 'customer', id: row.customer_id, email, phone, locale },
      dedupeKey: `points_expiring:${row.customer_id}:${row.expires_at.toISOString()}:${ctx.now.toISOString()}`,
      data: { points: row.points, expiresAt: row.expires_at.toISOString() },
    });
  }
  return rows.length;
}
