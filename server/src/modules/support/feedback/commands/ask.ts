import { createHash } from 'node:crypto';
import type { Ctx, Locale } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { step } from '#kernel/flow.ts';
import { newId } from '#kernel/ids.ts';
import { notify, reachBy } from '#kernel/notifications/index.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { after, DAY_MS, MINUTE_MS } from '#kernel/time.ts';
import { makeRateLink } from '../../complaints/links.ts';
import { isDone } from '../../tickets/domain/flow.ts';
import { findTicket } from '../../tickets/index.ts';
import { outsideQuiet } from '../domain/quiet.ts';
import { type Kind, requestFlow } from '../domain/words.ts';
import { FeedbackAsked } from '../events.ts';
import { feedbackSettings, type FeedbackSettings } from '../settings.ts';
import * as store from '../store/requests.ts';

/** What is asked about, and whom. */
export type Ask = {
  kind: Kind;
  subject: { kind: 'ticket' | 'case' | 'campaign'; id: string; no: string };
  customerId: string | null;
  /** Where the link goes: by mail, else by SMS where the organisation wants it. Whom neither reaches is not asked, which is recorded. */
  email: string | undefined;
  phone?: string | undefined;
  locale: Locale;
  /** Whom the score is counted for. */
  agentId: string | null;
  teamId: string | null;
  category: string;
  shopId: string | null;
};

/** The message that asks about such a matter. */
export const templateOf = (kind: Ask['subject']['kind']): string => `support.feedback_${kind}`;

/** When the question goes out: looked at again then. */
export const sendTimer = defineDeadline({
  kind: 'support.feedback_send',
  told: false,
  onBreach: (tx, ctx, requestId) => send(tx, ctx, requestId),
});
/** When its time is over it is not answered any more. */
export const endTimer = defineDeadline({
  kind: 'support.feedback_end',
  told: false,
  onBreach: async (tx, _ctx, requestId) => {
    const row = await store.lockRequest(tx, requestId);
    if (row.state === 'asked') await store.saveRequest(tx, row, { state: step(requestFlow, row.state, 'expire') });
  },
});

/**
 * Asks a customer what they think, later and outside the quiet hours: once per matter, and again only when it was settled again after
 * an answer. Whatever ends for a customer may be asked about: tickets, after-sales cases. Undefined when it was asked already.
 */
export async function askFeedback(tx: Tx, ctx: Ctx, ask: Ask): Promise<store.RequestRow | undefined> {
  await fieldCrypto.load(ctx.orgId);
  const settings = await feedbackSettings.get(tx);
  const { subject } = ask;
  const last = ask.kind === 'csat' ? await store.latestOf(tx, subject.kind, subject.id) : undefined;
  if (last && last.state !== 'answered' && last.state !== 'skipped') return undefined;
  const by = await reachBy(tx, templateOf(subject.kind), ask);
  const address = by === 'sms' ? ask.phone : by && ask.email;
  const isSkipped = address === undefined;
  const delayMs = ask.kind === 'csat' ? settings.delayMinutes * MINUTE_MS : 0;
  const sendAt = await sendTime(tx, settings, after(ctx.now, delayMs));
  const row = await store.insertRequest(tx, {
    id: newId(),
    kind: ask.kind,
    subject_kind: subject.kind,
    subject_id: subject.id,
    subject_no: subject.no,
    round: (last?.round ?? 0) + 1,
    survey_id: await keepSurvey(tx, ctx, settings),
    customer_id: ask.customerId,
    agent_id: ask.agentId,
    team_id: ask.teamId,
    category: ask.category,
    shop_id: ask.shopId,
    locale: ask.locale,
    address: address === undefined ? null : store.sealTo(ctx.orgId, address),
    state: isSkipped ? 'skipped' : 'waiting',
    why_skipped: isSkipped ? 'no_address' : null,
    created_at: ctx.now,
    send_at: sendAt,
  });
  if (row && !isSkipped) await sendTimer.open(tx, ctx, [{ subject: row.id, startsAt: ctx.now, dueAt: sendAt }]);
  return row;
}

const sendTime = async (tx: Tx, settings: FeedbackSettings, wanted: Date): Promise<Date> =>
  outsideQuiet(wanted, { from: settings.quietFrom, to: settings.quietTo }, await zoneOfOrg(tx));

function keepSurvey(tx: Tx, ctx: Ctx, { questions }: FeedbackSettings): Promise<string> {
  const sha256 = createHash('sha256').update(JSON.stringify(questions)).digest();
  return store.keepSurvey(tx, { questions }, sha256, ctx.now);
}

/** Sends the question, unless the matter is open again meanwhile. The link is in the mail or SMS only. */
async function send(tx: Tx, ctx: Ctx, requestId: string): Promise<void> {
  await fieldCrypto.load(ctx.orgId);
  const row = await store.lockRequest(tx, requestId);
  if (row.state !== 'waiting') return;
  const why = row.address === null ? 'no_address' : await whyNot(tx, row);
  if (why !== undefined || row.address === null) {
    const state = step(requestFlow, row.state, 'skip');
    await store.saveRequest(tx, row, { state, why_skipped: why ?? 'no_address', address: null });
    return;
  }
  const { address } = row;
  const { link, answerUntil } = await askNow(tx, ctx, row);
  const to = store.openTo(ctx.orgId, address);
  const isMail = to.includes('@');
  await notify(tx, ctx, {
    template: templateOf(row.subject_kind),
    to: {
      kind: 'customer',
      id: row.customer_id ?? row.id,
      ...(isMail ? { email: to } : { phone: to }),
      locale: row.locale,
    },
    dedupeKey: `support_feedback:${row.id}`,
    data: { no: row.subject_no, until: answerUntil.toISOString() },
    secret: { link },
    channels: [isMail ? 'email' : 'sms'],
  });
}

/** From now on it may be answered, by the link that comes back and by whoever is shown the matter itself. */
export async function askNow(
  tx: Tx,
  ctx: Ctx,
  row: store.RequestRow,
): Promise<{ row: store.RequestRow; link: string; answerUntil: Date }> {
  const { answerDays } = await feedbackSettings.get(tx);
  const link = makeRateLink(ctx.orgId);
  const answerUntil = after(ctx.now, answerDays * DAY_MS);
  const saved = await store.saveRequest(tx, row, {
    state: step(requestFlow, row.state, 'ask'),
    why_skipped: null,
    link_hash: link.hash,
    asked_at: ctx.now,
    answer_until: answerUntil,
    address: null,
  });
  await endTimer.open(tx, ctx, [{ subject: row.id, startsAt: ctx.now, dueAt: answerUntil }]);
  const facts = { requestId: row.id, kind: row.kind, subjectKind: row.subject_kind, subjectNo: row.subject_no };
  await FeedbackAsked.emit(tx, ctx, row.id, facts);
  return { row: saved, link: link.url, answerUntil };
}

async function whyNot(tx: Tx, row: store.RequestRow): Promise<string | undefined> {
  if (row.subject_kind !== 'ticket') return undefined;
  const ticket = await findTicket(tx, row.subject_id);
  return ticket && isDone(ticket.state) ? undefined : 'open_again';
}
