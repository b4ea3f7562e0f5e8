import { createHash } from 'node:crypto';
import { type Tx } from '../db/index.ts';
import { defineSubscriber } from '../outbox/subscribers.ts';

export const SEALED_AT_ONCE_MAX = 2000;
export const MARK_BYTES = 8;
export const DIGEST_BYTES = 32;
export const NO_HASH = Buffer.alloc(DIGEST_BYTES);

export type Position = { xid: string; seq: number };
export const ORIGIN: Position = { xid: '0', seq: 0 };

export type Seal = {
  no: number;
  first_xid: string;
  first_seq: number;
  last_xid: string;
  last_seq: number;
  count: number;
  prev_hash: Buffer;
  hash: Buffer;
  marks: Buffer;
};

export const SEAL_COLUMNS = `no, first_xid::text as first_xid, first_seq, last_xid::text as last_xid, last_seq, count, prev_hash, hash, marks`;

// One line per event, as stored: a JSON array leaves no doubt where a field ends, and jsonb prints in one way only.
const LINE = `jsonb_build_array(o.xid::text, o.seq, (extract(epoch from o.at) * 1000000)::bigint, o.type, o.key, o.actor_kind, o.actor_id, o.request_id, o.data)`;

export type Stretch = { count: number; xids: string[]; seqs: number[]; digests: Buffer };

/** The SHA-256 of each event after one position up to another, in order, made by the database from what it has stored. */
export async function digestStretch(tx: Tx, after: Position, upTo: Position): Promise<Stretch> {
  const [row] = await tx.prepared<{
    count: number;
    xids: string[] | null;
    seqs: string[] | null;
    digests: Buffer | null;
  }>(
    `select count(*) as count, array_agg(xid::text order by xid, seq) as xids, array_agg(seq::text order by xid, seq) as seqs,
            string_agg(digest, ''::bytea order by xid, seq) as digests
       from (select o.xid, o.seq, sha256(convert_to(${LINE}::text, 'UTF8')) as digest from kernel.outbox o
              where o.org_id = $1 and (o.xid, o.seq) > ($2::xid8, $3::bigint) and (o.xid, o.seq) <= ($4::xid8, $5::bigint)
              order by o.xid, o.seq limit $6) as lines`,
    [tx.orgId, after.xid, after.seq, upTo.xid, upTo.seq, 2 * SEALED_AT_ONCE_MAX],
  );
  return {
    count: row?.count ?? 0,
    xids: row?.xids ?? [],
    seqs: (row?.seqs ?? []).map(Number),
    digests: row?.digests ?? Buffer.alloc(0),
  };
}

/** The hash of a seal: everything in it but `marks`, which only helps to find what was changed. */
export function hashSeal(seal: Omit<Seal, 'hash' | 'marks'>, digests: Buffer): Buffer {
  const header = [seal.no, seal.first_xid, seal.first_seq, seal.last_xid, seal.last_seq, seal.count].join(':');
  return createHash('sha256').update(seal.prev_hash).update(`${header}\n`).update(digests).digest();
}

export function marksOf(digests: Buffer): Buffer {
  const marks = Buffer.alloc((digests.length / DIGEST_BYTES) * MARK_BYTES);
  for (let i = 0; i * DIGEST_BYTES < digests.length; i += 1)
    digests.copy(marks, i * MARK_BYTES, i * DIGEST_BYTES, i * DIGEST_BYTES + MARK_BYTES);
  return marks;
}

const isBefore = (a: Position, b: Position): boolean =>
  BigInt(a.xid) < BigInt(b.xid) || (a.xid === b.xid && a.seq < b.seq);

/**
 * Seals a batch. Exactly the batch: were it to take in what lies between the last seal and the batch, whoever deletes a
 * seal would have its events sealed anew. Does nothing when the batch is sealed already.
 */
async function seal(tx: Tx, first: Position, upTo: Position, at: Date): Promise<void> {
  const [last] = await tx.prepared<Seal>(
    `select ${SEAL_COLUMNS} from kernel.audit_seals where org_id = $1 order by no desc limit 1`,
    [tx.orgId],
  );
  const sealed = last ? { xid: last.last_xid, seq: last.last_seq } : ORIGIN;
  const after = isBefore(sealed, first) ? { xid: first.xid, seq: first.seq - 1 } : sealed;
  const { count, xids, seqs, digests } = await digestStretch(tx, after, upTo);
  if (count === 0) return;
  const made = {
    no: (last?.no ?? 0) + 1,
    first_xid: xids[0] as string,
    first_seq: seqs[0] as number,
    last_xid: xids.at(-1) as string,
    last_seq: seqs.at(-1) as number,
    count,
    prev_hash: last?.hash ?? NO_HASH,
  };
  await tx.prepared(
    `insert into kernel.audit_seals (org_id, no, first_xid, first_seq, last_xid, last_seq, count, prev_hash, hash, marks, at)
     values ($1, $2, $3::xid8, $4, $5::xid8, $6, $7, $8, $9, $10, $11)`,
    [tx.orgId, ...Object.values(made), hashSeal(made, digests), marksOf(digests), at],
  );
}

/**
 * Seals every event in the order subscribers see. One batch holds one lock on the cursor, so the chain never forks,
 * and batches meet without a gap.
 */
export const sealEvents = defineSubscriber({
  name: 'audit.seal',
  types: '*',
  batchMax: SEALED_AT_ONCE_MAX,
  run: async (tx, ctx, events) => {
    const [first] = events;
    const last = events.at(-1);
    if (first && last) await seal(tx, first, last, ctx.now);
  },
});
