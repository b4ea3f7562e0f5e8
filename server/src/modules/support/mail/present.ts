import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { maskEmail, maskName } from '#kernel/crypto/index.ts';
import { hasText, t } from '#kernel/i18n/index.ts';
import { mayIncoming, mayOutgoing } from './policy.ts';
import type { AccountView, IncomingView, OutgoingView, TestResult, TicketMail } from './schema.ts';
import type { AccountRow, Problem } from './store/accounts.ts';
import { type IncomingRow, openDetails } from './store/incoming.ts';
import { openRecipients, type OutgoingRow } from './store/outgoing.ts';
import { openAddress, type ThreadRow } from './store/threads.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const said = (ctx: Ctx, group: string, code: string, facts: Record<string, unknown> = {}): string => {
  const key = `${group}.${code}`;
  return hasText(ctx.locale, key) ? t(ctx.locale, key, facts) : t(ctx.locale, `${group}.other`, { detail: code });
};

export const presentProblem = (ctx: Ctx, problem: Problem | null) =>
  problem && { code: problem.code, says: said(ctx, 'mail_problems', problem.code, problem.facts) };

function stateOf(ctx: Ctx, r: AccountRow): z.input<typeof AccountView>['state'] {
  if (!r.enabled) return 'off';
  if (r.leased_until !== null && r.leased_until > ctx.now) return 'working';
  if (r.failures > 0) return 'failing';
  return r.fetched_at === null ? 'waiting' : 'fine';
}

export const presentAccount = (ctx: Ctx, r: AccountRow): z.input<typeof AccountView> => ({
  id: r.id,
  name: r.name,
  address: r.address,
  senderName: r.sender_name,
  category: r.category,
  teamId: r.team_id,
  locale: r.locale,
  imap: { ...r.imap, hasPassword: r.imap_secret !== null },
  smtp: r.smtp && { ...r.smtp, hasPassword: r.smtp_secret !== null },
  plus: r.plus,
  acknowledge: r.acknowledge,
  enabled: r.enabled,
  isDefault: r.is_default,
  state: stateOf(ctx, r),
  problem: presentProblem(ctx, r.problem),
  failures: r.failures,
  triedAt: iso(r.tried_at),
  fetchedAt: iso(r.fetched_at),
  nextAt: iso(r.next_at),
  createdAt: r.created_at.toISOString(),
  version: r.version,
});

export const presentTrial = (
  ctx: Ctx,
  imap: { problem: Problem | null; messages: number | null },
  smtp: Problem | null | undefined,
): z.input<typeof TestResult> => ({
  imap: { ok: imap.problem === null, problem: presentProblem(ctx, imap.problem), messages: imap.messages },
  smtp: smtp === undefined ? null : { ok: smtp === null, problem: presentProblem(ctx, smtp) },
});

/** The organisation's keys must be loaded. */
export function presentIncoming(ctx: Ctx, r: IncomingRow): z.input<typeof IncomingView> {
  const d = openDetails(ctx.orgId, r);
  return {
    id: r.id,
    accountId: r.account_id,
    what: r.what,
    why: r.why === null ? null : { code: r.why, says: said(ctx, 'mail_why', r.why) },
    ticketId: r.ticket_id,
    messageId: r.message_id,
    from: d?.from ? { address: maskEmail(d.from.address), name: maskName(d.from.name) } : null,
    to: (d?.to ?? []).map(maskEmail),
    cc: (d?.cc ?? []).map(maskEmail),
    subject: d?.subject ?? '',
    text: d?.text ?? null,
    quoted: d?.quoted ?? '',
    signature: d?.signature ?? '',
    refused: (d?.refused ?? []).map(({ name, code }) => ({ name, code, says: said(ctx, 'mail.refused', code) })),
    isCut: d?.isCut ?? false,
    stranger: r.stranger,
    doubtful: d?.dmarc === 'fail',
    size: r.size,
    sentAt: iso(r.sent_at),
    cameAt: r.came_at.toISOString(),
    settledAt: iso(r.settled_at),
    settledBy: r.settled_by,
    may: (['open_ticket', 'drop'] as const).filter((a) => mayIncoming[a](ctx, r)),
  };
}

/** The organisation's keys must be loaded. */
export function presentOutgoing(ctx: Ctx, r: OutgoingRow): z.input<typeof OutgoingView> {
  const { to, cc } = openRecipients(ctx.orgId, r);
  const [code = '', ...rest] = (r.problem ?? '').split(' ');
  return {
    id: r.id,
    kind: r.kind,
    messageId: r.message_id,
    state: r.state,
    problem: r.problem === null ? null : { code, says: said(ctx, 'mail_problems', code, { answer: rest.join(' ') }) },
    to: maskEmail(to.address),
    cc: cc.map(maskEmail),
    attempts: r.attempts,
    createdAt: r.created_at.toISOString(),
    sentAt: iso(r.sent_at),
    bouncedAt: iso(r.bounced_at),
    may: mayOutgoing.retry(ctx, r) ? ['retry'] : [],
    version: r.version,
  };
}

export const presentTicketMail = (
  ctx: Ctx,
  thread: ThreadRow | undefined,
  incoming: readonly IncomingRow[],
  outgoing: readonly OutgoingRow[],
): z.input<typeof TicketMail> => ({
  thread: thread
    ? {
        accountId: thread.account_id,
        address: maskEmail(openAddress(ctx.orgId, thread.address)),
        name: thread.name === null ? '' : maskName(openAddress(ctx.orgId, thread.name)),
        locale: thread.locale,
        undeliveredAt: iso(thread.undelivered_at),
      }
    : null,
  incoming: incoming.map((r) => presentIncoming(ctx, r)),
  outgoing: outgoing.map((r) => presentOutgoing(ctx, r)),
});
