import { useEffect, useRef } from 'react';
import { createScanDetector } from './scan-burst.ts';

/**
 * Listens for a keyboard-wedge scanner wherever the focus is. A field marked `data-scan="keep"` keeps what is scanned
 * into it (a waybill number), and so does one marked "hold", which keeps the focus too; from any other field the scanned
 * characters are taken out again.
 */
export function useScanner(onScan: (code: string) => void, enabled = true): void {
  const latest = useRef(onScan);
  useEffect(() => {
    latest.current = onScan;
  });
  useEffect(() => {
    if (!enabled) return;
    const detector = createScanDetector();
    const onKey = (event: KeyboardEvent) => {
      const target = event.target;
      if (target instanceof HTMLElement && target.closest('[data-scan="keep"], [data-scan="hold"]')) return;
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      const scanned = detector.pending();
      const code = detector.push({ key: event.key, atMs: event.timeStamp, modified });
      if (code === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (target instanceof HTMLInputElement) takeOut(target, scanned);
      latest.current(code);
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, [enabled]);
}

function takeOut(field: HTMLInputElement, scanned: string): void {
  if (!field.value.endsWith(scanned)) return;
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  setter?.call(field, field.value.slice(0, -scanned.length));
  field.dispatchEvent(new Event('input', { bubbles: true })); // React sees only the native event
}
