import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { CustomerNotFound, InsufficientPoints } from '../errors.ts';
import { PointsMoved } from '../events.ts';
import { nightly } from '../jobs/nightly.ts';
import { membershipSettings } from '../settings.ts';

export type PointsKind = 'earn' | 'take_back' | 'spend' | 'compensate' | 'adjust';

export type Movement = {
  customerId: string;
  kind: PointsKind;
  /** Signed: what comes in is positive. */
  points: number;
  /** What causes it: one cause moves points once, however often it is told. */
  source: { kind: string; id: string };
  reason?: string;
  orderId?: string | undefined;
};

export type Moved = { points: number; balance: number; debt: number; replayed: boolean };

/**
 * Books a movement of a customer's points: the balance is locked, what has run out is expired first, and lots are used in
 * the order in which they expire. @throws CustomerNotFound, InsufficientPoints.
 */
export async function postPoints(tx: Tx, ctx: Ctx, movement: Movement): Promise<Moved> {
  const { customerId, kind, points, source, reason = '', orderId = null } = movement;
  const known = await tx.query('select 1 from customers.customers where org_id = $1 and id = $2', [
    tx.orgId,
    customerId,
  ]);
  if (known.length === 0) throw new CustomerNotFound({ customerId });
  const expiresAt = points > 0 ? await expiryOf(tx, ctx.now) : null;
  const row = one(
    await tx.prepared<{ outcome: 'done' | 'replay' | 'short'; points: number; balance: number; debt: number }>(
      'select outcome, points, balance, debt from customers.points_post($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
      [
        tx.orgId,
        newId(),
        customerId,
        kind,
        source.kind,
        source.id,
        points,
        expiresAt,
        orderId,
        reason,
        ctx.actor.id,
        ctx.now,
      ],
    ),
  );
  if (row.outcome === 'short') throw new InsufficientPoints({ balance: row.balance, points: -points });
  const moved = { points: row.points, balance: row.balance, debt: row.debt, replayed: row.outcome === 'replay' };
  if (moved.replayed) return moved;
  await PointsMoved.emit(tx, ctx, orderId ?? customerId, {
    customerId,
    kind,
    points: row.points,
    balance: row.balance,
    orderId,
  });
  if (points > 0) await nightly.schedule(tx, ctx);
  return moved;
}

/** The end of the month in which points of this moment run out, on the organisation's clock; null = never. */
async function expiryOf(tx: Tx, at: Date): Promise<Date | null> {
  const { pointsExpireMonths } = await membershipSettings.get(tx);
  if (pointsExpireMonths === 0) return null;
  const row = maybeOne(
    await tx.prepared<{ at: Date }>(
      `select (date_trunc('month', $2::timestamptz at time zone time_zone) + make_interval(months => $3 + 1)) at time zone time_zone as at
         from kernel.orgs where id = $1`,
      [tx.orgId, at, pointsExpireMonths],
    ),
  );
  return row?.at ?? null;
}
