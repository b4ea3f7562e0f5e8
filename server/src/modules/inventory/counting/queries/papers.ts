import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { allWarehouses } from '../../store/warehouses.ts';
import type { Sums } from '../domain/difference.ts';
import { PaperTooLong } from '../errors.ts';
import { LINE, type TakeLineRow } from '../store/lines.ts';
import type { TakeRow } from '../store/takes.ts';
import { everything, type LineView, presentLines } from './lines.ts';
import { seesBook, sumsOf, visibleTake } from './takes.ts';

const CHUNK = 2000;

/** What stands on a paper about a count, of whatever format. */
export type Paper = {
  take: TakeRow;
  org: string;
  warehouse: string;
  currency: string;
  timeZone: string;
  lines: LineView[];
  sums: Sums;
  /** Lines that were counted, and those of them that were as the book said. */
  counted: number;
  right: number;
  people: { created: string; submitted: string; ended: string; counters: string[] };
};

/**
 * Everything a paper says. `sheet`: to count by, with what the book says only where who counts may see it.
 * @throws PaperTooLong
 */
export async function paperOf(
  tx: Tx,
  ctx: Ctx,
  input: { takeId: string; kind: 'sheet' | 'report'; linesMax: number },
): Promise<Paper> {
  const take = await visibleTake(tx, ctx, input.takeId);
  const rows = await tx.query<TakeLineRow>(
    `select ${LINE} from inventory.stock_take_lines where org_id = $1 and take_id = $2 and ($3 = 'sheet' or counted is not null or outcome is not null)
      order by place, id limit $4`,
    [tx.orgId, take.id, input.kind, input.linesMax + 1],
  );
  if (rows.length > input.linesMax) throw new PaperTooLong({ max: input.linesMax });
  const shows =
    input.kind === 'sheet' ? { book: !take.blind, recounts: false } : { book: seesBook(ctx, take), recounts: true };
  const lines: LineView[] = [];
  for (let i = 0; i < rows.length; i += CHUNK)
    lines.push(
      ...(await presentLines(tx, take, rows.slice(i, i + CHUNK), take.state === 'posted' ? everything : shows)),
    );
  const org = one(
    await tx.query<{ name: string; currency: string; time_zone: string }>(
      'select name, currency, time_zone from kernel.orgs where id = $1',
      [tx.orgId],
    ),
  );
  const counters = await tx.query<{ counted_by: string }>(
    'select distinct counted_by from inventory.stock_take_counts where org_id = $1 and take_id = $2 order by 1 limit 50',
    [tx.orgId, take.id],
  );
  const names = await actorNames(tx, [
    take.created_by,
    take.submitted_by ?? '',
    take.ended_by ?? '',
    ...counters.map((c) => c.counted_by),
  ]);
  const name = (id: string | null): string => (id === null ? '' : (names.get(id) ?? ''));
  const counted = rows.filter((r) => r.counted !== null);
  return {
    take,
    org: org.name,
    currency: org.currency,
    timeZone: org.time_zone,
    warehouse: (await allWarehouses(tx)).find((w) => w.id === take.warehouse_id)?.name ?? '',
    lines,
    sums: sumsOf(rows),
    counted: counted.length,
    right: counted.filter((r) => r.counted === r.book).length,
    people: {
      created: name(take.created_by),
      submitted: name(take.submitted_by),
      ended: name(take.ended_by),
      counters: counters.map((c) => name(c.counted_by)),
    },
  };
}
