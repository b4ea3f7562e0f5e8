import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { BankAccountNotFound } from '../../errors.ts';

export type BankAccountRow = {
  id: string;
  code: string;
  name: string;
  bank: string;
  account_no: string;
  currency: string;
  takes_transfers: boolean;
  enabled: boolean;
  version: number;
};

const COLUMNS = 'id, code, name, bank, account_no, currency, takes_transfers, enabled, version';

/** An organisation has a handful. */
export const listBankAccounts = (tx: Tx): Promise<BankAccountRow[]> =>
  tx.query<BankAccountRow>(`select ${COLUMNS} from payments.bank_accounts where org_id = $1 order by code limit 200`, [
    tx.orgId,
  ]);

export async function findBankAccount(tx: Tx, by: { id: string } | { code: string }): Promise<BankAccountRow> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['code', by.code];
  const row = maybeOne(
    await tx.query<BankAccountRow>(
      `select ${COLUMNS} from payments.bank_accounts where org_id = $1 and ${column} = $2`,
      [tx.orgId, value],
    ),
  );
  if (!row) throw new BankAccountNotFound({ account: value });
  return row;
}

/** Where customers are told to transfer money of a currency to, or of any; undefined when nowhere. */
export async function payeeFor(tx: Tx, currency?: string): Promise<BankAccountRow | undefined> {
  return maybeOne(
    await tx.query<BankAccountRow>(
      `select ${COLUMNS} from payments.bank_accounts where org_id = $1 and ($2::text is null or currency = $2) and takes_transfers and enabled order by code limit 1`,
      [tx.orgId, currency ?? null],
    ),
  );
}

export type BankAccountValues = Omit<BankAccountRow, 'id' | 'version'>;

export async function insertBankAccount(tx: Tx, ctx: Ctx, v: BankAccountValues): Promise<BankAccountRow> {
  return one(
    await tx.query<BankAccountRow>(
      `insert into payments.bank_accounts (org_id, id, code, name, bank, account_no, currency, takes_transfers, enabled, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${COLUMNS}`,
      [tx.orgId, newId(), v.code, v.name, v.bank, v.account_no, v.currency, v.takes_transfers, v.enabled, ctx.now],
    ),
  );
}

/** Its code and currency stay: lines are of them. */
export async function saveBankAccount(
  tx: Tx,
  id: string,
  v: Pick<BankAccountValues, 'name' | 'bank' | 'account_no' | 'takes_transfers' | 'enabled'>,
): Promise<BankAccountRow> {
  return one(
    await tx.query<BankAccountRow>(
      `update payments.bank_accounts set name = $3, bank = $4, account_no = $5, takes_transfers = $6, enabled = $7, version = version + 1
        where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [tx.orgId, id, v.name, v.bank, v.account_no, v.takes_transfers, v.enabled],
    ),
  );
}
