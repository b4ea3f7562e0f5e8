import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx, seesShop } from '#kernel/context.ts';
import { fieldCrypto, maskName } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { decodeCursor, pageOf } from '#kernel/http/list.ts';
import { t } from '#kernel/i18n/index.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { ordersByIds } from '#modules/orders/index.ts';
import { riskFlow } from '../domain/flow.ts';
import { RiskNotFound } from '../errors.ts';
import { DECIDE } from '../permissions.ts';
import type { ListRisks, RiskView } from '../schema.ts';
import { type EvidenceRow, evidenceOf, getRisk, listRisks, type RiskRow } from '../store/risks.ts';

type View = z.input<typeof RiskView>;

/** One within the caller's data scope. @throws RiskNotFound */
export async function viewRisk(tx: Tx, ctx: Ctx, id: string): Promise<View> {
  const row = await getRisk(tx, id);
  if (!seesShop(ctx, row.shop_id)) throw new RiskNotFound({ risk: id });
  return (await presenter(tx, ctx, [row]))(row);
}

export async function listAll(tx: Tx, ctx: Ctx, input: z.output<typeof ListRisks>) {
  const order = 'risks';
  const rows = await listRisks(tx, {
    state: input.state ?? null,
    customerId: input.customerId ?? null,
    shops: ctx.actor.shops === null ? null : [...ctx.actor.shops],
    before: input.cursor === undefined ? null : String(decodeCursor(order, input.cursor, 1)[0]),
    limit: input.limit + 1,
  });
  return pageOf(rows, input.limit, order, (r) => [r.id], await presenter(tx, ctx, rows));
}

const textOf = (ctx: Ctx, e: EvidenceRow): string =>
  t(ctx.locale, `aftersales.risk.signal.${e.signal}`, { value: e.value, threshold: e.threshold, detail: e.detail });

async function presenter(tx: Tx, ctx: Ctx, rows: readonly RiskRow[]): Promise<(r: RiskRow) => View> {
  await fieldCrypto.load(ctx.orgId);
  const customers = await customersByIds(tx, [...new Set(rows.map((r) => r.customer_id))]);
  const orders = new Map((await ordersByIds(tx, [...new Set(rows.map((r) => r.order_id))])).map((o) => [o.id, o]));
  const names = await actorNames(tx, [...new Set(rows.flatMap((r) => r.decided_by ?? []))]);
  const evidence = Map.groupBy(
    await evidenceOf(
      tx,
      rows.map((r) => r.id),
    ),
    (e) => e.risk_id,
  );
  return (r) => {
    const own = evidence.get(r.id) ?? [];
    const first = new Map(own.toReversed().map((e) => [e.signal, e])); // the newest of each
    return {
      id: r.id,
      no: r.no,
      status: r.state,
      customer: { id: r.customer_id, name: maskName(customers.get(r.customer_id)?.name ?? '') },
      order: { id: r.order_id, orderNo: orders.get(r.order_id)?.order_no ?? '' },
      reasons: [...first.values()].map((e) => ({
        signal: e.signal,
        value: e.value,
        threshold: e.threshold,
        text: textOf(ctx, e),
      })),
      evidence: own.map((e) => ({
        signal: e.signal,
        caseId: e.case_id,
        caseNo: e.case_no,
        orderId: e.order_id,
        orderNo: e.order_no,
        kind: e.kind,
        value: e.value,
        threshold: e.threshold,
        text: textOf(ctx, e),
        at: e.at.toISOString(),
      })),
      openedAt: r.opened_at.toISOString(),
      decidedAt: r.decided_at?.toISOString() ?? null,
      decidedBy: r.decided_by && (names.get(r.decided_by) ?? r.decided_by),
      note: r.note,
      reviewUntil: r.review_until?.toISOString() ?? null,
      may: mayDo(ctx, r),
      version: r.version,
    };
  };
}

function mayDo(ctx: Ctx, row: RiskRow): string[] {
  if (!can(ctx, DECIDE)) return [];
  const decisions = allowedEvents(riskFlow, row.state).filter((e) => e !== 'evidence');
  return [...decisions, ...(decisions.length > 0 && can(ctx, 'orders.blacklist.write') ? ['blacklist'] : [])];
}
