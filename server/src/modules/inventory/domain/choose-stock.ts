/** Stands for goods that have no batch. */
export const NO_BATCH = '00000000-0000-0000-0000-000000000000';

export const BIN_KINDS = ['floor', 'storage', 'staging', 'quarantine'] as const;
export type BinKind = (typeof BIN_KINDS)[number];
export type BatchState = 'released' | 'held' | 'recalled';

/** Units of one SKU that stand in one bin, of one batch. */
export type Standing = {
  readonly binId: string;
  readonly batchId: string;
  readonly kind: BinKind;
  readonly closed: boolean;
  /** Units that nobody has been allocated yet. */
  readonly free: number;
  /** YYYY-MM-DD, the last day on which it may be sold; null: it does not expire. */
  readonly expiresOn: string | null;
  readonly batch: BatchState;
};

/** Why a bin was taken from. */
export type Why = 'earliest_expiry' | 'oldest_batch' | 'enough_here' | 'spread';
/** Why a bin was passed over. */
export type Passed = 'expired' | 'batch_held' | 'quarantine';
export type Chosen = { readonly binId: string; readonly batchId: string; readonly quantity: number; readonly why: Why };
export type Choice = {
  readonly chosen: readonly Chosen[];
  /** Units that could not be found. */
  readonly short: number;
  readonly passed: readonly { readonly binId: string; readonly batchId: string; readonly why: Passed }[];
};

/** Why nothing may be taken from here; undefined when it may. `today` is the warehouse's day, YYYY-MM-DD. */
export function whyPassed(s: Standing, today: string): Passed | undefined {
  if (s.kind === 'quarantine') return 'quarantine';
  if (s.batch !== 'released') return 'batch_held';
  return s.expiresOn !== null && s.expiresOn < today ? 'expired' : undefined;
}

const NEVER = '9999-12-31';
const keyOf = (s: Standing): string => `${s.expiresOn ?? NEVER}/${s.batchId}`;
const KIND_RANK: Readonly<Record<BinKind, number>> = { storage: 0, staging: 1, floor: 2, quarantine: 3 };

/** Within a batch: the bin that alone has enough and is emptied most nearly; when none has, the fullest first. */
function nextBin(bins: readonly Standing[], need: number): Standing | undefined {
  const usable = bins.filter((b) => b.free > 0);
  const enough = usable.filter((b) => b.free >= need);
  const better = (a: Standing, b: Standing): number =>
    KIND_RANK[a.kind] - KIND_RANK[b.kind] ||
    (enough.length > 0 ? a.free - b.free : b.free - a.free) ||
    (a.binId < b.binId ? -1 : 1);
  return (enough.length > 0 ? enough : usable).toSorted(better)[0];
}

/**
 * Which units to take: first expired first out, undated goods by age of their batch (ids of batches ascend in time, goods
 * without a batch count as oldest); within a batch from as few bins as possible. Never what has expired, is held or in
 * quarantine. Deterministic. `need` is a whole number ≥ 0.
 */
export function chooseStock(need: number, standings: readonly Standing[], today: string): Choice {
  const passed = standings.flatMap((s) => {
    const why = whyPassed(s, today);
    return why && s.free > 0 ? [{ binId: s.binId, batchId: s.batchId, why }] : [];
  });
  const usable = standings.filter((s) => s.free > 0 && !whyPassed(s, today));
  const groups = [...Map.groupBy(usable, keyOf)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const chosen: Chosen[] = [];
  let left = need;
  for (const [, group] of groups) {
    let bins: readonly Standing[] = group;
    while (left > 0 && bins.length > 0) {
      const bin = nextBin(bins, left) as Standing;
      const quantity = Math.min(bin.free, left);
      chosen.push({ binId: bin.binId, batchId: bin.batchId, quantity, why: whyTaken(bin, groups.length > 1, left) });
      left -= quantity;
      bins = bins.filter((b) => b !== bin);
    }
    if (left === 0) break;
  }
  return { chosen, short: left, passed };
}

function whyTaken(bin: Standing, severalBatches: boolean, need: number): Why {
  if (severalBatches) return bin.expiresOn === null ? 'oldest_batch' : 'earliest_expiry';
  return bin.free >= need ? 'enough_here' : 'spread';
}
