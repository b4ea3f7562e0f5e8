import { permissionHolders } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { notify } from '#kernel/notifications/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { inventorySettings } from '../../settings.ts';
import { StockAlertsChecked } from '../events.ts';
import { dayAfter, todayOf } from '../org.ts';
import { expiringStock } from '../queries/expiring.ts';
import { planningSettings } from '../settings.ts';
import { ALERT_KINDS, type Found, type Opened, replaceAlerts } from '../store/alerts.ts';

export const TOLD_OF_ALERTS = 'inventory.replenishment.write';

type Row = {
  sku_id: string;
  warehouse_id: string;
  on_hand: number;
  available: number;
  in_transit: number;
  on_sale: boolean;
  per_day: number;
  reorder_point: number | null;
  max_units: number | null;
  cover_days_max: number;
  last_demand_on: string | null;
  long_here: boolean;
};

// Only what may turn out to be an alert; which it is, the functions below say.
const CANDIDATES = `
select b.sku_id, b.warehouse_id, b.on_hand, b.on_hand - b.reserved - b.safety as available, b.in_transit, p.on_sale, p.per_day, p.reorder_point,
       p.max_units, p.cover_days_max, p.last_demand_on::text as last_demand_on,
       b.on_hand > 0 and (p.last_demand_on is null or p.last_demand_on < $4) and exists (
         select from inventory.moves m where m.org_id = $1 and m.sku_id = b.sku_id and m.warehouse_id = b.warehouse_id and m.on_hand_d > 0 and m.at < $3) as long_here
  from inventory.balances b join inventory.plans p on p.org_id = b.org_id and p.sku_id = b.sku_id and p.warehouse_id = b.warehouse_id
 where b.org_id = $1 and (b.on_hand > coalesce(p.max_units, b.on_hand) or b.on_hand > p.cover_days_max * p.per_day
    or b.on_hand - b.reserved - b.safety + b.in_transit <= coalesce(p.reorder_point, $2))`;

function findingsOf(r: Row, lowStockAt: number): Omit<Found, 'sku_id' | 'warehouse_id' | 'subject'>[] {
  const found: Omit<Found, 'sku_id' | 'warehouse_id' | 'subject'>[] = [];
  const limit = r.reorder_point ?? lowStockAt;
  const position = r.available + r.in_transit;
  if (r.on_sale && position <= limit)
    found.push({
      kind: 'low',
      facts: {
        available: r.available,
        inTransit: r.in_transit,
        limit,
        by: r.reorder_point === null ? 'setting' : 'reorder_point',
      },
    });
  const coverDays = r.per_day > 0 ? Math.floor(r.on_hand / r.per_day) : null;
  if (r.max_units !== null && r.on_hand > r.max_units)
    found.push({ kind: 'over', facts: { onHand: r.on_hand, maxUnits: r.max_units, coverDays } });
  else if (coverDays !== null && coverDays > r.cover_days_max && !r.long_here)
    found.push({ kind: 'over', facts: { onHand: r.on_hand, coverDays, coverDaysMax: r.cover_days_max } });
  if (r.long_here) found.push({ kind: 'slow', facts: { onHand: r.on_hand, lastDemandOn: r.last_demand_on } });
  return found;
}

/**
 * Looks at all stock: what is low, too much, slow-moving or near expiry. What is new is opened and told once, in one message per person;
 * what has passed is closed.
 */
export async function checkAlerts(tx: Tx, ctx: Ctx): Promise<void> {
  const settings = await planningSettings.get(tx);
  const { lowStockAt } = await inventorySettings.get(tx);
  const today = await todayOf(tx, ctx.now);
  const long = after(ctx.now, -settings.slowAfterDays * DAY_MS);
  const rows = await tx.query<Row>(CANDIDATES, [tx.orgId, lowStockAt, long, dayAfter(today, -settings.slowAfterDays)]);
  const expiring = (await expiringStock(tx, dayAfter(today, settings.expiryWarnDays))).map((e): Found => ({
    kind: 'expiring',
    sku_id: e.sku_id,
    warehouse_id: e.warehouse_id,
    subject: e.expires_on,
    facts: { units: e.units, expiresOn: e.expires_on },
  }));
  const found = rows.flatMap((r) =>
    findingsOf(r, lowStockAt).map((f): Found => ({
      ...f,
      sku_id: r.sku_id,
      warehouse_id: r.warehouse_id,
      subject: '',
    })),
  );
  const all = [...found, ...expiring].map((f) => ({ ...f, id: newId(ctx.now.getTime()) }));
  const { opened, closed } = await replaceAlerts(tx, all, ctx.now);
  if (opened.length === 0 && closed === 0) return;
  await StockAlertsChecked.emit(tx, ctx, 'stock', { opened: opened.length, closed, open: all.length });
  if (opened.length > 0) await tellHolders(tx, ctx, opened);
}

/** One message to each who may act on it, about the warehouses they see. */
async function tellHolders(tx: Tx, ctx: Ctx, opened: readonly Opened[]): Promise<void> {
  for (const holder of await permissionHolders(tx, TOLD_OF_ALERTS)) {
    const seen = opened.filter((a) => holder.warehouses?.has(a.warehouse_id) ?? true);
    if (seen.length === 0) continue;
    const counts = Object.fromEntries(ALERT_KINDS.map((k) => [k, seen.filter((a) => a.kind === k).length]));
    await notify(tx, ctx, {
      template: 'inventory.alerts',
      to: { kind: 'user', id: holder.id },
      dedupeKey: `stock_alerts:${seen[0]?.id}`,
      data: { total: seen.length, ...counts },
    });
  }
}
