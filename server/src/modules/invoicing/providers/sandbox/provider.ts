import type { Tx } from '#kernel/db/index.ts';
import { nextNumber } from '#kernel/numbers.ts';
import { localDate } from '#kernel/time.ts';
import { INVOICE_ZONE } from '../../zone.ts';
import type { Asked, InvoiceProvider } from '../provider.ts';

/** 20 digits as the bureau's: year, region, channel, running number. There is no region 99, so none of them is ever real. */
const REGION_AND_CHANNEL = '990';
const RUNNING_DIGITS = 15;

type Issued = { number: string; issued_at: Date };

async function find(tx: Tx, serial: string): Promise<Issued | undefined> {
  const [row] = await tx.query<Issued>(
    'select number, issued_at from invoicing.sandbox_documents where org_id = $1 and serial = $2',
    [tx.orgId, serial],
  );
  return row;
}

/** One number per serial, however often it is asked for and by how many at once. */
async function issue(tx: Tx, serial: string, amount: number, now: Date): Promise<Issued> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`invoicing.sandbox/${tx.orgId}/${serial}`]);
  const known = await find(tx, serial);
  if (known) return known;
  const running = String(await nextNumber(tx, 'sandbox_invoice')).padStart(RUNNING_DIGITS, '0');
  const number = `${localDate(now, INVOICE_ZONE).slice(2, 4)}${REGION_AND_CHANNEL}${running}`;
  await tx.query(
    'insert into invoicing.sandbox_documents (org_id, serial, number, issued_at, amount) values ($1, $2, $3, $4, $5)',
    [tx.orgId, serial, number, now, amount],
  );
  return { number, issued_at: now };
}

const answered = (method: string, serial: string, found: Issued | undefined): Asked => ({
  answer: found ? { state: 'issued', number: found.number, issuedAt: found.issued_at } : { state: 'not_found' },
  told: [{ method, sent: { serial }, answered: found ? { number: found.number } : { found: false } }],
});

/** A provider that talks to no tax bureau: what the product is tried and tested with. It answers from its own books. */
export const sandboxProvider: InvoiceProvider = {
  code: 'sandbox',
  issue: async (env, order) =>
    answered(
      'issue',
      order.serial,
      await env.db.inTx(order, (tx) => issue(tx, order.serial, order.amount, order.requestedAt)),
    ),
  query: async (env, order) =>
    answered('query', order.serial, await env.db.read(order, (tx) => find(tx, order.serial))),
};
