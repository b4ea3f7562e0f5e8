import { fieldCrypto } from '#kernel/crypto/index.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import type { Currency } from '#kernel/money.ts';
import { CustomerNotFound } from '../errors.ts';

/** Under which purpose a customer's name, telephone number and e-mail address are sealed. */
export const CUSTOMER_PERSONAL = 'customers.personal';

export type LevelSource = 'given' | 'computed' | 'manual';
export type CustomerRow = {
  id: string;
  external_id: string | null;
  personal: Buffer | null;
  level: string;
  level_source: LevelSource;
  level_floor: string | null;
  level_since: Date | null;
  level_until: Date | null;
  level_falls_at: Date | null;
  created_at: Date;
  version: number;
};
export const CUSTOMER_COLUMNS =
  'id, external_id, personal, level, level_source, level_floor, level_since, level_until, level_falls_at, created_at, version';

export type Personal = { name: string; phone: string; email?: string };

/** What is sealed of a customer, opened. The organisation's keys must be loaded. */
export function openCustomer(orgId: string, personal: Buffer | null): Personal {
  const {
    name = '',
    phone = '',
    email,
  }: Partial<Personal> = personal
    ? (JSON.parse(fieldCrypto.open(orgId, personal, CUSTOMER_PERSONAL)) as Partial<Personal>)
    : {};
  return { name, phone, ...(email === undefined ? {} : { email }) };
}

/** @throws CustomerNotFound. */
export async function getCustomer(tx: Tx, id: string, lock = false): Promise<CustomerRow> {
  const row = maybeOne(
    await tx.query<CustomerRow>(
      `select ${CUSTOMER_COLUMNS} from customers.customers where org_id = $1 and id = $2${lock ? ' for update' : ''}`,
      [tx.orgId, id],
    ),
  );
  if (!row) throw new CustomerNotFound({ customerId: id });
  return row;
}

export const customerExists = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.query('select 1 from customers.customers where org_id = $1 and id = $2', [tx.orgId, id])).length === 1;

/** The organisation's clock and language: the customer's own are not known. */
export async function orgOf(tx: Tx): Promise<{ locale: 'zh-CN' | 'en'; time_zone: string; currency: Currency }> {
  const [row] = await tx.query<{ locale: 'zh-CN' | 'en'; time_zone: string; currency: Currency }>(
    'select locale, time_zone, currency from kernel.orgs where id = $1',
    [tx.orgId],
  );
  if (!row) throw new CustomerNotFound({});
  return row;
}
