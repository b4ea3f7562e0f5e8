import { randomFillSync } from 'node:crypto';

// One call to the system's generator fills a pool for 512 ids: the order intake makes several ids per order.
const POOL_BYTES = 8 * 512;
const pool = Buffer.allocUnsafe(POOL_BYTES);
let used = POOL_BYTES;
let lastMs = 0;
let counter = 0;
// Moments further back than a clock is ever set: rows that are told later than they happened.
const PAST_MS = 60_000;
let pastCounter = 0;

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
const hex = (byte: number): string => HEX[byte & 0xff] as string;

/**
 * A UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, a 12-bit counter that keeps ids made by this process
 * in ascending order within a millisecond, and 62 random bits. The application makes ids so that rows can be
 * linked before they are stored and any PostgreSQL version can hold them. An id asked for a moment more than a minute
 * back is of that moment.
 */
export function newId(nowMs: number = Date.now()): string {
  if (used + 8 > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const isPast = nowMs < lastMs - PAST_MS;
  if (isPast) pastCounter = (pastCounter + 1) & 0xfff;
  else if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = (pool[used] as number) & 0x7f; // starts low so that 4,000 ids fit in the millisecond
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
  }
  const ms = isPast ? nowMs : lastMs;
  const count = isPast ? pastCounter : counter;
  const high = Math.floor(ms / 0x1_0000_0000);
  const low = ms >>> 0;
  const r = (i: number): string => hex(pool[used + i] as number);
  const id =
    `${hex(high >>> 8)}${hex(high)}${hex(low >>> 24)}${hex(low >>> 16)}-${hex(low >>> 8)}${hex(low)}-` +
    `7${hex(count >>> 8)[1]}${hex(count)}-${hex(((pool[used + 1] as number) & 0x3f) | 0x80)}${r(2)}-` +
    `${r(3)}${r(4)}${r(5)}${r(6)}${r(7)}${r(0)}`;
  used += 8;
  return id;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether `text` has the form of a UUID (any version). */
export const isUuid = (text: string): boolean => UUID.test(text);
