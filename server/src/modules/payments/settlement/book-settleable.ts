import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { localDate } from '#kernel/time.ts';
import type { AccountCode } from '../ledger/chart.ts';
import { type EntryLine, postEntry } from '../ledger/entry.ts';
import type { ItemKind } from './domain/close-statement.ts';
import { insertItem } from './store/items.ts';
import type { PartyKind, PartyRow } from './store/parties.ts';

/** Facts that change what a party is owed. The others move it from one statement to another. */
export type BookedKind = Exclude<ItemKind, 'hold' | 'release' | 'carry_in' | 'carry_out'>;

export type Settleable = {
  kind: BookedKind;
  /** Id of what it is of: an order, a refund, a receipt. One item of a kind each. */
  subject: string;
  /** Its number, as people know it. */
  subjectNo: string;
  /** The order, where there is one. */
  about?: string;
  /** In minor units of the party's currency: positive is owed to it, negative by it. Nothing is booked for 0. */
  amount: number;
  /** When it happened: the cycle goes by its day in the organisation's zone. */
  at: Date;
  agreementId?: string;
  /** How the amount came about; shown on the statement. */
  note?: string;
};

const SALE_OF: Readonly<Record<PartyKind, AccountCode>> = {
  shop: 'prepayments',
  supplier: 'purchase_costs',
  station: 'station_services',
};

/** The account on the other side of what a party is owed. */
const counterOf = (kind: PartyKind, of: BookedKind): AccountCode => {
  if (of === 'sale' || of === 'refund') return SALE_OF[kind];
  if (of === 'commission') return 'commissions';
  if (of === 'fee') return 'channel_fees';
  return of === 'compensation' ? 'compensation' : 'settlement_adjustments';
};

/** Where the sales of a shop go: to its own account, or of a shop of ours to income. */
export const payableOf = (own: boolean): AccountCode => (own ? 'sales' : 'merchants_payable');

/** An amount owed more (or less, when negative) to whoever's `shopId` it is, out of `counter`. */
export function owedLines(
  owed: { account: AccountCode; shopId: string },
  counter: AccountCode,
  of: { amount: number; currency: string },
): EntryLine[] {
  const amount = Math.abs(of.amount);
  const theirs = { account: owed.account, shopId: owed.shopId, currency: of.currency };
  const ours = { account: counter, currency: of.currency };
  return of.amount > 0
    ? [
        { ...ours, debit: amount },
        { ...theirs, credit: amount },
      ]
    : [
        { ...theirs, debit: amount },
        { ...ours, credit: amount },
      ];
}

/**
 * Notes what a party is owed, or owes, and books it, in the transaction of its cause. Once per kind and subject: false when it
 * is there. Of a shop of ours only sales and refunds reach the books: it pays no commission but to itself.
 */
export async function bookSettleable(tx: Tx, ctx: Ctx, party: PartyRow, what: Settleable): Promise<boolean> {
  if (what.amount === 0) return false;
  assert(Number.isSafeInteger(what.amount), 'an item is a whole number of minor units');
  const made = await insertItem(tx, ctx, {
    partyId: party.id,
    kind: what.kind,
    subject: what.subject,
    subjectNo: what.subjectNo,
    about: what.about ?? null,
    amount: what.amount,
    currency: party.currency,
    at: what.at,
    day: localDate(what.at, await zoneOfOrg(tx)),
    agreementId: what.agreementId ?? null,
    note: what.note ?? '',
  });
  if (made === undefined) return false;
  if (party.own && what.kind !== 'sale' && what.kind !== 'refund') return true;
  await postEntry(tx, ctx, {
    kind: `settled_${what.kind}`,
    subject: what.subject,
    ...(what.about === undefined ? {} : { about: what.about }),
    at: ctx.now,
    lines: owedLines({ account: payableOf(party.own), shopId: party.id }, counterOf(party.kind, what.kind), {
      amount: what.amount,
      currency: party.currency,
    }),
  });
  return true;
}
