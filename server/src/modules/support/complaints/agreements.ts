import { permissionHolders } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { formatMoney, t } from '#kernel/i18n/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import { notify, reachBy } from '#kernel/notifications/index.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { todayOf } from '#kernel/org-day.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { hold } from '../tickets/commands/hold.ts';
import { keyOf, ticketFacts } from '../tickets/events.ts';
import { tellPeople, workersOf } from '../tickets/people.ts';
import { COPIED } from '../tickets/policy.ts';
import { supportSettings } from '../tickets/settings.ts';
import { addMove } from '../tickets/store/moves.ts';
import { lockTicket, type TicketRow } from '../tickets/store/tickets.ts';
import {
  agreementFlow,
  type AgreementRow,
  agreementsOf,
  getAgreement,
  insertAgreement,
  saveAgreement,
  sealContent,
  sealSignature,
} from './agreements-store.ts';
import { canonical, type Content, hashOf, isDrawing, sealOf, type Signature, type Terms } from './canonical.ts';
import {
  AgreementChanged,
  AgreementExpired,
  AgreementGone,
  AgreementNeedsCustomer,
  AgreementSigned,
  SignatureInvalid,
} from './errors.ts';
import { AgreementSent, AgreementWasSigned } from './events.ts';
import { makeSignLink } from './links.ts';
import { endReports } from './reports.ts';

const factsOf = (row: TicketRow, a: AgreementRow) => ({
  ...ticketFacts(row),
  agreementNo: a.no,
  version: a.version,
  amount: a.amount,
  currency: a.currency,
});

type Draft = {
  ticketId: string;
  locale: 'zh-CN' | 'en';
  customerName?: string | undefined;
  amount: number;
  measures: string;
  performBy?: string | undefined;
  other: string;
};

async function orgOf(tx: Tx): Promise<{ name: string; currency: Currency }> {
  return one(
    await tx.prepared<{ name: string; currency: Currency }>('select name, currency from kernel.orgs where id = $1', [
      tx.orgId,
    ]),
  );
}

/** The organisation's own wording where it has one, with the terms filled in. */
async function textOf(tx: Tx, c: Omit<Content, 'text'>): Promise<string> {
  const settings = await supportSettings.get(tx);
  const own = c.locale === 'en' ? settings.agreementTextEn : settings.agreementTextZh;
  const facts: Record<string, string> = {
    no: c.no,
    ticketNo: c.ticketNo,
    orderNo: c.orderNo ?? '—',
    organisation: c.organisation,
    customer: c.customer,
    amount: formatMoney(c.locale, { amount: c.terms.amount, currency: c.terms.currency as Currency }),
    measures: c.terms.measures || t(c.locale, 'agreement.none'),
    performBy: c.terms.performBy ?? t(c.locale, 'agreement.noDate'),
    other: c.terms.other || t(c.locale, 'agreement.none'),
  };
  if (own === '') return t(c.locale, 'agreement.text', facts);
  return own.replaceAll(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole);
}

/**
 * Writes down what is to be agreed, as the next version: what was drafted or sent before is superseded.
 * @throws AgreementSigned, AgreementNeedsCustomer when nobody knows the customer's name
 */
export async function draftAgreement(tx: Tx, ctx: Ctx, input: Draft): Promise<AgreementRow> {
  const row = await hold(tx, ctx, input.ticketId, 'agreement');
  const before = await agreementsOf(tx, row.id);
  if (before.some((a) => a.state === 'signed')) throw new AgreementSigned();
  for (const a of before.filter((b) => b.state === 'draft' || b.state === 'sent'))
    await saveAgreement(tx, a, { state: step(agreementFlow, a.state, 'supersede') });
  const customer = row.customer_id ? (await customersByIds(tx, [row.customer_id])).get(row.customer_id) : undefined;
  const name = input.customerName || customer?.name;
  if (!name) throw new AgreementNeedsCustomer();
  const { name: organisation, currency } = await orgOf(tx);
  const terms: Terms = {
    amount: input.amount,
    currency,
    measures: input.measures,
    performBy: input.performBy ?? null,
    other: input.other,
  };
  const head = {
    form: 1 as const,
    no: `H${readableNo(await todayOf(tx, ctx), await nextNumber(tx, 'agreement'))}`,
    version: (before[0]?.version ?? 0) + 1,
    ticketNo: row.no,
    orderNo: row.order_no,
    organisation,
    customer: name,
    locale: input.locale,
    terms,
  };
  const content: Content = { ...head, text: await textOf(tx, head) };
  const made = await insertAgreement(tx, {
    id: newId(),
    no: head.no,
    ticket_id: row.id,
    version: head.version,
    locale: input.locale,
    content: sealContent(ctx.orgId, canonical(content)),
    sha256: hashOf(content),
    amount: input.amount,
    currency,
    created_by: ctx.actor.id,
    created_at: ctx.now,
  });
  await addMove(tx, ctx, row, { event: 'agreement_drafted', facts: { no: made.no, version: made.version } });
  return made;
}

/** Locks the ticket, then the agreement. */
async function holdAgreement(tx: Tx, ctx: Ctx, id: string): Promise<{ row: TicketRow; agreement: AgreementRow }> {
  await fieldCrypto.load(ctx.orgId);
  const found = await getAgreement(tx, id);
  const row = await hold(tx, ctx, found.ticket_id, 'agreement');
  return { row, agreement: await getAgreement(tx, id, true) };
}

/**
 * Sends it to be signed: by mail where the address is known, and as a link to pass on, which is told once. Sending again makes the
 * link of before worthless.
 */
export async function sendAgreement(
  tx: Tx,
  ctx: Ctx,
  input: { agreementId: string },
): Promise<{ agreement: AgreementRow; url: string; mailed: boolean }> {
  const { row, agreement } = await holdAgreement(tx, ctx, input.agreementId);
  const state = step(agreementFlow, agreement.state, 'send');
  const { agreementDays } = await supportSettings.get(tx);
  const { hash, url } = makeSignLink(ctx.orgId);
  const sent = await saveAgreement(tx, agreement, {
    state,
    link_hash: hash,
    sent_at: ctx.now,
    expires_at: after(ctx.now, agreementDays * DAY_MS),
  });
  const saved = await addMove(tx, ctx, row, { event: 'agreement_sent', facts: { no: sent.no, version: sent.version } });
  await AgreementSent.emit(tx, ctx, keyOf(row), factsOf(row, sent));
  return { agreement: sent, url, mailed: await mailLink(tx, ctx, saved, sent, url) };
}

async function mailLink(tx: Tx, ctx: Ctx, row: TicketRow, a: AgreementRow, url: string): Promise<boolean> {
  if (row.customer_id === null) return false;
  const { email, phone } = (await customersByIds(tx, [row.customer_id])).get(row.customer_id) ?? {};
  const by = await reachBy(tx, 'support.agreement', { email, phone });
  if (by === undefined) return false;
  const told = await notify(tx, ctx, {
    template: 'support.agreement',
    to: { kind: 'customer', id: row.customer_id, email, phone, locale: a.locale },
    dedupeKey: `support_agreement:${a.id}:${ctx.now.toISOString()}`,
    data: { no: row.no, agreementNo: a.no },
    secret: { link: url },
    channels: [by],
  });
  return told.includes(by);
}

export async function withdrawAgreement(tx: Tx, ctx: Ctx, input: { agreementId: string }): Promise<AgreementRow> {
  const { row, agreement } = await holdAgreement(tx, ctx, input.agreementId);
  const saved = await saveAgreement(tx, agreement, { state: step(agreementFlow, agreement.state, 'withdraw') });
  await addMove(tx, ctx, row, { event: 'agreement_withdrawn', facts: { no: saved.no, version: saved.version } });
  return saved;
}

/** The organisation's people and its timers act as themselves; here the customer does. */
function asCustomer(ctx: Ctx, row: TicketRow): Ctx {
  const id = row.customer_id ?? 'unknown';
  return { ...ctx, actor: { kind: 'customer', id, name: 'customer', can: new Set(), shops: null, warehouses: null } };
}

/** What stands in the way of signing. @throws AgreementGone, AgreementExpired */
export function mustBeOpen(a: AgreementRow, now: Date): void {
  if (a.state !== 'sent') throw new AgreementGone();
  if (a.expires_at !== null && a.expires_at <= now)
    throw new AgreementExpired({ expiredAt: a.expires_at.toISOString() });
}

export type Sign = {
  agreementId: string;
  /** The link it was opened with, when it was: a newer link makes it worthless. */
  linkHash?: Buffer;
  /** Of what the customer read. */
  sha256: string;
  signature: Signature;
};

/**
 * The customer signs, once: the reports end and the complaint can be closed. The same again is answered with how it stands.
 * @throws AgreementGone, AgreementExpired, AgreementChanged, SignatureInvalid
 */
export async function signAgreement(tx: Tx, given: Ctx, input: Sign): Promise<AgreementRow> {
  await fieldCrypto.load(given.orgId);
  const found = await getAgreement(tx, input.agreementId);
  const row = await lockTicket(tx, found.ticket_id);
  const ctx = asCustomer(given, row);
  const agreement = await getAgreement(tx, found.id, true);
  if (input.linkHash && !agreement.link_hash?.equals(input.linkHash)) throw new AgreementGone();
  if (agreement.state === 'signed') return agreement;
  mustBeOpen(agreement, ctx.now);
  if (agreement.sha256.toString('hex') !== input.sha256) throw new AgreementChanged();
  const { signature } = input;
  const isWhole = signature.kind === 'typed' ? signature.image === null : isDrawing(signature.image ?? '');
  if (!isWhole) throw new SignatureInvalid();
  const signed = await saveAgreement(tx, agreement, {
    state: step(agreementFlow, agreement.state, 'sign'),
    signature: sealSignature(ctx.orgId, signature),
    signed_at: ctx.now,
    seal: sealOf(agreement.sha256, signature, ctx.now),
  });
  await endReports(tx, ctx, row.id);
  const facts = { no: signed.no, version: signed.version };
  const saved = await addMove(tx, ctx, row, { event: 'agreement_signed', facts });
  await AgreementWasSigned.emit(tx, ctx, keyOf(row), { ...factsOf(row, signed), sha256: input.sha256 });
  const copied = (await permissionHolders(tx, COPIED)).map((h) => h.id);
  await tellPeople(tx, ctx, [...(await workersOf(tx, saved)), ...copied], {
    template: 'support.agreement_signed',
    dedupeKey: `support_agreement_signed:${signed.id}`,
    data: { no: row.no, agreementNo: signed.no },
  });
  return signed;
}

/** Whether text and signature are what was signed. The organisation's keys must be loaded. */
export function holds(a: AgreementRow, content: Content, signature: Signature | null): boolean {
  if (!hashOf(content).equals(a.sha256)) return false;
  if (a.signed_at === null) return true;
  return signature !== null && a.seal !== null && sealOf(a.sha256, signature, a.signed_at).equals(a.seal);
}
