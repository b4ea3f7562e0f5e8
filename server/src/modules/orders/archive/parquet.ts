import { assert } from '#kernel/assert.ts';
import { type Duck, quoted } from './duck.ts';

export type Column = { name: string; type: string };
/** A table that is archived: the orders themselves first, then what hangs on them. */
export type Part = { name: string; key: string; columns: readonly Column[] };
/** A row as text by column, which reads back exactly. */
export type TextRow = Readonly<Record<string, string | null>>;
export type Sums = Record<string, { rows: number; sum: string }>;

// How a value is stored, from its text and back to it. The texts are those of orders.archive_columns.
type Kind = { stored: string; from: (text: string) => string; to: (value: string) => string };
const asText: Kind = { stored: 'VARCHAR', from: (t) => t, to: (v) => v };
const cast = (stored: string): Kind => ({ stored, from: (t) => `${t}::${stored}`, to: (v) => `${v}::VARCHAR` });
const KINDS: Readonly<Record<string, Kind>> = {
  uuid: asText,
  text: asText,
  numeric: asText,
  jsonb: asText,
  'text[]': asText,
  'uuid[]': asText,
  bigint: cast('BIGINT'),
  integer: cast('INTEGER'),
  smallint: cast('SMALLINT'),
  boolean: cast('BOOLEAN'),
  date: cast('DATE'),
  'timestamp with time zone': {
    stored: 'TIMESTAMP', // UTC, to the microsecond
    from: (t) => `make_timestamp(${t}::BIGINT)`,
    to: (v) => `epoch_us(${v})::VARCHAR`,
  },
  bytea: { stored: 'BLOB', from: (t) => `unhex(${t})`, to: (v) => `lower(hex(${v}))` },
};

function kindOf({ name, type }: Column): Kind {
  const kind = KINDS[type];
  assert(kind !== undefined, `an archive can hold ${name}, which is ${type}`);
  return kind;
}

const ROW_BYTES_MAX = 8 * 1_048_576; // an order of 500 lines has a snapshot of a twentieth of it

const ident = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const structOf = (columns: readonly Column[], value: (c: Column) => string): string =>
  `{${columns.map((c) => `${quoted(c.name)}: ${value(c)}`).join(', ')}}`;

/**
 * Writes one Parquet file of rows given as lines of JSON, a file of lines per part: a row per order by ascending id, with
 * its own columns and a list of structures for each other part. Small row groups, so that one order is found by reading few.
 */
export async function writeParquet(
  duck: Duck,
  parts: readonly { part: Part; lines: string }[],
  target: string,
): Promise<void> {
  const [orders, ...others] = parts;
  assert(orders?.part.name === 'orders', 'the orders come first');
  // One after the other: each reader holds two rows of the greatest length.
  for (const { part, lines } of parts) {
    const columns = part.columns.map((c) => `${quoted(c.name)}: 'VARCHAR'`).join(', ');
    await duck.run(
      `create temp table ${ident(`read_${part.name}`)} as select * from read_json(${quoted(lines)}, format = 'newline_delimited', maximum_object_size = ${ROW_BYTES_MAX}, columns = {${columns}})`,
    );
  }
  const read = ({ part }: { part: Part }): string => ident(`read_${part.name}`);
  const own = orders.part.columns.map((c) => `${kindOf(c).from(`o.${ident(c.name)}`)} as ${ident(c.name)}`).join(', ');
  const lists = others.map(({ part }, i) => {
    const type = `STRUCT(${part.columns.map((c) => `${ident(c.name)} ${kindOf(c).stored}`).join(', ')})[]`;
    return `coalesce(p${i}.items, [])::${type} as ${ident(part.name)}`;
  });
  const joins = others.map(
    (other, i) =>
      `left join (select ${ident(other.part.key)} as of, list(${structOf(other.part.columns, (c) => kindOf(c).from(`t.${ident(c.name)}`))}) as items from ${read(other)} t group by 1) p${i} on p${i}.of = o.id`,
  );
  await duck.run(
    `copy (select ${[own, ...lists].join(', ')} from ${read(orders)} o ${joins.join(' ')} order by o.id)
       to ${quoted(target)} (format parquet, compression zstd, row_group_size 2048)`,
  );
}

const within = (file: string, ids: readonly string[] | undefined): string =>
  `read_parquet(${quoted(file)})${ids ? ` where id in (${ids.map(quoted).join(', ')})` : ''}`;

/** Rows and checksum of each part as the file has them, of some orders or of all: what orders.archive_sums says of the database. */
export async function sumsOf(duck: Duck, parts: readonly Part[], file: string, ids?: readonly string[]): Promise<Sums> {
  const sums: Sums = {};
  for (const { name, columns } of parts) {
    const row = columns
      .map((c) => {
        const text = kindOf(c).to(`t.${ident(c.name)}`);
        return `coalesce(strlen(${text})::VARCHAR || ':' || ${text}, '~')`;
      })
      .join(' || ');
    const from =
      name === 'orders'
        ? `(select * from ${within(file, ids)}) t`
        : `(select unnest(${ident(name)}) as t from ${within(file, ids)})`;
    const [sum] = await duck.rows<{ rows: number; sum: string }>(
      `select count(*)::INTEGER as rows, sha256(coalesce(string_agg(h, '' order by h), '')) as sum from (select md5(${row}) as h from ${from})`,
    );
    assert(sum !== undefined, 'a sum is one row');
    sums[name] = { rows: Number(sum.rows), sum: sum.sum };
  }
  return sums;
}

/** The rows of some orders, by part. */
export async function rowsOf(
  duck: Duck,
  parts: readonly Part[],
  file: string,
  ids: readonly string[],
): Promise<Map<string, TextRow[]>> {
  const texts = parts.map(({ name, columns }) =>
    name === 'orders'
      ? `'orders': [${structOf(columns, (c) => kindOf(c).to(ident(c.name)))}]`
      : `${quoted(name)}: list_transform(${ident(name)}, lambda x: ${structOf(columns, (c) => kindOf(c).to(`x.${ident(c.name)}`))})`,
  );
  const found = new Map<string, TextRow[]>(parts.map((p) => [p.name, []]));
  for (const { order } of await duck.rows<{ order: string }>(
    `select to_json({${texts.join(', ')}})::VARCHAR as "order" from ${within(file, ids)} order by id`,
  )) {
    for (const [name, rows] of Object.entries(JSON.parse(order) as Record<string, TextRow[]>))
      found.get(name)?.push(...rows);
  }
  return found;
}
