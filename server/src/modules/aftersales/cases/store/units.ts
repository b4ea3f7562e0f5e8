import type { Tx } from '#kernel/db/index.ts';

export type UnitsRow = {
  line_id: string;
  limit_units: number;
  open: number;
  settled: number;
  paid_back: number;
  withheld: number;
  /** Units that came back for cases. */
  returned: number;
};

/** What cases have of an order's lines. The order is locked by whoever decides by it. */
export async function unitsOf(tx: Tx, orderId: string): Promise<Map<string, UnitsRow>> {
  const rows = await tx.query<UnitsRow>(
    'select line_id, limit_units, open, settled, paid_back, withheld, returned from aftersales.line_units where org_id = $1 and order_id = $2',
    [tx.orgId, orderId],
  );
  return new Map(rows.map((r) => [r.line_id, r]));
}

/** Takes units for a case: `limit` is how many there are at all now. The table refuses a unit that is taken. */
export async function takeUnits(
  tx: Tx,
  orderId: string,
  lines: readonly { lineId: string; quantity: number; limit: number }[],
): Promise<void> {
  await tx.query(
    `insert into aftersales.line_units as l (org_id, order_id, line_id, limit_units, open)
     select $1, $2, u.line, u.max, u.q from unnest($3::uuid[], $4::bigint[], $5::bigint[]) as u (line, max, q)
     on conflict (org_id, order_id, line_id) do update set limit_units = excluded.limit_units, open = l.open + excluded.open`,
    [tx.orgId, orderId, lines.map((l) => l.lineId), lines.map((l) => l.limit), lines.map((l) => l.quantity)],
  );
}

export type UnitsEnd = {
  lineId: string;
  /** Open units the case has no more. */ released: number;
  /** Of them, those that are settled for good. */ settled: number;
};

/** Ends a case's hold on units. */
export async function endUnits(tx: Tx, orderId: string, lines: readonly UnitsEnd[]): Promise<void> {
  await tx.query(
    `update aftersales.line_units l set open = l.open - u.released, settled = l.settled + u.settled
       from unnest($3::uuid[], $4::bigint[], $5::bigint[]) as u (line, released, settled)
      where l.org_id = $1 and l.order_id = $2 and l.line_id = u.line`,
    [tx.orgId, orderId, lines.map((l) => l.lineId), lines.map((l) => l.released), lines.map((l) => l.settled)],
  );
}

export type UnitMoney = {
  lineId: string;
  limit: number;
  /** Given back with units, signed. */ paidBack: number;
  /** Kept for a threshold, signed. */ withheld: number;
  /** Gifts paid for by being kept. */ settled: number;
};

/** Books what was given back with units, what was kept for thresholds, and gifts paid for. A line without a row gets one. */
export async function addUnitMoney(tx: Tx, orderId: string, lines: readonly UnitMoney[]): Promise<void> {
  if (lines.length === 0) return;
  const ids = lines.map((l) => l.lineId);
  await tx.query(
    `insert into aftersales.line_units (org_id, order_id, line_id, limit_units)
     select $1, $2, u.line, u.max from unnest($3::uuid[], $4::bigint[]) as u (line, max) on conflict do nothing`,
    [tx.orgId, orderId, ids, lines.map((l) => l.limit)],
  );
  await tx.query(
    `update aftersales.line_units l set paid_back = l.paid_back + u.paid, withheld = l.withheld + u.withheld, settled = l.settled + u.settled
       from unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[]) as u (line, paid, withheld, settled)
      where l.org_id = $1 and l.order_id = $2 and l.line_id = u.line`,
    [tx.orgId, orderId, ids, lines.map((l) => l.paidBack), lines.map((l) => l.withheld), lines.map((l) => l.settled)],
  );
}

/** Books units that came back for cases. */
export async function addReturnedUnits(
  tx: Tx,
  orderId: string,
  lines: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  await tx.query(
    `update aftersales.line_units l set returned = l.returned + u.q from unnest($3::uuid[], $4::bigint[]) as u (line, q)
      where l.org_id = $1 and l.order_id = $2 and l.line_id = u.line`,
    [tx.orgId, orderId, lines.map((l) => l.lineId), lines.map((l) => l.quantity)],
  );
}
