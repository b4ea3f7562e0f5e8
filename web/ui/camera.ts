/** The part of the browser's BarcodeDetector that is used here; not every browser has it. */
type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type DetectorClass = new (options?: { formats?: string[] }) => Detector;

const FORMATS = ['code_128', 'code_39', 'ean_13', 'ean_8', 'upc_a', 'upc_e', 'itf', 'qr_code', 'data_matrix'];
const LOOK_MS = 150;
/** A code held before the camera is read many times a second: it is one scan until it has been away for so long. */
export const REPEAT_MS = 1_500;

const detectorClass = (): DetectorClass | undefined =>
  (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

/** Whether this browser can read codes by camera: it needs the detector, and a camera is given to safe origins only. */
export const canReadByCamera = (): boolean =>
  detectorClass() !== undefined && typeof navigator !== 'undefined' && navigator.mediaDevices !== undefined;

/** Lets a code through once, and again only after it has not been seen for a while. */
export function createRepeatGuard(quietMs = REPEAT_MS): (code: string, atMs: number) => boolean {
  let last = '';
  let seenMs = Number.NEGATIVE_INFINITY;
  return (code, atMs) => {
    const isNew = code !== last || atMs - seenMs > quietMs;
    last = code;
    seenMs = atMs;
    return isNew;
  };
}

/** Reads codes from the camera into `onCode` until the signal aborts. Rejects when there is no camera or it is not allowed. */
export async function readByCamera(
  video: HTMLVideoElement,
  onCode: (code: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const Class = detectorClass();
  if (!Class) throw new Error('no detector');
  const detector = new Class({ formats: FORMATS });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  const end = (): void => stream.getTracks().forEach((track) => track.stop());
  if (signal.aborted) return end();
  signal.addEventListener('abort', end, { once: true });
  video.srcObject = stream;
  await video.play();
  const passes = createRepeatGuard();
  while (!signal.aborted) {
    const found = await detector.detect(video).catch(() => []); // a frame that cannot be read is not the last one
    const code = found[0]?.rawValue.trim();
    if (code && passes(code, performance.now()) && !signal.aborted) onCode(code);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
