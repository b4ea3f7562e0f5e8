const WIDTH = 30;
const EVERY_MS = 200;

/** A bar on standard error, redrawn in place on a terminal; one line per ten seconds elsewhere. */
export function progressBar(title: string): { show(done: number, total: number | null): void; end(): void } {
  const started = Date.now();
  const live = process.stderr.isTTY;
  let last = 0;
  let latest = '';
  const draw = (): void => void process.stderr.write(live ? `\r${latest}\u001B[K` : `${latest}\n`);
  return {
    show: (done, total) => {
      const share = total === null || total === 0 ? 0 : Math.min(done / total, 1);
      const seconds = (Date.now() - started) / 1000;
      const bar =
        total === null
          ? ''
          : `[${'#'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '.')}] ${String(Math.round(share * 100)).padStart(3)} % `;
      latest = `${title} ${bar}${done}${total === null ? '' : ` of ${total}`} rows, ${Math.round(done / Math.max(seconds, 0.001))}/s, ${seconds.toFixed(0)} s`;
      if (Date.now() - last < (live ? EVERY_MS : 10_000)) return;
      last = Date.now();
      draw();
    },
    end: () => {
      if (latest === '') return;
      draw();
      if (live) process.stderr.write('\n');
    },
  };
}
