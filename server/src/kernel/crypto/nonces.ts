import { randomFillSync } from 'node:crypto';

/**
 * Nonces that never repeat under one key: eight random bytes drawn at the start of this process (and again after
 * 2³² nonces), then a counter. Unlike twelve random bytes each, they cost no call to the generator and stay safe
 * far beyond 2³² messages per key.
 */
export class Nonces {
  readonly #next = Buffer.alloc(12);
  readonly #perPrefix: number;
  #counter: number;

  /** `perPrefix`: nonces before new random bytes are drawn, 1 … 2³². */
  constructor(perPrefix = 2 ** 32) {
    this.#perPrefix = perPrefix;
    this.#counter = perPrefix;
  }

  /** Writes 12 bytes at `offset` of `target`. */
  writeTo(target: Buffer, offset: number): void {
    if (this.#counter === this.#perPrefix) {
      randomFillSync(this.#next, 0, 8);
      this.#counter = 0;
    }
    this.#next.writeUInt32BE(this.#counter, 8);
    this.#next.copy(target, offset);
    this.#counter += 1;
  }
}
