import { fieldCrypto } from '#kernel/crypto/index.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import type { MessageKind } from '../domain/words.ts';

export type MessageRow = {
  id: string;
  ticket_id: string;
  split_from: string | null;
  kind: MessageKind;
  auto: boolean;
  solution: boolean;
  channel: string;
  external_id: string | null;
  body: Buffer;
  author_kind: string;
  author_id: string;
  at: Date;
};
const COLUMNS =
  'id, ticket_id, split_from, kind, auto, solution, channel, external_id, body, author_kind, author_id, at';
const BODY = 'support.message';

export const sealBody = (orgId: string, text: string): Buffer => fieldCrypto.seal(orgId, text, BODY);
/** The organisation's keys must be loaded. */
export const openBody = (orgId: string, row: Pick<MessageRow, 'body'>): string =>
  fieldCrypto.open(orgId, row.body, BODY);

/** False when the channel brought the same message before. */
export async function insertMessage(
  tx: Tx,
  message: Omit<MessageRow, 'split_from'>,
  fileIds: readonly string[],
): Promise<boolean> {
  const rows = await tx.prepared(
    `insert into support.messages (org_id, id, ticket_id, kind, auto, solution, channel, external_id, body, author_kind, author_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (org_id, channel, external_id) where external_id is not null do nothing returning 1`,
    [
      tx.orgId,
      message.id,
      message.ticket_id,
      message.kind,
      message.auto,
      message.solution,
      message.channel,
      message.external_id,
      message.body,
      message.author_kind,
      message.author_id,
      message.at,
    ],
  );
  if (rows.length === 0) return false;
  if (fileIds.length > 0)
    await tx.query(
      'insert into support.message_files (org_id, message_id, file_id) select $1, $2, f from unnest($3::uuid[]) as files (f)',
      [tx.orgId, message.id, [...new Set(fileIds)]],
    );
  return true;
}

/** The message a channel brought before. */
export async function findByExternalId(tx: Tx, channel: string, externalId: string): Promise<MessageRow | undefined> {
  return maybeOne(
    await tx.prepared<MessageRow>(
      `select ${COLUMNS} from support.messages where org_id = $1 and channel = $2 and external_id = $3`,
      [tx.orgId, channel, externalId],
    ),
  );
}

/** A page of what was said, newest first; `before` is the last one seen. */
export async function messagesOf(
  tx: Tx,
  family: readonly string[],
  page: { limit: number; before: { at: string; id: string } | null; kinds?: readonly MessageKind[] },
): Promise<MessageRow[]> {
  return tx.prepared<MessageRow>(
    `select ${COLUMNS} from support.messages where org_id = $1 and ticket_id = any ($2::uuid[])
        and ($3::timestamptz is null or (at, id) < ($3, $4::uuid)) and ($6::text[] is null or kind = any ($6))
      order by at desc, id desc limit $5`,
    [tx.orgId, family, page.before?.at ?? null, page.before?.id ?? null, page.limit, page.kinds ?? null],
  );
}

export const messagesByIds = (tx: Tx, ids: readonly string[]): Promise<MessageRow[]> =>
  tx.prepared<MessageRow>(
    `select ${COLUMNS} from support.messages where org_id = $1 and id = any ($2) order by at, id`,
    [tx.orgId, ids],
  );

export async function filesOfMessages(tx: Tx, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx.prepared<{ message_id: string; file_id: string }>(
    'select message_id, file_id from support.message_files where org_id = $1 and message_id = any ($2) order by file_id',
    [tx.orgId, ids],
  );
  const found = new Map<string, string[]>();
  for (const r of rows) found.set(r.message_id, [...(found.get(r.message_id) ?? []), r.file_id]);
  return found;
}

/** Whether a file is part of what was said in one of these tickets; of messages of some kinds, where those are named. */
export async function isFileOf(
  tx: Tx,
  family: readonly string[],
  fileId: string,
  kinds?: readonly MessageKind[],
): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from support.message_files f join support.messages m on m.org_id = f.org_id and m.id = f.message_id
      where f.org_id = $1 and f.file_id = $3 and m.ticket_id = any ($2::uuid[]) and ($4::text[] is null or m.kind = any ($4)) limit 1`,
    [tx.orgId, family, fileId, kinds ?? null],
  );
  return rows.length > 0;
}

export async function giveMessages(tx: Tx, ids: readonly string[], ticketId: string): Promise<void> {
  await tx.query(
    'update support.messages set split_from = coalesce(split_from, ticket_id), ticket_id = $3 where org_id = $1 and id = any ($2)',
    [tx.orgId, ids, ticketId],
  );
}
