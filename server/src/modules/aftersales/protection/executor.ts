import type { RefundLeg } from '#modules/orders/index.ts';
import { type Executor, type Previewer, useExecutor } from '../cases/executors.ts';
import { caseLines } from '../cases/store/lines.ts';
import { protectOrder, refundAgain } from './commands/protect-order.ts';
import { NothingToProtect } from './errors.ts';
import { assessOrder, linesNamed, takesPart } from './queries/assess-order.ts';
import { givenUpOf } from './store/protections.ts';

/** A case of this kind is carried out as a request: first what was given up before, then what fell. @throws NothingToProtect */
const execute: Executor = async (tx, ctx, { order, row }) => {
  const lines = (await caseLines(tx, [row.id])).map((l) => l.line_id);
  const legs: RefundLeg[] = [];
  const breakdown: Awaited<ReturnType<Executor>>['breakdown'] = [];
  for (const p of await givenUpOf(tx, lines)) {
    legs.push(...(await refundAgain(tx, ctx, p.id)));
    breakdown.push({ code: 'goods', lineId: p.line_id, units: p.units, amount: p.given_up });
  }
  const how = row.by_customer ? 'customer' : 'agent';
  const done = await protectOrder(tx, ctx, { orderId: order.id, lines, how, found: true });
  legs.push(...done.legs);
  for (const m of done.made) breakdown.push({ code: 'goods', lineId: m.line_id, units: m.units, amount: m.amount });
  if (legs.length === 0) throw new NothingToProtect({ orderNo: order.order_no });
  return { legs, amount: legs.reduce((sum, l) => sum + l.amount, 0), breakdown };
};

const preview: Previewer = async (tx, ctx, { order, row }) => {
  const ids = (await caseLines(tx, [row.id])).map((l) => l.line_id);
  const assessed = takesPart(order) ? await assessOrder(tx, ctx, order, await linesNamed(tx, order, ids)) : [];
  const breakdown = assessed.flatMap((a) =>
    a.amount > 0 ? [{ code: 'goods' as const, lineId: a.line.id, units: a.kept, amount: a.amount }] : [],
  );
  return { amount: breakdown.reduce((sum, b) => sum + b.amount, 0), breakdown };
};

export const tieProtection = (): void => useExecutor('price_protection', { execute, preview });
