import { recordLook } from '#kernel/audit/index.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { minorDigits } from '#kernel/money.ts';
import type { Currency } from '#kernel/money.ts';
import { CSV_BOM, csvRecord } from '#kernel/transfers/index.ts';
import { openAccount } from './payee.ts';
import { accountsByIds } from './store/accounts.ts';
import { getBatch, payoutsOfBatch } from './store/payouts.ts';

const HEAD = ['reference', 'payee', 'bank', 'branch', 'account', 'amount', 'currency', 'purpose'];

/**
 * What the bank is to pay of a batch: those it has not answered, one a line, with accounts in the clear. Each account in it is
 * recorded as a look at personal data. Amounts are decimal, as banks read them.
 */
export async function payoutFile(tx: Tx, ctx: Ctx, batchId: string): Promise<{ name: string; text: string }> {
  await fieldCrypto.load(ctx.orgId);
  const batch = await getBatch(tx, batchId);
  const payouts = (await payoutsOfBatch(tx, batchId)).filter((p) => p.state === 'paying');
  const accounts = new Map(
    (
      await accountsByIds(
        tx,
        payouts.map((p) => p.account_id),
      )
    ).map((a) => [a.id, a]),
  );
  const digits = minorDigits(batch.currency as Currency);
  const lines: string[] = [];
  for (const p of payouts) {
    const row = accounts.get(p.account_id);
    if (!row) continue;
    const to = openAccount(ctx.orgId, row.sealed);
    await recordLook(tx, ctx, {
      subjectKind: 'settlement_party',
      subjectId: p.party_id,
      fields: ['payee', 'account'],
      reason: `payout ${batch.no}`,
    });
    const amount = (p.amount / 10 ** digits).toFixed(digits);
    lines.push(csvRecord([p.no, to.payee, to.bank, to.branch, to.account, amount, p.currency, p.statement_no]));
  }
  return { name: `${batch.no}.csv`, text: CSV_BOM + csvRecord(HEAD) + lines.join('') };
}
