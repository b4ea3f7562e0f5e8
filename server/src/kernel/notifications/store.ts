import type { Ctx, Locale } from '../context.ts';
import { maybeOne, type Tx } from '../db/index.ts';

export type Recipient = { kind: 'user' | 'customer'; id: string };
export type Channel = 'in_app' | 'email' | 'sms';
export type SentChannel = Exclude<Channel, 'in_app'>;

export type NewNotification = {
  id: string;
  dedupeKey: string;
  channel: Channel;
  to: Recipient;
  addressSealed: Buffer | null;
  template: string;
  data: Readonly<Record<string, unknown>>;
  locale: Locale;
  state: 'queued' | 'sent' | 'skipped';
  reason: string | null;
  /** Not sent any more from then on. */
  expiresAt: Date | null;
};

/** False when the recipient was told before. */
export async function insertOnce(tx: Tx, ctx: Ctx, n: NewNotification): Promise<boolean> {
  const rows = await tx.query(
    `insert into kernel.notifications
       (org_id, id, dedupe_key, channel, recipient_kind, recipient_id, address_sealed, template, data, locale, state,
        last_error, created_at, sent_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, case when $11 = 'sent' then $13::timestamptz end, $14)
     on conflict (org_id, dedupe_key, channel) do nothing returning 1`,
    [
      ctx.orgId,
      n.id,
      n.dedupeKey,
      n.channel,
      n.to.kind,
      n.to.id,
      n.addressSealed,
      n.template,
      JSON.stringify(n.data),
      n.locale,
      n.state,
      n.reason,
      ctx.now,
      n.expiresAt,
    ],
  );
  return rows.length === 1;
}

export type SentRow = {
  id: string;
  dedupe_key: string;
  address_sealed: Buffer | null;
  template: string;
  data: Record<string, unknown>;
  locale: Locale;
  state: string;
  attempts: number;
  leased_until: Date | null;
  expires_at: Date | null;
};

/** `lock…` takes the row lock; undefined when there is no such message on this channel. */
export async function lockMessage(tx: Tx, id: string, channel: SentChannel): Promise<SentRow | undefined> {
  return maybeOne(
    await tx.query<SentRow>(
      `select id, dedupe_key, address_sealed, template, data, locale, state, attempts, leased_until, expires_at
         from kernel.notifications where org_id = $1 and id = $2 and channel = $3 for update`,
      [tx.orgId, id, channel],
    ),
  );
}

export async function leaseMessage(tx: Tx, id: string, until: Date): Promise<void> {
  await tx.query(
    'update kernel.notifications set attempts = attempts + 1, leased_until = $3 where org_id = $1 and id = $2',
    [tx.orgId, id, until],
  );
}

/** Ends an attempt. A notification that is settled already stays as it is. */
export async function settleMessage(
  tx: Tx,
  id: string,
  state: 'queued' | 'sent' | 'failed' | 'skipped',
  now: Date,
  reason: string | null = null,
): Promise<void> {
  await tx.query(
    `update kernel.notifications
        set state = $3, last_error = $4, leased_until = null, sent_at = case when $3 = 'sent' then $5::timestamptz end
      where org_id = $1 and id = $2 and state = 'queued'`,
    [tx.orgId, id, state, reason?.slice(0, 200) ?? null, now],
  );
}

export type InAppRow = {
  id: string;
  template: string;
  data: Record<string, unknown>;
  created_at: Date;
  read_at: Date | null;
};

/** The newest first; `before` is the id to go on from. */
export async function listInApp(
  tx: Tx,
  to: Recipient,
  page: { limit: number; before: string | undefined; unreadOnly: boolean },
): Promise<InAppRow[]> {
  return tx.query<InAppRow>(
    `select id, template, data, created_at, read_at from kernel.notifications
      where org_id = $1 and recipient_kind = $2 and recipient_id = $3 and channel = 'in_app'
        and ($4::uuid is null or id < $4) and (not $5::boolean or read_at is null)
      order by id desc limit $6`,
    [tx.orgId, to.kind, to.id, page.before ?? null, page.unreadOnly, page.limit],
  );
}

/** Unread notifications, counted up to `max`. */
export async function countUnread(tx: Tx, to: Recipient, max: number): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `select count(*)::int as n from (
       select from kernel.notifications
        where org_id = $1 and recipient_kind = $2 and recipient_id = $3 and channel = 'in_app' and read_at is null
        limit $4) as unread`,
    [tx.orgId, to.kind, to.id, max],
  );
  return row?.n ?? 0;
}

/** Marks as read what is unread; null for `id` = all of them. Returns how many are there to be read at all. */
export async function markRead(tx: Tx, to: Recipient, id: string | null, now: Date): Promise<number> {
  const rows = await tx.query(
    `update kernel.notifications set read_at = coalesce(read_at, $5)
      where org_id = $1 and recipient_kind = $2 and recipient_id = $3 and channel = 'in_app'
        and (id = $4 or ($4::uuid is null and read_at is null)) returning 1`,
    [tx.orgId, to.kind, to.id, id, now],
  );
  return rows.length;
}

/** Erases the addresses a recipient was written to; what they were told about stays, without them. */
export async function eraseAddresses(tx: Tx, to: Recipient): Promise<void> {
  await tx.query(
    `update kernel.notifications set address_sealed = null
      where org_id = $1 and recipient_kind = $2 and recipient_id = $3 and address_sealed is not null`,
    [tx.orgId, to.kind, to.id],
  );
}
