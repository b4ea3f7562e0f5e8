import { readdirSync } from 'node:fs';
import path from 'node:path';

/** `npm run bench -- perf-1 [options]`: one file per performance target or engine. Each prints ratios between runs on this machine. */
const benches = readdirSync(import.meta.dirname)
  .filter((f) => /^(perf-\d+|promotions|forecast|stock-load|labels)\.ts$/.test(f))
  .map((f) => f.replace('.ts', ''));
const [name, ...args] = process.argv.slice(2);
if (name === undefined || !benches.includes(name)) {
  process.stderr.write(`Usage: npm run bench -- <${benches.join('|')}> [options]\n`);
  process.exit(2);
}
const { bench } = (await import(path.join(import.meta.dirname, `${name}.ts`))) as {
  bench: (args: string[]) => Promise<void>;
};
await bench(args);
process.exit();
