import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { sqlState, type Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import { BankAccountExists } from '../errors.ts';
import { BankAccountChanged } from '../events.ts';
import { presentAccount } from './queries.ts';
import type { BankAccountView, ChangeBankAccount, CreateBankAccount } from './schema.ts';
import { findBankAccount, insertBankAccount, saveBankAccount } from './store/accounts.ts';

const UNIQUE_VIOLATION = '23505';

/** @throws BankAccountExists */
export async function createBankAccount(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof CreateBankAccount>,
): Promise<BankAccountView> {
  const { code, name, bank, accountNo, currency, takesTransfers, enabled } = input;
  try {
    const row = await insertBankAccount(tx, ctx, {
      code,
      name,
      bank,
      account_no: accountNo,
      currency,
      takes_transfers: takesTransfers,
      enabled,
    });
    await BankAccountChanged.emit(tx, ctx, row.id, { accountId: row.id, code, changed: ['created'] });
    return presentAccount(ctx, row);
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION)
      throw new BankAccountExists({ code }, [{ path: 'code', code: 'taken', facts: { value: code } }]);
    throw error;
  }
}

/** Its code and currency stay. @throws BankAccountNotFound, PreconditionFailed */
export async function changeBankAccount(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ChangeBankAccount>,
): Promise<BankAccountView> {
  const was = await findBankAccount(tx, { id: input.accountId });
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== was.version) throw new PreconditionFailed({ version: was.version });
  const next = {
    name: input.name,
    bank: input.bank,
    account_no: input.accountNo,
    takes_transfers: input.takesTransfers,
    enabled: input.enabled,
  };
  const changed = (Object.keys(next) as (keyof typeof next)[]).filter((key) => next[key] !== was[key]);
  if (changed.length === 0) return presentAccount(ctx, was);
  const row = await saveBankAccount(tx, was.id, next);
  await BankAccountChanged.emit(tx, ctx, row.id, { accountId: row.id, code: row.code, changed });
  return presentAccount(ctx, row);
}
