/** A broken invariant is our bug, not the caller's: it becomes a 500, rolls the transaction back and is logged. */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
}

/** Throws {@link InvariantBroken} when `holds` is false; `says` states what should have been true. */
export function assert(holds: boolean, says: string): asserts holds {
  if (!holds) throw new InvariantBroken(says);
}

/** Returns `value`, or throws {@link InvariantBroken} when it is missing although `says` promised it. */
export function present<T>(value: T | null | undefined, says: string): T {
  assert(value !== undefined && value !== null, says);
  return value;
}
