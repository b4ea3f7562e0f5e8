import type { Tx } from '#kernel/db/index.ts';
import type { Module } from '#kernel/module.ts';
import { sendCode } from './portal/codes.ts';
import { invariants } from './invariants.ts';
import { nightly, nightlyWork } from './jobs/nightly.ts';
import { routes } from './routes.ts';
import { openCustomer, type Personal } from './store/customers.ts';
import './reveal.ts';

export { type Moved, type Movement, postPoints } from './commands/post-points.ts';
export { type Purchase, recordKept, recordPurchases } from './commands/record-purchases.ts';
export { levelNamed, type LevelTerms } from './domain/levels.ts';
export { pointsWorth } from './domain/points.ts';
export { levelsOf, vipOf } from './queries/levels.ts';
export { type OrderPoints, pointsOfOrder } from './queries/points-of-order.ts';
export { customersMeant, presentLevel } from './queries/customers.ts';
export { LevelView } from './schema.ts';
export { membershipSettings } from './settings.ts';
export { readShopToken, ShopClaims } from './portal/shop-token.ts';
export { askForCode, phoneIndex, spendCode, takeCode, usePortalCodes } from './portal/codes.ts';
export { ShopTokenRefused } from './portal/errors.ts';
export { makePortalKey, revokePortalKey, takeShopToken } from './portal/keys.ts';
export { prunePortal } from './portal/prune.ts';
export {
  actorOfOrder,
  isSelf,
  leave as leavePortal,
  type OpenedSession,
  openSession,
  ownsOrder,
  portalIdentity,
  type Reach,
  reachOf,
  sessionOf,
} from './portal/sessions.ts';
export { portalSettings } from './portal/settings.ts';
export {
  countGuess,
  customersOfPhone,
  findOrMakeCustomer,
  forgetGuesses,
  keysInForce as portalKeysInForce,
  type KeyRow as PortalKeyRow,
} from './portal/store.ts';
export { CUSTOMER_PERSONAL } from './store/customers.ts';

export type Customer = Personal & { id: string; externalId: string | null; level: string };

/** Customers by id, opened: the caller masks what it shows. The organisation's keys must be loaded. */
export async function customersByIds(tx: Tx, ids: readonly string[]): Promise<Map<string, Customer>> {
  const rows = await tx.prepared<{ id: string; external_id: string | null; level: string; personal: Buffer | null }>(
    'select id, external_id, level, personal from customers.customers where org_id = $1 and id = any ($2)',
    [tx.orgId, ids],
  );
  return new Map(
    rows.map((r) => [
      r.id,
      { id: r.id, externalId: r.external_id, level: r.level, ...openCustomer(tx.orgId, r.personal) },
    ]),
  );
}

export const customersModule: Module = {
  name: 'customers',
  customerMessages: ['customers.points_expiring', 'customers.portal_code'],
  routes,
  jobs: [nightlyWork, sendCode],
  deadlines: [nightly.clock],
  permissions: {
    'customers.customer.read': 'See customers, their levels and what they bought',
    'customers.level.override': "Set customers' levels by hand",
    'customers.points.read': "See customers' points",
    'customers.points.spend': 'Redeem points for customers',
    'customers.points.compensate': 'Grant points as compensation',
    'customers.points.adjust': 'Ask for corrections of points',
    'customers.points.approve': 'Approve points above the limit, and corrections',
  },
  invariants,
};
