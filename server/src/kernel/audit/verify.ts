import type { Tx } from '../db/index.ts';
import type { Invariant } from '../module.ts';
import {
  DIGEST_BYTES,
  digestStretch,
  hashSeal,
  MARK_BYTES,
  marksOf,
  NO_HASH,
  ORIGIN,
  type Position,
  type Seal,
  SEAL_COLUMNS,
  sealEvents,
  type Stretch,
} from './seals.ts';

export const BREACHES = [
  'event_changed',
  'event_deleted',
  'event_inserted',
  'seal_changed',
  'seal_missing',
  'events_unsealed',
] as const;
export type Breach = { kind: (typeof BREACHES)[number]; seal: number; seq: number | null };
export type AuditVerdict = {
  ok: boolean;
  seals: number;
  events: number;
  /** Hash of the last good seal: kept elsewhere, it proves later that nothing before it was changed. */
  head: string;
  /** The first thing found wrong, from the beginning of the record. */
  breach: Breach | null;
};

const SEALS_AT_ONCE = 200;

/**
 * Recomputes the chain of the organisation from its first event, a stretch at a time, and names the first thing that
 * does not fit. Events newer than the last seal are not judged: they are sealed within moments.
 */
export async function verifyAudit(tx: Tx): Promise<AuditVerdict> {
  // read first: seals made while we verify only add to what it says must be there
  const [cursor] = await tx.query<Position>(
    'select xid::text as xid, seq from kernel.cursors where org_id = $1 and subscriber = $2',
    [tx.orgId, sealEvents.name],
  );
  const verdict: AuditVerdict = { ok: true, seals: 0, events: 0, head: NO_HASH.toString('hex'), breach: null };
  let after = ORIGIN;
  for (;;) {
    const seals = await tx.query<Seal>(
      `select ${SEAL_COLUMNS} from kernel.audit_seals where org_id = $1 and no > $2 order by no limit ${SEALS_AT_ONCE}`,
      [tx.orgId, verdict.seals],
    );
    for (const seal of seals) {
      const breach = await verifySeal(tx, verdict, after, seal);
      if (breach) return { ...verdict, ok: false, breach };
      verdict.seals = seal.no;
      verdict.events += seal.count;
      verdict.head = seal.hash.toString('hex');
      after = { xid: seal.last_xid, seq: seal.last_seq };
    }
    if (seals.length < SEALS_AT_ONCE) break;
  }
  const left = cursor ? await digestStretch(tx, after, cursor) : undefined;
  if (!left || left.count === 0) return verdict;
  return {
    ...verdict,
    ok: false,
    breach: { kind: 'events_unsealed', seal: verdict.seals + 1, seq: left.seqs[0] ?? null },
  };
}

async function verifySeal(tx: Tx, before: AuditVerdict, after: Position, seal: Seal): Promise<Breach | undefined> {
  const no = before.seals + 1;
  if (seal.no !== no) return { kind: 'seal_missing', seal: no, seq: null };
  if (seal.prev_hash.toString('hex') !== before.head) return { kind: 'seal_changed', seal: no, seq: null };
  const stretch = await digestStretch(tx, after, { xid: seal.last_xid, seq: seal.last_seq });
  const marks = marksOf(stretch.digests);
  if (hashSeal(seal, stretch.digests).equals(seal.hash)) {
    return marks.equals(seal.marks) ? undefined : { kind: 'seal_changed', seal: no, seq: null };
  }
  return nameDifference(seal, stretch, marks) ?? { kind: 'seal_changed', seal: no, seq: null };
}

/** The first event whose mark is not the one the seal remembers; undefined when the events are as they were. */
function nameDifference(seal: Seal, stretch: Stretch, marks: Buffer): Breach | undefined {
  const remembered = (i: number): string => seal.marks.toString('hex', i * MARK_BYTES, (i + 1) * MARK_BYTES);
  const found = (i: number): string => marks.toString('hex', i * MARK_BYTES, (i + 1) * MARK_BYTES);
  const length = Math.max(seal.marks.length / MARK_BYTES, stretch.digests.length / DIGEST_BYTES);
  for (let i = 0; i < length; i += 1) {
    if (remembered(i) === found(i)) continue;
    const seq = stretch.seqs[i] ?? null;
    const more = stretch.count - seal.marks.length / MARK_BYTES;
    if (more < 0) return { kind: 'event_deleted', seal: seal.no, seq: stretch.seqs[i - 1] ?? null };
    return { kind: more > 0 ? 'event_inserted' : 'event_changed', seal: seal.no, seq };
  }
  return undefined;
}

const SAYS: Record<Breach['kind'], (breach: Breach) => string> = {
  event_changed: (b) => `event ${b.seq} was changed`,
  event_deleted: (b) => (b.seq === null ? 'the first event was deleted' : `an event after event ${b.seq} was deleted`),
  event_inserted: (b) => `event ${b.seq} was inserted`,
  seal_changed: () => 'the seal itself was changed',
  seal_missing: () => 'the seal is missing',
  events_unsealed: (b) => `the events from ${b.seq} on have lost their seal`,
};

export const sealsHold: Invariant = {
  name: 'audit: the record of events is as it was sealed',
  check: async (tx) => {
    const { breach } = await verifyAudit(tx);
    return breach ? [`seal ${breach.seal}: ${SAYS[breach.kind](breach)}`] : [];
  },
};
