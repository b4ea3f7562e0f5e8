/** What a file may hold. */
export const IMPORT_KINDS = ['orders', 'products', 'stock'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Whether text is a JSON object (a mapping), and if not, why. */
export function mappingProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'object';
  } catch (error) {
    return error instanceof Error ? error.message : 'json';
  }
}
