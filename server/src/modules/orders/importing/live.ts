import type { Ctx } from '#kernel/context.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { DomainError } from '#kernel/errors.ts';
import { fingerprint } from '#kernel/http/idempotency.ts';
import { problemsOf } from '#kernel/problems.ts';
import type { Outcome, Reject } from '#kernel/transfers/index.ts';
import type { Intake } from '../intake/intake.ts';
import { PlaceOrder } from '../schema.ts';
import type { Draft, OrderDraft } from './classify.ts';

/** The order a draft stands for, as anybody would send it over HTTP. */
export function placeOrderOf(d: OrderDraft): unknown {
  return {
    shop: d.shop,
    externalNo: d.externalNo,
    channel: d.channel,
    payment: d.payment,
    placedAt: d.at.toISOString(),
    shipTo: d.shipTo,
    customer: {
      ...(d.buyer.externalId === undefined ? {} : { externalId: d.buyer.externalId }),
      ...(d.buyer.name === '' ? {} : { name: d.buyer.name }),
      ...(d.buyer.phone === '' ? {} : { phone: d.buyer.phone }),
    },
    lines: d.lines.map((l) => ({
      sku: l.sku,
      quantity: l.quantity,
      ...(l.unitPrice === undefined ? {} : { unitPrice: l.unitPrice }),
    })),
    ...(d.remark === '' ? {} : { remark: d.remark }),
  };
}

export type LiveOptions = {
  ctx: Ctx;
  intake: Intake;
  transferId: string;
  dryRun: boolean;
};

/** Places drafts through the same intake as the API: same checks, same stock, same clocks. Repeat-safe by external number and by key. */
export async function placeLive(o: LiveOptions, drafts: readonly Draft[], first: number): Promise<Outcome> {
  const results = await Promise.all(drafts.map((draft, i) => placeOne(o, draft, first + i)));
  const total = (pick: (r: Placed) => number): number => results.reduce((n, r) => n + pick(r), 0);
  return {
    rejects: results.flatMap((r) => r.rejects),
    skipped: total((r) => r.skipped),
    counts: {
      orders: total((r) => r.orders),
      orderLines: total((r) => r.lines),
      ordersAlreadyThere: total((r) => (r.skipped > 0 ? 1 : 0)),
    },
  };
}

type Placed = { rejects: Reject[]; skipped: number; orders: number; lines: number };

async function placeOne(o: LiveOptions, draft: Draft, n: number): Promise<Placed> {
  if (draft.kind === 'none') return { rejects: draft.rejects, skipped: 0, orders: 0, lines: 0 };
  if (draft.kind === 'refund')
    return refused(
      draft.rejects,
      draft.lines.map((l) => l.row),
      [{ path: '', code: 'live_has_no_cancellations' }],
    );
  const rows = [...draft.lines.map((l) => l.row), ...draft.extras];
  if (draft.extras.length > 0 && (draft.freight > 0 || draft.discount > 0))
    return refused(draft.rejects, rows, [{ path: '', code: 'live_has_no_extras' }]);
  const parsed = PlaceOrder.safeParse(placeOrderOf(draft));
  if (!parsed.success) return refused(draft.rejects, rows, problemsOf(parsed.error), draft);
  if (o.dryRun) {
    const { problems } = await o.intake.check(o.ctx, parsed.data);
    return problems.length > 0
      ? refused(draft.rejects, rows, problems, draft)
      : { rejects: draft.rejects, skipped: 0, orders: 1, lines: draft.lines.length };
  }
  const taken = await o.intake.place({
    ctx: { ...o.ctx, now: new Date() },
    order: parsed.data,
    key: `${o.ctx.actor.id}:import:${o.transferId}:${n}`,
    hash: fingerprint('import', parsed.data),
  });
  if ('existing' in taken) return { rejects: draft.rejects, skipped: rows.length, orders: 0, lines: 0 };
  if ('order' in taken) return { rejects: draft.rejects, skipped: 0, orders: 1, lines: draft.lines.length };
  if (!(taken.refused instanceof DomainError)) throw taken.refused;
  return refused(
    draft.rejects,
    rows,
    taken.refused.errors ?? [{ path: '', code: taken.refused.code, facts: taken.refused.facts }],
    draft,
  );
}

/** Problems of a line stand at its row; those of the order, on its first; its other rows say that the order was refused. */
function refused(
  before: readonly Reject[],
  rows: readonly number[],
  problems: readonly FieldProblem[],
  draft?: OrderDraft,
): Placed {
  const rejects: Reject[] = problems.map((p) => {
    const index = /^lines\[(\d+)\]/.exec(p.path)?.[1];
    return {
      ...p,
      path: p.path.replace(/^lines\[\d+\]\.?/, ''),
      line: (index === undefined ? undefined : draft?.lines[Number(index)]?.row) ?? (rows[0] as number),
    };
  });
  const named = new Set(rejects.map((r) => r.line));
  const others = rows
    .filter((line) => !named.has(line))
    .map((line): Reject => ({ line, path: '', code: 'order_not_taken', facts: { row: rejects[0]?.line ?? line } }));
  return { rejects: [...before, ...rejects, ...others], skipped: 0, orders: 0, lines: 0 };
}
