/** A hand never keeps this pace over a whole code; wedge scanners type a key every 1 to 30 ms. */
const SCAN_GAP_MS_MAX = 50;
/** A burst begins only after this much quiet: one that stutters is dropped whole, never sent cut short. */
const SCAN_QUIET_MS_MIN = 200;
const SCAN_LENGTH_MIN = 3;
const SCAN_LENGTH_MAX = 128;

export type ScanKey = { key: string; atMs: number; modified?: boolean };

/**
 * Tells a keyboard-wedge scanner from a hand: characters in a burst, ended by Enter or Tab.
 * Feed it every key; it answers the code on the key that completes one.
 */
export function createScanDetector(gapMsMax = SCAN_GAP_MS_MAX): {
  push(key: ScanKey): string | undefined;
  /** Characters of the burst so far: what a focused field has wrongly received. */
  pending(): string;
} {
  let text = '';
  let lastMs = Number.NEGATIVE_INFINITY;
  let spoiled = false;

  return {
    pending: () => text,
    push({ key, atMs, modified }) {
      const fast = atMs - lastMs <= gapMsMax;
      if (key === 'Enter' || key === 'Tab') {
        const code = spoiled ? '' : text.trim();
        text = '';
        spoiled = false;
        lastMs = Number.NEGATIVE_INFINITY;
        return fast && code.length >= SCAN_LENGTH_MIN ? code : undefined;
      }
      if (key === 'Shift') return undefined; // scanners press it for capitals: neither breaks nor feeds a burst
      if (key.length !== 1 || modified) {
        text = '';
        return undefined;
      }
      if (atMs - lastMs >= SCAN_QUIET_MS_MIN) spoiled = false;
      else if (!fast) spoiled = true;
      text = fast ? (text + key).slice(0, SCAN_LENGTH_MAX) : key;
      lastMs = atMs;
      return undefined;
    },
  };
}
