/** `P` or `R`, the day (UTC) and 12 digits from `random` (below 10¹²): can be read out, and is unique without asking anybody. */
export function documentNo(prefix: 'P' | 'R', now: Date, random: number): string {
  const day = now.toISOString().slice(2, 10).replaceAll('-', '');
  return `${prefix}${day}${String(random).padStart(12, '0')}`;
}
