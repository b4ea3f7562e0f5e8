import type { Db, Tx } from './db/index.ts';
import { one } from './db/index.ts';

const TAKE = `insert into kernel.number_blocks (org_id, kind, next) values ($1, $2, 1 + $3::bigint)
  on conflict (org_id, kind) do update set next = kernel.number_blocks.next + $3 returning next - $3 as first`;

/** The Luhn check digit of a run of digits: catches every single mistyped digit and almost every swap of two. */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let i = digits.length - 1, double = true; i >= 0; i -= 1, double = !double) {
    const d = digits.charCodeAt(i) - 48;
    sum += double ? (d > 4 ? 2 * d - 9 : 2 * d) : d;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Whether the last digit is the check digit of those before it. */
export const hasValidCheckDigit = (digits: string): boolean =>
  /^\d{2,}$/.test(digits) && checkDigit(digits.slice(0, -1)) === digits.at(-1);

/** YYMMDD, a running number of at least 7 digits, a check digit: read out over the phone and typed without doubt. */
export function readableNo(localDate: string, n: number): string {
  const digits = localDate.slice(2).replaceAll('-', '') + String(n).padStart(7, '0');
  return digits + checkDigit(digits);
}

/** The next running number of a kind, in the caller's transaction: for documents that are few. */
export async function nextNumber(tx: Tx, kind: string): Promise<number> {
  return one(await tx.prepared<{ first: number }>(TAKE, [tx.orgId, kind, 1])).first;
}

/** Hands out running numbers from blocks taken ahead: for documents that are many. A restart leaves a gap, never a repeat. */
export class NumberBlocks {
  readonly #db: Db;
  readonly #kind: string;
  readonly #size: number;
  readonly #blocks = new Map<string, { next: number; end: number }>();
  readonly #taking = new Map<string, Promise<void>>();
  constructor(db: Db, kind: string, size = 1000) {
    this.#db = db;
    this.#kind = kind;
    this.#size = size;
  }

  /** The next number when the block at hand has one; asks nobody. */
  tryTake(orgId: string): number | undefined {
    const block = this.#blocks.get(orgId);
    if (!block || block.next >= block.end) return undefined;
    block.next += 1;
    return block.next - 1;
  }

  async take(orgId: string, count: number): Promise<number[]> {
    const numbers: number[] = [];
    while (numbers.length < count) {
      const block = this.#blocks.get(orgId);
      if (block && block.next < block.end) {
        numbers.push(block.next);
        block.next += 1;
        continue;
      }
      const taking = this.#taking.get(orgId) ?? this.#refill(orgId);
      this.#taking.set(orgId, taking);
      await taking;
    }
    return numbers;
  }

  async #refill(orgId: string): Promise<void> {
    try {
      const { first } = one(
        await this.#db.inTx({ orgId }, (tx) => tx.prepared<{ first: number }>(TAKE, [orgId, this.#kind, this.#size])),
      );
      this.#blocks.set(orgId, { next: first, end: first + this.#size });
    } finally {
      this.#taking.delete(orgId);
    }
  }
}
