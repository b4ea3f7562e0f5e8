/** Random version-4 UUID; `crypto.randomUUID` is missing when the console is opened over plain HTTP by address. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * One intent of one person: pressing again after a lost connection carries the same Idempotency-Key, so that nothing
 * happens twice; changing the form, or an answer of either kind, makes the next press a new intent.
 */
export function createIntent(makeKey: () => string = randomId): { keyFor(body: unknown): string; settle(): void } {
  let key: string | undefined;
  let said: string | undefined;
  return {
    keyFor(body) {
      const now = JSON.stringify(body) ?? '';
      if (key === undefined || said !== now) {
        key = makeKey();
        said = now;
      }
      return key;
    },
    settle() {
      key = undefined;
      said = undefined;
    },
  };
}
