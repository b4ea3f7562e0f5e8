import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { lookAgainSoon } from '../jobs/look-again.ts';
import { putTaxCode, type TaxCodeInput, type TaxCodeRow } from '../store/tax-codes.ts';

/** Sets a tax code; applications that waited for one are looked at again. */
export async function saveTaxCode(tx: Tx, ctx: Ctx, input: TaxCodeInput): Promise<TaxCodeRow> {
  const row = await putTaxCode(tx, ctx, input);
  await lookAgainSoon.enqueue(tx, ctx, {}, { key: 'blocked' });
  return row;
}
