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

/** How far a run is, in whole percent; 0 while its length is unknown. */
export function percentOf(run: {
  status: string;
  total: number | null;
  done: number;
  failed?: number;
  skipped?: number;
}): number {
  if (run.status === 'done') return 100;
  if (!run.total) return 0;
  return Math.min(100, Math.floor(((run.done + (run.failed ?? 0) + (run.skipped ?? 0)) / run.total) * 100));
}
