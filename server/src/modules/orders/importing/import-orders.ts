import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Db } from '#kernel/db/index.ts';
import { NumberBlocks } from '#kernel/numbers.ts';
import {
  ColumnsMissing,
  defineImport,
  type Run,
  type Session,
  type TableRow,
  type Unit,
} from '#kernel/transfers/index.ts';
import { listShops } from '#modules/catalog/index.ts';
import { intakeOf } from '../intake/routes.ts';
import { classify, type Draft } from './classify.ts';
import { dateParser } from './dates.ts';
import { groupRows } from './group.ts';
import { History } from './history.ts';
import { placeLive } from './live.ts';
import { OrderMapping } from './mapping.ts';
import { compile, type Reader } from './reader.ts';
import { ORDER_COLUMNS } from './template.ts';

const SHOPS_MAX = 1000;

/**
 * Orders from any table of order lines. Live: through the same intake as the API. Historical: finished orders at their
 * own date, which touch no stock, open no clocks and tell nobody. Repeat-safe by the shop's order number.
 */
export const importOrders = defineImport({
  kind: 'orders',
  permission: 'orders.order.place',
  columns: ORDER_COLUMNS,
  options: OrderMapping,
  unitsMax: 256,
  open: async (run, header): Promise<Session<Draft>> => {
    const { mapping, reader } = { mapping: run.options, reader: compile(run.options, header) };
    if (mapping.historical && !reader.has('placedAt'))
      throw new ColumnsMissing({ columns: ['placedAt'] }, [
        { path: 'placedAt', code: 'column_missing', facts: { column: 'placedAt' } },
      ]);
    await fieldCrypto.load(run.ctx.orgId);
    const { shops, timeZone } = await readFacts(run.db, run);
    const byCode = new Map(shops.map((s) => [s.code, s]));
    const units = (rows: AsyncIterable<TableRow>) => drafts(rows, run, reader, (code) => byCode.get(code)?.currency);
    if (!mapping.historical) return live(run, units);
    const history = new History({
      ctx: run.ctx,
      shops: byCode,
      numbers: new NumberBlocks(run.db, 'order'),
      timeZone,
      mapping,
      dryRun: run.dryRun,
    });
    return storing(run, units, history);
  },
});

const readFacts = (db: Db, run: Run<OrderMapping>) =>
  db.read(run.ctx, async (tx) => {
    const [org] = await tx.query<{ time_zone: string }>('select time_zone from kernel.orgs where id = $1', [tx.orgId]);
    return {
      shops: await listShops(tx, null, SHOPS_MAX, run.ctx.actor.shops),
      timeZone: org?.time_zone ?? 'Asia/Shanghai',
    };
  });

const storing = (run: Run<OrderMapping>, units: Session<Draft>['units'], history: History): Session<Draft> => ({
  units,
  apply: async (tx, chunk) => {
    await fieldCrypto.load(run.ctx.orgId); // an import may outlive a key
    return history.apply(tx, chunk);
  },
});

type CurrencyOf = Parameters<typeof classify>[1]['currencyOf'];

/** The orders of a table, in the order of their first rows. */
export async function* drafts(
  rows: AsyncIterable<TableRow>,
  run: Pick<Run<OrderMapping>, 'options' | 'ctx'>,
  reader: Reader,
  currencyOf: CurrencyOf,
): AsyncGenerator<Unit<Draft>> {
  const { date, window } = run.options;
  const how = {
    mapping: run.options,
    reader,
    dateOf: dateParser(date.format, date.zone),
    currencyOf,
    now: run.ctx.now,
  };
  for await (const { unit, rows: count } of groupRows(rows, reader.field.externalNo, window))
    yield { rows: count, unit: classify(unit, how) };
}

function live(run: Run<OrderMapping>, units: Session<Draft>['units']): Session<Draft> {
  return {
    units,
    place: (chunk, first) =>
      placeLive({ ctx: run.ctx, intake: intakeOf(run), transferId: run.transferId, dryRun: run.dryRun }, chunk, first),
  };
}
