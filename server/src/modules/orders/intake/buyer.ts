import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { customersByIds } from '#modules/customers/index.ts';

/** The customer a buyer's key stands for, if they bought before. */
export async function buyerOf(tx: Tx, key: Buffer): Promise<{ id: string; level: string } | undefined> {
  const found = maybeOne(
    await tx.query<{ id: string }>('select id from customers.find($1, array[$2::bytea])', [tx.orgId, key]),
  );
  return found && (await customersByIds(tx, [found.id])).get(found.id);
}
