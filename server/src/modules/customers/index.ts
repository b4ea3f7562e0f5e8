import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { Module } from '#kernel/module.ts';

/** Under which purpose a customer's name, telephone number and e-mail address are sealed. */
export const CUSTOMER_PERSONAL = 'customers.personal';

export type Customer = {
  id: string;
  externalId: string | null;
  level: string;
  name: string;
  phone: string;
  email?: string;
};

/** Customers by id, opened: the caller masks what it shows. The organisation's keys must be loaded. */
export async function customersByIds(tx: Tx, ids: readonly string[]): Promise<Map<string, Customer>> {
  const rows = await tx.prepared<{ id: string; external_id: string | null; level: string; personal: Buffer | null }>(
    'select id, external_id, level, personal from customers.customers where org_id = $1 and id = any ($2)',
    [tx.orgId, ids],
  );
  return new Map(
    rows.map((r) => {
      const {
        name = '',
        phone = '',
        ...rest
      }: Partial<Customer> = r.personal
        ? (JSON.parse(fieldCrypto.open(tx.orgId, r.personal, CUSTOMER_PERSONAL)) as Partial<Customer>)
        : {};
      const email = rest.email === undefined ? {} : { email: rest.email };
      return [r.id, { id: r.id, externalId: r.external_id, level: r.level, name, phone, ...email }];
    }),
  );
}

export const customersModule: Module = { name: 'customers' };
