import type { FieldProblem } from '#kernel/errors.ts';
import { problemsOf } from '#kernel/problems.ts';
import { PlaceOrder } from '../schema.ts';

/**
 * Reads one order. When its shape is wrong, `malformed` names every such problem and `salvaged` is what of it can still
 * be judged, so that one answer also names what the rules refuse.
 */
export function parseOrder(
  body: unknown,
): { order: PlaceOrder } | { malformed: FieldProblem[]; salvaged: PlaceOrder | undefined } {
  const parsed = PlaceOrder.safeParse(body);
  if (parsed.success) return { order: parsed.data };
  return {
    malformed: problemsOf(parsed.error),
    salvaged: salvage(
      body,
      parsed.error.issues.map((i) => i.path),
    ),
  };
}

/** Replaces what has the wrong shape by harmless values; lines with a wrong shape stay in place but are not judged. */
function salvage(body: unknown, paths: readonly PropertyKey[][]): PlaceOrder | undefined {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return undefined;
  const copy = structuredClone(body) as Record<string, unknown>;
  for (const [head, second, third] of paths) {
    if (head === 'lines' && typeof second === 'number' && Array.isArray(copy['lines'])) {
      const line = copy['lines'][second] as unknown;
      if (line !== null && typeof line === 'object' && third !== undefined)
        (line as Record<PropertyKey, unknown>)[third] = third === 'sku' ? '?' : third === 'quantity' ? 1 : undefined;
      else copy['lines'][second] = { sku: '?', quantity: 1 };
    } else if (
      head === 'shipTo' &&
      second !== undefined &&
      copy['shipTo'] !== null &&
      typeof copy['shipTo'] === 'object'
    )
      (copy['shipTo'] as Record<PropertyKey, unknown>)[second] = '?';
    else if (head === 'shipTo') copy['shipTo'] = { name: '?', phone: '?', address: '?' };
    else if (head === 'lines') copy['lines'] = [{ sku: '?', quantity: 1 }];
    else if (head === 'shop' || head === 'channel') copy[head] = '?';
    else if (head !== undefined) delete copy[head as string];
  }
  const again = PlaceOrder.safeParse(copy);
  return again.success ? again.data : undefined;
}
