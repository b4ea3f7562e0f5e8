import type { Command } from 'commander';
import { type Ctx, systemCtx } from '#kernel/context.ts';
import { findOrg } from '#modules/identity/index.ts';
import { archiveOrders, previewArchive, restoreMonth, restoreOrder } from '#modules/orders/index.ts';
import type { App } from '../app.ts';
import type { Open } from './open.ts';
import { progressBar } from './progress.ts';

type ArchiveOptions = { org: string; before?: string; dryRun?: boolean };

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);

/** What the command line does, the system does. @throws when there is no such organisation. */
async function actingIn(app: App, code: string): Promise<Ctx> {
  const org = await findOrg(app.db, code);
  if (!org) throw new Error(`There is no organisation ${code}`);
  return systemCtx(org.id, new Date(), 'cli');
}

async function archive(app: App, { org, before, dryRun }: ArchiveOptions): Promise<void> {
  const ctx = await actingIn(app, org);
  const planned = await app.db.read(ctx, (tx) => previewArchive(tx, ctx, { before }));
  if (dryRun === true) return print(planned);
  const bar = progressBar('archive');
  const done = await archiveOrders({ db: app.db, log: app.log }, ctx, {
    before,
    progress: ({ orders }) => bar.show(orders, planned.orders),
  });
  bar.end();
  print({ before: planned.before, ...done });
}

async function restore(app: App, what: string, { org }: { org: string }): Promise<void> {
  const ctx = await actingIn(app, org);
  if (!/^\d{4}-\d{2}$/.test(what)) {
    const row = await app.db.inTx(ctx, (tx) => restoreOrder(tx, ctx, what));
    return print({ orderNo: row.order_no, id: row.id, status: row.status });
  }
  const bar = progressBar('restore');
  const orders = await restoreMonth({ db: app.db, log: app.log }, ctx, what, (n) => bar.show(n, null));
  bar.end();
  print({ month: what, orders });
}

/** The archive of orders, beside a running server or without one. */
export function addArchiveCommands(program: Command, open: Open): void {
  const command = program
    .command('archive')
    .description('move orders that ended long ago to Parquet files; prints a summary as JSON')
    .option('--org <code>', 'organisation', 'demo')
    .option('--before <yyyy-mm>', 'the first month that stays (default: what the settings say)')
    .option('--dry-run', 'only say what would go')
    .action((o: ArchiveOptions) => open((app) => archive(app, o)));
  command
    .command('restore')
    .description('put an order, with those it is related to, or a whole month back on line')
    .argument('<order or month>', 'order number, id, or yyyy-mm')
    .action((what: string, _own: unknown, self: Command) =>
      open((app) => restore(app, what, self.optsWithGlobals<{ org: string }>())),
    );
}
