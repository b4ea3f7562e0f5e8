import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createScanDetector } from './scan-burst.ts';

function feed(text: string, gapMs: number, from = 0, end = 'Enter'): string | undefined {
  const detector = createScanDetector();
  let atMs = from;
  for (const key of text) detector.push({ key, atMs: (atMs += gapMs) });
  return detector.push({ key: end, atMs: atMs + gapMs });
}

test('FUL-4 a burst of keys ended by Enter or Tab is a scan', () => {
  assert.equal(feed('6901234567892', 8), '6901234567892');
  assert.equal(feed('SKU-1001', 30, 0, 'Tab'), 'SKU-1001');
});

test('FUL-4 a hand typing the same code is not a scan', () => {
  assert.equal(feed('6901234567892', 120), undefined);
});

test('FUL-4 a short burst, or Enter alone, is not a scan', () => {
  assert.equal(feed('ab', 5), undefined);
  assert.equal(feed('', 5), undefined);
});

test('FUL-4 typing before the scan does not get into the code', () => {
  const detector = createScanDetector();
  detector.push({ key: 'x', atMs: 0 });
  let atMs = 1000;
  for (const key of 'P2026') detector.push({ key, atMs: (atMs += 5) });
  assert.equal(detector.pending(), 'P2026');
  assert.equal(detector.push({ key: 'Enter', atMs: atMs + 5 }), 'P2026');
});

test('FUL-4 Shift is part of a scan of capitals; a shortcut breaks the burst', () => {
  const detector = createScanDetector();
  let atMs = 0;
  for (const key of ['Shift', 'A', 'Shift', 'B', 'C']) detector.push({ key, atMs: (atMs += 4) });
  assert.equal(detector.push({ key: 'Enter', atMs: atMs + 4 }), 'ABC');
  for (const key of 'ABC') detector.push({ key, atMs: (atMs += 4) });
  detector.push({ key: 'v', atMs: (atMs += 4), modified: true });
  assert.equal(detector.push({ key: 'Enter', atMs: atMs + 4 }), undefined);
});

test('FUL-4 Enter long after the characters is a hand confirming, not a scanner', () => {
  const detector = createScanDetector();
  let atMs = 0;
  for (const key of 'ABCDEF') detector.push({ key, atMs: (atMs += 4) });
  assert.equal(detector.push({ key: 'Enter', atMs: atMs + 800 }), undefined);
});

test('FUL-4 a scan that stutters is dropped whole, never taken cut short, and the next one counts again', () => {
  const detector = createScanDetector();
  let atMs = 0;
  for (const key of '690123') detector.push({ key, atMs: (atMs += 5) });
  atMs += 90; // the machine was busy
  for (const key of '4567892') detector.push({ key, atMs: (atMs += 5) });
  assert.equal(detector.push({ key: 'Enter', atMs: (atMs += 5) }), undefined);
  for (const key of '6901234567892') detector.push({ key, atMs: (atMs += 5) });
  assert.equal(detector.push({ key: 'Enter', atMs: atMs + 5 }), '6901234567892');
});
