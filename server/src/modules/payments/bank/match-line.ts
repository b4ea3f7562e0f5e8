import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { lockAround } from '../commands/complete-refund.ts';
import { payByHand } from '../commands/pay-by-hand.ts';
import { settle } from '../commands/settle.ts';
import { AlreadyPaidOut, BankMatchExceeds, BankMatchFinal, BankMatchUnfit, PayoutProposed } from '../errors.ts';
import { type AccountCode, clearingOf } from '../ledger/chart.ts';
import { type EntryLine, postEntry, reverseEntry } from '../ledger/entry.ts';
import { subject } from '../port.ts';
import { BANK_TRANSFER } from '../providers/offline/channel.ts';
import { PayoutInput } from '../schema.ts';
import { proposedPayout } from '../store/payouts.ts';
import { partyOf } from './party.ts';
import { getPayment, lockPayment, type PaymentRow } from '../store/payments.ts';
import { BankLineMatched, BankMatchUndone } from '../events.ts';
import { leftOf, type LineRow, lockLine, moveMatched, setIgnored } from './store/lines.ts';
import {
  broughtFor,
  collectionsOf,
  getMatch,
  insertItems,
  insertMatch,
  type MatchRow,
  type NewMatch,
  outstandingBills,
  saveUndone,
} from './store/matches.ts';
import { entryOnBank } from './store/entries.ts';

const ENTRY = 'bank_matched';

/** Takes a part of a line, whose row is locked, for what it is. @throws BankMatchExceeds */
async function take(tx: Tx, ctx: Ctx, line: LineRow, match: NewMatch): Promise<MatchRow> {
  const left = line.ignored ? 0 : leftOf(line);
  if (match.amount > left)
    throw new BankMatchExceeds({ left }, [{ path: 'amount', code: 'too_big', facts: { maximum: left } }]);
  const made = await insertMatch(tx, ctx, match);
  await moveMatched(tx, line.id, match.amount);
  await BankLineMatched.emit(tx, ctx, line.id, {
    lineId: line.id,
    matchId: made.id,
    kind: made.kind,
    paymentId: made.payment_id,
    refundId: made.refund_id,
    amount: { amount: made.amount, currency: line.currency },
  });
  return made;
}

/** Books what came to, or left, the bank against `other`; what was kept on the way is a fee. */
async function book(
  tx: Tx,
  ctx: Ctx,
  line: LineRow,
  match: MatchRow,
  other: AccountCode,
  about?: string,
): Promise<void> {
  const { currency } = line;
  const gross = match.amount + match.fee;
  const fee: EntryLine[] = match.fee > 0 ? [{ account: 'channel_fees', currency, debit: match.fee }] : [];
  const lines: EntryLine[] =
    line.amount > 0
      ? [{ account: 'bank', currency, debit: match.amount }, ...fee, { account: other, currency, credit: gross }]
      : [
          { account: other, currency, debit: match.amount },
          { account: 'bank', currency, credit: match.amount },
        ];
  await postEntry(tx, ctx, {
    kind: ENTRY,
    subject: match.id,
    ...(about === undefined ? {} : { about }),
    at: ctx.now,
    lines,
  });
}

const isOpen = (payment: PaymentRow): boolean => payment.status !== 'succeeded';

/**
 * A customer's transfer: once lines have brought all of a payment it has succeeded, and pays its order, or goes back where
 * nothing waits for it any more. @throws BankMatchUnfit, BankMatchExceeds
 */
export async function matchPayment(
  tx: Tx,
  ctx: Ctx,
  input: { lineId: string; paymentId: string; amount?: number | undefined; note?: string | undefined },
): Promise<MatchRow> {
  const { subject_id } = await getPayment(tx, input.paymentId);
  await subject().lock(tx, ctx, subject_id);
  const payment = await lockPayment(tx, input.paymentId);
  const line = await lockLine(tx, input.lineId);
  if (payment.channel !== BANK_TRANSFER || !isOpen(payment) || line.amount < 0 || line.currency !== payment.currency)
    throw new BankMatchUnfit({ kind: 'payment', status: payment.status });
  const missing = payment.amount - (await broughtFor(tx, payment.id));
  const amount = input.amount ?? Math.min(missing, leftOf(line));
  if (amount > missing || amount <= 0)
    throw new BankMatchExceeds({ left: missing }, [{ path: 'amount', code: 'too_big', facts: { maximum: missing } }]);
  const match = await take(tx, ctx, line, {
    lineId: line.id,
    kind: 'payment',
    amount,
    paymentId: payment.id,
    note: input.note ?? '',
  });
  await book(tx, ctx, line, match, clearingOf(BANK_TRANSFER), payment.subject_id);
  if (amount === missing)
    await settle(
      tx,
      ctx,
      payment,
      { outcome: 'success', received: { amount: payment.amount, currency: payment.currency }, ref: `BANK-${match.id}` },
      { source: 'query', nonce: null, payload: { outcome: 'success', bankLineId: line.id, bankRef: line.ref } },
    );
  return match;
}

export type Settlement = {
  lineId: string;
  channel: string;
  /** What was kept on the way, in minor units, beside what bills have told. */
  fee?: number | undefined;
  billIds?: readonly string[] | undefined;
  orderNos?: readonly string[] | undefined;
  note?: string | undefined;
};

/**
 * What a channel or a courier has paid out, all that is left of a line. The bills or collections it is of must come to just that,
 * with what was kept. @throws BankMatchUnfit, BankMatchExceeds, AlreadyPaidOut
 */
export async function matchSettlement(tx: Tx, ctx: Ctx, input: Settlement): Promise<MatchRow> {
  const line = await lockLine(tx, input.lineId);
  const { channel, fee = 0, billIds = [], orderNos = [] } = input;
  if (line.amount < 0 && fee + billIds.length + orderNos.length > 0) throw new BankMatchUnfit({ kind: 'settlement' });
  const items = await itemsOf(tx, channel, billIds, orderNos);
  const amount = leftOf(line);
  const match = await take(tx, ctx, line, {
    lineId: line.id,
    kind: 'settlement',
    amount,
    fee,
    channel,
    note: input.note ?? '',
  });
  if (items.length > 0) {
    const sum = items.reduce((n, item) => n + item.amount, 0);
    if (sum !== amount + fee)
      throw new BankMatchExceeds({ left: sum, amount: amount + fee }, [{ path: 'fee', code: 'sum_differs' }]);
    const made = await insertItems(tx, match.id, billIds.length > 0 ? 'bill' : 'collection', items);
    if (made < items.length) throw new AlreadyPaidOut();
  }
  await book(tx, ctx, line, match, clearingOf(channel));
  return match;
}

async function itemsOf(
  tx: Tx,
  channel: string,
  billIds: readonly string[],
  orderNos: readonly string[],
): Promise<{ id: string; amount: number }[]> {
  if (billIds.length > 0) {
    const known = new Map((await outstandingBills(tx, channel)).map((b) => [b.id, b]));
    const bills = billIds.map((id) => known.get(id));
    if (bills.includes(undefined)) throw new AlreadyPaidOut();
    return bills.filter((b) => b !== undefined);
  }
  if (orderNos.length === 0) return [];
  const found = await collectionsOf(tx, orderNos);
  const names = new Set(found.map((c) => c.label));
  const unknown = orderNos.filter((no) => !names.has(no));
  if (unknown.length > 0)
    throw new BankMatchUnfit(
      { kind: 'settlement' },
      unknown.slice(0, 100).map((no) => ({ path: 'orderNos', code: 'unknown_value', facts: { value: no } })),
    );
  return found;
}

/**
 * A refund the channel would not pay, sent from our account: it is paid by hand by this line, to whom the line says. Above the
 * actor's limit a second person confirms it first; the line is matched with the booking then. @throws BankMatchUnfit, PayoutProposed
 */
export async function matchRefund(
  tx: Tx,
  ctx: Ctx,
  input: { lineId: string; refundId: string; note?: string | undefined },
): Promise<void> {
  const { payment, refund } = await lockAround(tx, ctx, input.refundId);
  const line = await lockLine(tx, input.lineId);
  const fits = line.amount < 0 && line.currency === refund.currency && leftOf(line) >= refund.amount;
  if (!fits || refund.status !== 'abnormal') throw new BankMatchUnfit({ kind: 'refund', status: refund.status });
  if (await proposedPayout(tx, refund.id)) throw new PayoutProposed({ refundNo: refund.no });
  await fieldCrypto.load(ctx.orgId);
  const { name, bank, account } = partyOf(ctx.orgId, line);
  const payee = PayoutInput.shape.payee.safeParse({ name, bank: bank.slice(0, 100), account });
  if (!payee.success) throw new BankMatchUnfit({ kind: 'refund' }, [{ path: 'match', code: 'payee_unknown' }]);
  const paid = await payByHand(tx, ctx, payment, refund, {
    payee: payee.data,
    bankReference: line.ref || line.id,
    note: input.note ?? '',
    fileIds: [],
  });
  if (paid.status !== 'succeeded') return;
  await take(tx, ctx, line, {
    lineId: line.id,
    kind: 'refund',
    amount: refund.amount,
    refundId: refund.id,
    note: input.note ?? '',
  });
}

/** A movement the books have already: a payout that was marked as paid. @throws BankMatchUnfit, BankMatchExceeds */
export async function matchEntry(
  tx: Tx,
  ctx: Ctx,
  input: { lineId: string; entryId: string; note?: string | undefined },
): Promise<MatchRow> {
  const line = await lockLine(tx, input.lineId);
  const entry = await entryOnBank(tx, input.entryId, line.currency);
  const isSame = entry !== undefined && Math.sign(entry.amount) === Math.sign(line.amount) && !entry.matched;
  if (!isSame) throw new BankMatchUnfit({ kind: 'entry' });
  return take(tx, ctx, line, {
    lineId: line.id,
    kind: 'entry',
    amount: Math.abs(entry.amount),
    entryId: input.entryId,
    note: input.note ?? '',
  });
}

/** What anything else is booked to. */
export const OTHER_ACCOUNTS = [
  'suspense',
  'channel_fees',
  'difference_gains',
  'difference_losses',
] as const satisfies readonly AccountCode[];
export type OtherAccount = (typeof OTHER_ACCOUNTS)[number];

/** Bank charges, interest, money of somebody not known. @throws BankMatchExceeds */
export async function matchOther(
  tx: Tx,
  ctx: Ctx,
  input: { lineId: string; account: OtherAccount; amount?: number | undefined; note: string },
): Promise<MatchRow> {
  const line = await lockLine(tx, input.lineId);
  const match = await take(tx, ctx, line, {
    lineId: line.id,
    kind: 'other',
    amount: input.amount ?? leftOf(line),
    account: input.account,
    note: input.note,
  });
  await book(tx, ctx, line, match, input.account);
  return match;
}

/**
 * Takes a match back. One by which a payment has succeeded or a refund was paid stays: that money is given back by a refund.
 * @throws BankMatchFinal
 */
export async function undoMatch(tx: Tx, ctx: Ctx, input: { matchId: string }): Promise<MatchRow> {
  const asked = await getMatch(tx, input.matchId);
  const payment = asked.payment_id === null ? undefined : await lockedPayment(tx, ctx, asked.payment_id);
  const line = await lockLine(tx, asked.line_id);
  const match = await getMatch(tx, input.matchId, 'for update');
  if (match.undone_at !== null) return match;
  if (match.kind === 'refund' || (payment !== undefined && !isOpen(payment))) throw new BankMatchFinal();
  if (match.kind !== 'entry')
    await reverseEntry(tx, ctx, { kind: `${ENTRY}_undone`, subject: match.id, of: ENTRY, at: ctx.now });
  await moveMatched(tx, line.id, -match.amount);
  const undone = await saveUndone(tx, ctx, match.id);
  await BankMatchUndone.emit(tx, ctx, line.id, { lineId: line.id, matchId: match.id, kind: match.kind });
  return undone;
}

async function lockedPayment(tx: Tx, ctx: Ctx, paymentId: string): Promise<PaymentRow> {
  const { subject_id } = await getPayment(tx, paymentId);
  await subject().lock(tx, ctx, subject_id);
  return lockPayment(tx, paymentId);
}

/** Says that a line needs no match: money moved between accounts of ours. Or that it does after all. @throws BankMatchExceeds */
export async function ignoreLine(tx: Tx, _ctx: Ctx, input: { lineId: string; ignored: boolean }): Promise<void> {
  const line = await lockLine(tx, input.lineId);
  if (line.ignored === input.ignored) return;
  if (line.matched_amount > 0) throw new BankMatchExceeds({ left: leftOf(line) });
  await setIgnored(tx, line.id, input.ignored);
}
