const GRAMS_MAX = 1_000_000;

/**
 * What a person or a scale typed, in grams: `1250`, `1250 g`, `1.25kg`. Undefined when it is no weight: a bar code has more
 * digits than any parcel has grams.
 */
export function readWeight(text: string): number | undefined {
  const match = /^[+]?\s*(\d{1,7}(?:[.,]\d{1,3})?)\s*(kg|g)?$/i.exec(text.normalize('NFKC').trim());
  if (!match) return undefined;
  const number = Number((match[1] ?? '').replace(',', '.'));
  const grams = Math.round(match[2]?.toLowerCase() === 'kg' ? number * 1000 : number);
  return grams >= 1 && grams <= GRAMS_MAX ? grams : undefined;
}
