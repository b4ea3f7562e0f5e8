import { z } from 'zod';
import { DomainError } from '#kernel/errors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import {
  type Column,
  columnsOf,
  defineImport,
  type Header,
  type Outcome,
  type Reject,
} from '#kernel/transfers/index.ts';
import { confirmPayout, failPayout } from './commands/pay-out.ts';
import { PAY } from './present.ts';
import { getPayout } from './store/payouts.ts';

const COLUMNS: readonly Column[] = [
  { name: 'reference', aliases: ['付款单号', '客户参考号', '业务参考号'], required: true, example: 'P26112800000017' },
  { name: 'result', aliases: ['结果', '处理结果', '交易状态'], required: true, example: '成功' },
  { name: 'bank_reference', aliases: ['银行流水号', '流水号'], example: '20261128ABC' },
  { name: 'reason', aliases: ['失败原因', '备注'], example: '' },
];
const PAID = /^(?:paid|success|succeeded|ok|成功|交易成功|已付款)$/i;
const FAILED = /^(?:failed|failure|rejected|失败|交易失败|退票)$/i;

type Result = { line: number; no: string; result: string; bankReference: string; reason: string };

/** What the bank says became of a batch. A row that was taken before is left out; one that cannot be read is rejected alone. */
export const importPayouts = defineImport({
  kind: 'payouts',
  permission: PAY,
  columns: COLUMNS,
  options: z.object({}).strict(),
  open: (run, head) => {
    const header = columnsOf(head, COLUMNS);
    return {
      async *units(rows) {
        for await (const { line, cells } of rows) yield { rows: 1, unit: resultOf(header, line, cells) };
      },
      apply: (tx, units) => applyAll(tx, run.ctx, units),
    };
  },
});

function resultOf(header: Header, line: number, cells: readonly string[]): Result {
  const cell = (name: string): string => (cells[header[name] ?? -1] ?? '').trim();
  return {
    line,
    no: cell('reference'),
    result: cell('result'),
    bankReference: cell('bank_reference').slice(0, 100),
    reason: cell('reason').slice(0, 500),
  };
}

async function applyAll(tx: Tx, ctx: Ctx, units: readonly Result[]): Promise<Outcome> {
  const rejects: Reject[] = [];
  let skipped = 0;
  for (const unit of units) {
    const answer = await applyOne(tx, ctx, unit);
    if (answer === 'skipped') skipped += 1;
    else if (answer !== 'taken') rejects.push({ line: unit.line, ...answer });
  }
  return { skipped, rejects };
}

async function applyOne(tx: Tx, ctx: Ctx, r: Result): Promise<'taken' | 'skipped' | { path: string; code: string }> {
  const paid = PAID.test(r.result);
  if (!paid && !FAILED.test(r.result)) return { path: 'result', code: 'invalid_value' };
  if (paid && r.bankReference === '') return { path: 'bank_reference', code: 'required' };
  try {
    const payout = await getPayout(tx, { no: r.no });
    if (payout.state !== 'paying')
      return payout.state === (paid ? 'paid' : 'failed') ? 'skipped' : { path: 'result', code: 'invalid_value' };
    if (paid) await confirmPayout(tx, ctx, { payoutId: payout.id, reference: r.bankReference });
    else await failPayout(tx, ctx, { payoutId: payout.id, reason: r.reason || r.result });
    return 'taken';
  } catch (error) {
    // refused before anything was written
    if (error instanceof DomainError) return { path: 'reference', code: 'invalid_value' };
    throw error;
  }
}
