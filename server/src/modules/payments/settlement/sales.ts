import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { Currency } from '#kernel/money.ts';
import { postEntry } from '../ledger/entry.ts';
import { feeOf as channelFeeOf } from '../accounts/domain/fee.ts';
import { accountOf, formulaOf } from '../accounts/store.ts';
import { bookSettleable, owedLines, payableOf } from './book-settleable.ts';
import { commissionOn, givenBack, type Sold } from './domain/commission.ts';
import { nameBasedId } from './name-based-id.ts';
import { heldByChannel, saleEntry, sumsAbout } from './store/items.ts';
import { agreementAt, findParty, getAgreement } from './store/parties.ts';

/** An order as settlement needs it: amounts in minor units of its currency. */
export type SoldOrder = {
  orderId: string;
  orderNo: string;
  shopId: string;
  currency: Currency;
  /** The agreement in force then is the one that counts. */
  agreedAt: Date;
  /** Lines by category and freight, as weights of what was paid. */
  sold: Sold;
};

/**
 * Recognises a sale: of what was paid in advance and is still there, `amount` is the shop's from now on. Once per subject, which is
 * the order, or the payment for money that came after. A shop nobody has an agreement with is ours.
 */
export async function settleSale(
  tx: Tx,
  ctx: Ctx,
  order: SoldOrder,
  sale: {
    subject: string;
    amount: number;
    /** Orders whose payments it was paid by. */
    payers: readonly string[];
    /** What somebody else has collected: at most a commission is due of it. */
    othersMoney?: number;
  },
): Promise<void> {
  const party = await findParty(tx, 'shop', order.shopId);
  if (party === undefined) return recogniseOwn(tx, ctx, order, sale);
  const agreement = await agreementAt(tx, party.id, order.agreedAt);
  const of = {
    subject: sale.subject,
    subjectNo: order.orderNo,
    about: order.orderId,
    at: ctx.now,
    agreementId: agreement.id,
  };
  await bookSettleable(tx, ctx, party, { ...of, kind: 'sale', amount: sale.amount });
  const charged = sale.amount + (agreement.terms.commission.onOthersMoney ? (sale.othersMoney ?? 0) : 0);
  const commission = commissionOn(
    agreement.terms.commission,
    { amount: charged, currency: order.currency },
    order.sold,
  );
  await bookSettleable(tx, ctx, party, {
    ...of,
    kind: 'commission',
    amount: 0 - commission.amount,
    note: commission.how,
  });
  if (agreement.terms.channelFee === 'party') {
    const fee = await feeOf(tx, sale.payers, sale.amount);
    await bookSettleable(tx, ctx, party, { ...of, kind: 'fee', amount: 0 - fee.amount, note: fee.how });
  }
}

async function recogniseOwn(
  tx: Tx,
  ctx: Ctx,
  order: SoldOrder,
  sale: { subject: string; amount: number },
): Promise<void> {
  if (sale.amount <= 0 || (await saleEntry(tx, { subject: sale.subject }))) return;
  await postEntry(tx, ctx, {
    kind: 'settled_sale',
    subject: sale.subject,
    about: order.orderId,
    at: ctx.now,
    lines: owedLines({ account: payableOf(true), shopId: order.shopId }, 'prepayments', {
      amount: sale.amount,
      currency: order.currency,
    }),
  });
}

/** What the channels take of a sale by the rates agreed with them, from channel to channel until the amount is used up. */
async function feeOf(tx: Tx, payers: readonly string[], amount: number): Promise<{ amount: number; how: string }> {
  let rest = amount;
  let fee = 0;
  const how: string[] = [];
  for (const held of await heldByChannel(tx, payers)) {
    const part = Math.min(rest, held.amount);
    rest -= part;
    const formula = formulaOf(await accountOf(tx, held.channel));
    if (part <= 0 || !formula) continue;
    fee += channelFeeOf(part, formula);
    how.push(`${held.channel} ${formula.rateMillionths / 10_000}%`);
  }
  return { amount: fee, how: how.join(' + ') };
}

/**
 * Money of an order went back after its sale was recognised: it is the shop's no longer, and its part of the commission is given
 * back when that was agreed. Before that there is nothing to do: the sale will be the less. The channel keeps its fee.
 */
export async function settleRefund(
  tx: Tx,
  ctx: Ctx,
  order: Pick<SoldOrder, 'orderId' | 'orderNo' | 'currency'>,
  refund: { refundId: string; payerId: string; amount: number },
): Promise<void> {
  const recognised = await saleEntry(tx, order);
  if (!recognised?.shopId) return;
  // one refund may be of several orders that live on one payment
  const subject = refund.payerId === order.orderId ? refund.refundId : nameBasedId(refund.refundId, order.orderId);
  const party = await findParty(tx, 'shop', recognised.shopId);
  if (party === undefined || payableOf(party.own) !== recognised.account) {
    await postEntry(tx, ctx, {
      kind: 'settled_refund',
      subject,
      about: order.orderId,
      at: ctx.now,
      lines: owedLines({ account: payableOf(true), shopId: recognised.shopId }, 'prepayments', {
        amount: 0 - refund.amount,
        currency: order.currency,
      }),
    });
    return;
  }
  const { sums, back, agreementId } = await sumsAbout(tx, party.id, order.orderId);
  const of = {
    subject,
    subjectNo: order.orderNo,
    about: order.orderId,
    at: ctx.now,
    ...(agreementId === null ? {} : { agreementId }),
  };
  const booked = await bookSettleable(tx, ctx, party, { ...of, kind: 'refund', amount: 0 - refund.amount });
  const agreement = agreementId === null ? undefined : await getAgreement(tx, agreementId);
  if (!booked || !agreement?.terms.commission.backOnRefund) return;
  const given = givenBack({
    commission: back - (sums.commission ?? 0),
    sale: sums.sale ?? 0,
    refunded: refund.amount - (sums.refund ?? 0),
    alreadyBack: back,
  });
  await bookSettleable(tx, ctx, party, { ...of, kind: 'commission', amount: given });
}

/** After how many days from shipment an order of a shop may be settled; null: when it is completed. */
export async function settlesAfterShipping(tx: Tx, shopId: string, agreedAt: Date): Promise<number | null> {
  const party = await findParty(tx, 'shop', shopId);
  if (party === undefined) return null;
  const { basis } = (await agreementAt(tx, party.id, agreedAt)).terms;
  return basis.kind === 'shipped' ? basis.days : null;
}

/**
 * Notes what a supplier or a station is owed for, or has to bear. Upper modules call it in the transaction of the cause;
 * false when nothing was agreed with that party, or it is noted.
 */
export async function bookForParty(
  tx: Tx,
  ctx: Ctx,
  to: { kind: 'supplier' | 'station'; reference: string },
  what: Omit<Parameters<typeof bookSettleable>[3], 'agreementId'>,
): Promise<boolean> {
  const party = await findParty(tx, to.kind, to.reference);
  if (party === undefined) return false;
  const agreement = await agreementAt(tx, party.id, what.at);
  return bookSettleable(tx, ctx, party, { ...what, agreementId: agreement.id });
}
