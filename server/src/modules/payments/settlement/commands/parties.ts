import type { z } from 'zod';
import { defineApproval } from '#kernel/approvals/index.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { isUuid, newId } from '#kernel/ids.ts';
import { todayOf } from '#kernel/org-day.ts';
import { DAY_MS } from '#kernel/time.ts';
import { AccountPending, AgreementBackdated, PartyExists } from '../../errors.ts';
import { shopOf } from '../../port.ts';
import { plusDays } from '../domain/cycle.ts';
import { maskedAccount, sealAccount } from '../payee.ts';
import type { AddAgreement, CreateParty, ProposeAccount } from '../schema.ts';
import { expectSettlements } from '../nightly.ts';
import {
  decideAccount,
  findPendingAccount,
  insertAccount,
  lockAccount,
  saveAccountApproval,
} from '../store/accounts.ts';
import { agreementsOf, insertAgreement, insertParty, lockParty, type PartyRow } from '../store/parties.ts';

const invalid = (path: string): Error => new InvalidRequest({}, [{ path, code: 'invalid_value' }]);

/** A shop is known by its id, and has its name and currency; others by a code, and what is said of them. */
async function whoIs(tx: Tx, input: z.output<typeof CreateParty>): Promise<Pick<PartyRow, 'id' | 'name' | 'currency'>> {
  if (input.kind !== 'shop') {
    if (input.name === undefined) throw new InvalidRequest({}, [{ path: 'name', code: 'required' }]);
    if (input.own) throw invalid('own');
    return { id: newId(), name: input.name, currency: input.currency };
  }
  const shop = isUuid(input.reference) ? await shopOf(tx, input.reference) : undefined;
  if (!shop) throw invalid('reference');
  return { id: input.reference, name: input.name ?? shop.name, currency: shop.currency };
}

/** Begins to settle with somebody: from today on, by the first version of what was agreed. @throws PartyExists */
export async function createParty(tx: Tx, ctx: Ctx, input: z.output<typeof CreateParty>): Promise<PartyRow> {
  const who = await whoIs(tx, input);
  const row = await insertParty(tx, ctx, {
    ...who,
    kind: input.kind,
    reference: input.reference,
    own: input.own,
    settled_through: plusDays(await todayOf(tx, ctx), -1),
  });
  if (!row) throw new PartyExists({ kind: input.kind, reference: input.reference });
  const effectiveFrom = input.effectiveFrom === undefined ? ctx.now : new Date(input.effectiveFrom);
  await insertAgreement(tx, ctx, { partyId: row.id, no: 1, effectiveFrom, terms: input.terms, note: input.note });
  await expectSettlements(tx, ctx);
  return row;
}

/** A new version of what was agreed. What was settled stays as it was. @throws AgreementBackdated */
export async function addAgreement(tx: Tx, ctx: Ctx, input: z.output<typeof AddAgreement>): Promise<PartyRow> {
  const party = await lockParty(tx, input.partyId);
  const [last] = await agreementsOf(tx, party.id);
  const effectiveFrom = new Date(input.effectiveFrom);
  if ((last && effectiveFrom <= last.effective_from) || effectiveFrom.getTime() < ctx.now.getTime() - DAY_MS)
    throw new AgreementBackdated({}, [{ path: 'effectiveFrom', code: 'invalid_value' }]);
  const { terms, note } = input;
  await insertAgreement(tx, ctx, { partyId: party.id, no: (last?.no ?? 0) + 1, effectiveFrom, terms, note });
  return party;
}

/** Another person agrees to where money goes: whoever changes an account alone could send it to himself. */
export const accountApproval = defineApproval({
  kind: 'payments.settlement_account',
  permission: 'payments.settlement.approve',
  fourEyes: true,
  expiresAfterMs: 14 * DAY_MS,
  onApproved: async (tx, ctx, { subject }) => decideAccount(tx, ctx, await lockAccount(tx, subject), 'active'),
  onRejected: async (tx, ctx, { subject }) => decideAccount(tx, ctx, await lockAccount(tx, subject), 'rejected'),
});

/** Nobody decided, or it was taken back: the account is not used, and another may be asked for. */
export async function dropAccount(tx: Tx, ctx: Ctx, accountId: string): Promise<void> {
  await decideAccount(tx, ctx, await lockAccount(tx, accountId), 'rejected');
}

/**
 * Asks that a party be paid to another account; the one in use stays in use until a second person agrees.
 * @throws AccountPending
 */
export async function proposeAccount(tx: Tx, ctx: Ctx, input: z.output<typeof ProposeAccount>): Promise<PartyRow> {
  await fieldCrypto.load(ctx.orgId);
  const party = await lockParty(tx, input.partyId);
  if (await findPendingAccount(tx, party.id)) throw new AccountPending();
  const id = newId();
  const payee = { payee: input.payee, bank: input.bank, branch: input.branch, account: input.account };
  await insertAccount(tx, ctx, { id, partyId: party.id, sealed: sealAccount(ctx.orgId, payee) });
  const facts = { party: party.name, account: maskedAccount(payee) };
  await saveAccountApproval(tx, id, await accountApproval.request(tx, ctx, { subject: id, facts }));
  return party;
}
