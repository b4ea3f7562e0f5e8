import { randomFillSync } from 'node:crypto';

/**
 * UUIDv7 ids of moments in the past, for rows that come in late but must sort by when they happened. Ids of one
 * millisecond ascend in the order they were made here.
 */
export class IdsAt {
  #counter = 0;
  readonly #random = Buffer.alloc(8);

  make(ms: number): string {
    this.#counter = (this.#counter + 1) & 0xfff;
    randomFillSync(this.#random);
    const stamp = Math.max(ms, 0).toString(16).padStart(12, '0');
    this.#random[0] = ((this.#random[0] as number) & 0x3f) | 0x80;
    const rest = this.#random.toString('hex');
    return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${this.#counter.toString(16).padStart(3, '0')}-${rest.slice(0, 4)}-${rest.slice(4)}`;
  }
}
