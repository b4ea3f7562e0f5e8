import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, pageOf } from '#kernel/http/list.ts';
import type { Currency } from '#kernel/money.ts';
import { presaleOffers } from '#modules/promotions/index.ts';
import type { PresaleState } from '../domain/stage.ts';
import type { ListPresales, PresaleList, PresaleOverview } from '../schema.ts';
import { STAGE_SQL } from '../store/stage-sql.ts';

type Stage = z.input<typeof PresaleOverview>['stages'][number];
type StageRow = {
  state: PresaleState;
  currency: Currency;
  orders: number;
  units: number;
  deposits: number;
  balances: number;
  open: number;
  forfeited: number;
};

/** What became of each presale, newest first: orders, units and money by how far they are. */
export async function listPresales(tx: Tx, ctx: Ctx, input: ListPresales): Promise<z.input<typeof PresaleList>> {
  const [beforeId = null] = input.cursor === undefined ? [] : (decodeCursor('presales', input.cursor, 1) as string[]);
  const offers = await presaleOffers(tx, ctx, { beforeId, limit: input.limit + 1 });
  const stages = new Map<string, Stage[]>();
  for (const { id } of offers.slice(0, input.limit)) stages.set(id, await stagesOf(tx, ctx, id));
  return pageOf(
    offers,
    input.limit,
    'presales',
    (o) => [o.id],
    (o) => ({
      offerId: o.id,
      code: o.code,
      title: o.title,
      state: o.state,
      startsAt: o.starts_at.toISOString(),
      endsAt: o.ends_at.toISOString(),
      balanceFrom: new Date(o.terms.balanceFrom).toISOString(),
      balanceTo: new Date(o.terms.balanceTo).toISOString(),
      deposit: o.terms.deposit,
      expandsTo: o.terms.expandsTo,
      quota: o.terms.quota,
      used: o.used,
      stages: stages.get(o.id) ?? [],
    }),
  );
}

/** Orders that were paid in full at once, such as a marketplace's, are no presale orders. */
async function stagesOf(tx: Tx, ctx: Ctx, offerId: string): Promise<Stage[]> {
  const rows = await tx.query<StageRow>(
    `select state, currency, count(*) as orders, sum(units)::bigint as units, sum(deposit)::bigint as deposits, sum(paid - deposit)::bigint as balances,
            sum(case when state in ('deposit_paid', 'balance_due') then total - paid else 0 end)::bigint as open, sum(forfeited)::bigint as forfeited
       from (select ${STAGE_SQL('$3')} as state, o.currency, u.units, o.paid_amount as paid, o.total_amount as total, o.forfeited_amount as forfeited,
                    least(o.deposit_amount, o.paid_amount) as deposit
               from promotions.orders_of($1, $2) u join orders.orders o on o.org_id = $1 and o.id = u.order_id
              where o.deposit_amount > 0 and ($4::uuid[] is null or o.shop_id = any ($4))) x group by 1, 2 order by 1, 2`,
    [tx.orgId, offerId, ctx.now, ctx.actor.shops && [...ctx.actor.shops]],
  );
  return rows.map(({ state, currency, orders, units, ...sums }) => {
    const money = (amount: number) => ({ amount, currency });
    return {
      state,
      orders,
      units,
      deposits: money(sums.deposits),
      balances: money(sums.balances),
      open: money(sums.open),
      forfeited: money(sums.forfeited),
    };
  });
}
