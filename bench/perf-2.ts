import { busy, raise, stock } from './lib/stage.ts';
import { compare, report } from './perf-1.ts';

/** PERF-2: as PERF-1, but every order wants the same two SKUs. */
export async function bench(args: string[]): Promise<void> {
  const seconds = Number(args[0] ?? 8);
  const stage = await raise();
  try {
    const skus = await stock(stage, 2, 50_000_000);
    await busy(stage, skus);
    await report(stage, 'PERF-2', 5, await compare(stage, skus, seconds));
  } finally {
    await stage.close();
  }
}
