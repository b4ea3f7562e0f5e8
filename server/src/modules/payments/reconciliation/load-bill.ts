import type { Ctx } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { sqlState } from '#kernel/db/index.ts';
import { storeFile } from '#kernel/files/index.ts';
import { newId } from '#kernel/ids.ts';
import { fromZoned, MINUTE_MS } from '#kernel/time.ts';
import { BillAlreadyLoaded, BillInconsistent, UnknownChannel } from '../errors.ts';
import { BillReconciled } from '../events.ts';
import { findChannel } from '../port.ts';
import { accountOf, formulaOf } from '../accounts/store.ts';
import { merchantsOf } from '../accounts/merchants.ts';
import { paymentSettings } from '../settings.ts';
import { bookFees } from './book-difference.ts';
import type { BillType } from './domain/bill.ts';
import { BillReader, dayPlus } from './domain/bill-reader.ts';
import type { ReceivedBill } from './receive-bill.ts';
import { billByHash, type BillRow, getBill, insertBill, lockDay } from './store/bills.ts';
import { matchStaged, stageLines, wasLoaded } from './store/match.ts';
import { settleLater } from './store/settle-later.ts';

/** Bills are of days of China, wherever the organisation is. */
export const BILL_ZONE = 'Asia/Shanghai';
/** Channels settle in yuan, whatever the payer paid in. */
const BILL_CURRENCY = 'CNY';
/** Channels whose bills we read although we may not take payments through them ourselves. */
const BILLED = new Set(['wechat', 'alipay', 'unionpay']);
const UNIQUE_VIOLATION = '23505';

/** A transaction that reads and matches a million lines takes longer than any request may. */
const LOAD_LIMITS = `set local statement_timeout = '300s'; set local work_mem = '64MB'`;

export const startOfDay = (day: string): Date => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return fromZoned({ year, month, day: date }, BILL_ZONE);
};

const HAS_PAYMENTS: ReadonlySet<BillType> = new Set(['ALL', 'SUCCESS', 'TRADE']);
const HAS_REFUNDS: ReadonlySet<BillType> = new Set(['ALL', 'REFUND', 'TRADE']);

export type BillUpload = { channel: string; billDate: string; source: 'upload' | 'fetch'; received: ReceivedBill };

/** @throws UnknownChannel */
export function mustBeBilled(channel: string): void {
  if (!BILLED.has(channel) && !findChannel(channel))
    throw new UnknownChannel({ channel }, [{ path: 'channel', code: 'invalid_value' }]);
}

/**
 * Takes a bill in, whole or not at all: reads it, checks it against its own summary and holds it against our books, in one
 * transaction. @throws BillAlreadyLoaded, BillInconsistent, BillUnreadable, BillLineUnreadable, UnknownChannel
 */
export async function loadBill(db: Db, ctx: Ctx, upload: BillUpload): Promise<BillRow> {
  mustBeBilled(upload.channel);
  const { received } = upload;
  const known = await db.read(ctx, (tx) => billByHash(tx, received.file.sha256));
  if (known !== undefined) throw new BillAlreadyLoaded({ reconciliationId: known });
  await received.keep(); // bytes no row refers to are swept away later
  try {
    return await db.inTx(ctx, (tx) => loadInto(tx, ctx, upload));
  } catch (error) {
    // the same bytes under another day or channel at the same moment
    if (sqlState(error) === UNIQUE_VIOLATION) throw new BillAlreadyLoaded();
    throw error;
  }
}

class Rehearsed<T> extends Error {
  readonly answer: T;
  constructor(answer: T) {
    super('a rehearsal is rolled back');
    this.answer = answer;
  }
}

/** Does all that loading does, has `answer` look at what came of it, and takes everything back. @throws what loading throws */
export async function rehearseBill<T>(
  db: Db,
  ctx: Ctx,
  upload: BillUpload,
  answer: (tx: Tx, bill: BillRow) => Promise<T>,
): Promise<T> {
  mustBeBilled(upload.channel);
  try {
    await db.inTx(ctx, async (tx) => {
      throw new Rehearsed(await answer(tx, await loadInto(tx, ctx, upload)));
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.answer as T;
    throw error;
  }
  throw new Error('a rehearsal ends by rolling back');
}

async function loadInto(tx: Tx, ctx: Ctx, upload: BillUpload): Promise<BillRow> {
  const { channel, billDate, source, received } = upload;
  await tx.query(LOAD_LIMITS);
  const settings = await paymentSettings.get(tx);
  const reader = new BillReader(billDate);
  await stageLines(tx, reader.lines(await received.texts()));
  const totals = reader.totals();
  const account = await accountOf(tx, channel);
  const merchants = merchantsOf(account) ?? settings.merchants;
  if (merchants.length > 0 && totals.merchant !== '' && channel !== 'sandbox' && !merchants.includes(totals.merchant))
    throw new BillInconsistent({ what: '商户号', stated: merchants.join(', '), counted: totals.merchant });
  await lockDay(tx, channel, billDate);
  const again =
    (await billByHash(tx, received.file.sha256)) ?? (await wasLoaded(tx, { channel, billDate, family: totals.family }));
  if (again !== undefined) throw new BillAlreadyLoaded({ reconciliationId: again });
  const file = await storeFile(tx, ctx, received.file, 'bill');
  const id = newId();
  await insertBill(tx, ctx, { id, channel, billDate, sha256: received.file.sha256, fileId: file.id, source, totals });
  const isTrade = totals.family === 'trade';
  await matchStaged(
    tx,
    ctx,
    {
      billId: id,
      channel,
      family: totals.family,
      from: startOfDay(billDate),
      to: startOfDay(dayPlus(billDate, 1)),
      cutoffMs: settings.billCutoffMinutes * MINUTE_MS,
      dueOn: dayPlus(billDate, settings.billCarryDays),
      fee: isTrade ? (formulaOf(account) ?? null) : null, // fund bills keep fees on lines of their own
      feeTolerance: settings.feeToleranceFen,
    },
    {
      rows: totals.rows,
      payments: isTrade && HAS_PAYMENTS.has(totals.type),
      refunds: isTrade && HAS_REFUNDS.has(totals.type),
    },
  );
  if (isTrade) {
    await bookFees(tx, ctx, { id, channel, fee: totals.fee, currency: BILL_CURRENCY, at: ctx.now });
    await settleLater(tx, ctx, channel, billDate);
  }
  const bill = await getBill(tx, id);
  await BillReconciled.emit(tx, ctx, id, {
    reconciliationId: id,
    channel,
    billDate,
    rows: bill.rows,
    matched: bill.matched,
    differences: bill.differences,
    open: bill.open,
  });
  return bill;
}

/** Looks again at what a channel's bills and our books had each alone. Changes nothing that has not changed. */
export async function lookAgain(tx: Tx, ctx: Ctx, reconciliationId: string): Promise<BillRow> {
  const bill = await getBill(tx, reconciliationId);
  await lockDay(tx, bill.channel, bill.bill_date);
  await settleLater(tx, ctx, bill.channel, bill.bill_date);
  return getBill(tx, reconciliationId);
}
