import { Readable } from 'node:stream';
import { localDate, zoned } from '#kernel/time.ts';
import { type FeeFormula, feeOf } from '../../accounts/domain/fee.ts';
import { renderTradeBill, type RenderedLine } from '../../reconciliation/domain/render-trade-bill.ts';
import type { ChannelEnv } from '../channel.ts';

/** What the sandbox takes: 0.6 %. */
export const SANDBOX_FEE: FeeFormula = { rateMillionths: 6_000, fixedFen: 0, floorFen: 0, capFen: null };

const PAGE = 5_000;
const ZONE = 'Asia/Shanghai';
/** The merchant number of everybody at the sandbox. */
const MERCHANT = '1900000109';

type Row = {
  kind: 'payment' | 'refund';
  no: string;
  ref: string;
  payment_no: string;
  payment_ref: string;
  amount: number;
  at: Date;
};

const DONE = `select 'payment' as kind, payment_no as no, ref, payment_no, ref as payment_ref, amount, date_trunc('milliseconds', paid_at) as at from payments.sandbox_transactions
    where org_id = $1 and status = 'paid' and paid_at >= ($2::date::timestamp at time zone '${ZONE}') and paid_at < (($2::date + 1)::timestamp at time zone '${ZONE}')
  union all select 'refund', r.refund_no, r.ref, r.payment_no, t.ref, r.amount, date_trunc('milliseconds', r.created_at) from payments.sandbox_refunds r
    join payments.sandbox_transactions t on t.org_id = r.org_id and t.payment_no = r.payment_no
    where r.org_id = $1 and r.status = 'succeeded' and r.created_at >= ($2::date::timestamp at time zone '${ZONE}')
      and r.created_at < (($2::date + 1)::timestamp at time zone '${ZONE}')`;

async function* rowsOf(env: ChannelEnv, orgId: string, day: string): AsyncGenerator<RenderedLine> {
  let after: readonly [Date, string] = [new Date(0), ''];
  for (;;) {
    const rows = await env.db.read({ orgId }, (tx) =>
      tx.query<Row>(`select * from (${DONE}) d where (at, no) > ($3, $4) order by at, no limit ${PAGE}`, [
        orgId,
        day,
        ...after,
      ]),
    );
    for (const row of rows) yield lineOf(row);
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    after = [last.at, last.no];
  }
}

const two = (n: number): string => String(n).padStart(2, '0');

function lineOf(row: Row): RenderedLine {
  const clock = zoned(row.at, ZONE);
  const isPayment = row.kind === 'payment';
  return {
    kind: row.kind,
    at: `${localDate(row.at, ZONE)} ${two(clock.hour)}:${two(clock.minute)}:${two(clock.second)}`,
    txn: row.payment_ref,
    merchantNo: row.payment_no,
    refundTxn: isPayment ? '' : row.ref,
    refundNo: isPayment ? '' : row.no,
    amount: row.amount,
    fee: isPayment ? feeOf(row.amount, SANDBOX_FEE) : -feeOf(row.amount, SANDBOX_FEE),
    goods: `沙箱商品,${row.payment_no}`,
  };
}

/** The sandbox's own books of one day, as a bill. */
export const sandboxBill = (env: ChannelEnv, orgId: string, day: string): { name: string; content: Readable } => ({
  name: `sandbox-${day}.csv`,
  content: Readable.from(bytesOf(renderTradeBill(MERCHANT, rowsOf(env, orgId, day))), { objectMode: false }),
});

async function* bytesOf(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) yield Buffer.from(text);
}
