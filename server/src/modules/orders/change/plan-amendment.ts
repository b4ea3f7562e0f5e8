import { fieldCrypto, maskName, maskPhone } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { skusByCode } from '#modules/catalog/index.ts';
import { hasChanged, isNew, matchLines, type PricedTarget, scaleTargets, type Wanted } from '../domain/amend-lines.ts';
import { regionOf, type ShipTo } from '../domain/check-address.ts';
import { freightFor } from '../domain/freight.ts';
import { OrderRefused } from '../errors.ts';
import { openPersonal, type Personal } from '../present.ts';
import { checkAddress } from '../review/divisions.ts';
import { ORDER_LINES_MAX } from '../schema.ts';
import { orderSettings, type OrderSettings } from '../settings.ts';
import type { LineRow, OrderRow } from '../store/orders.ts';
import { repriceLines } from './reprice.ts';
import type { Diff } from './store/versions.ts';

export type Amendment = {
  shipTo?: { [K in keyof ShipTo]?: ShipTo[K] | undefined } | undefined;
  /** The lines wanted as a whole: what is not named is taken out. */
  lines?: readonly Wanted[] | undefined;
  remark?: string | undefined;
};
/** What a change comes to, before anything is written. */
export type Plan = {
  /** Null where lines stay as they are. */
  lines: PricedTarget[] | null;
  freight: number;
  total: number;
  /** Null where nobody's data changes. */
  personal: { personal: Personal; region: string } | null;
  /** Holds the new address deserves; null where it is as it was. */
  doubts: string[] | null;
  diff: Diff[];
  /** As `diff`, with personal values in the clear: to be sealed. */
  secret: Diff[];
  changed: string[];
};

const MASK: Readonly<Record<keyof ShipTo, (value: string) => string>> = {
  name: maskName,
  phone: maskPhone,
  province: String,
  city: String,
  district: String,
  address: (a) => (a === '' ? '' : '****'),
  country: String,
};
const FIELDS = Object.keys(MASK) as (keyof ShipTo)[];

function planPeople(old: Personal, asked: Amendment) {
  const problems: FieldProblem[] = [];
  const secret: Diff[] = [];
  const diff: Diff[] = [];
  const next: Personal = { ...old };
  let doubts: string[] | null = null;
  if (asked.shipTo) {
    for (const field of FIELDS) {
      const to = asked.shipTo[field];
      if (to === undefined || to === (old[field] ?? '')) continue;
      if (field === 'country') next.country = to === '' ? undefined : to;
      else next[field] = to;
      secret.push({ path: `shipTo.${field}`, from: old[field] ?? '', to });
      diff.push({ path: `shipTo.${field}`, from: MASK[field](old[field] ?? ''), to: MASK[field](to) });
    }
    const checked = checkAddress(next);
    problems.push(...checked.problems);
    if (diff.length > 0) doubts = checked.doubts;
  }
  if (asked.remark !== undefined && asked.remark !== (old.remark ?? '')) {
    next.remark = asked.remark === '' ? undefined : asked.remark;
    secret.push({ path: 'remark', from: old.remark ?? '', to: asked.remark });
    diff.push({ path: 'remark', from: old.remark ? '****' : '', to: asked.remark === '' ? '' : '****' });
  }
  return { problems, secret, diff, next, doubts };
}

/** Freight follows the goods as the settings have it, unless what is on the order is not what they say: agreed otherwise. */
function freightAfter(row: OrderRow, payable: number, settings: OrderSettings): number {
  const explained = freightFor(row.goods_amount - row.discount_amount, settings) === row.freight_amount;
  return explained && row.payment_method !== 'prepaid' ? freightFor(payable, settings) : row.freight_amount;
}

const lineDiff = (lines: readonly PricedTarget[]): Diff[] =>
  lines.flatMap(({ target }) => {
    if (isNew(target)) return [{ path: `lines[${target.sku.sku}].quantity`, from: 0, to: target.quantity }];
    const { line, quantity } = target;
    if (quantity === line.quantity) return [];
    return [
      { path: `lines[${line.sku}].quantity`, from: line.quantity - line.cancelled, to: quantity - line.cancelled },
    ];
  });

async function planLines(tx: Tx, row: OrderRow, lines: readonly LineRow[], wanted: readonly Wanted[]) {
  const settings = await orderSettings.get(tx);
  const codes = wanted.flatMap((w) => (w.sku === undefined ? [] : [w.sku]));
  const skus = new Map((await skusByCode(tx, codes)).map((s) => [s.sku, s]));
  const { targets, problems } = matchLines(lines, wanted, skus, {
    quantityMax: settings.quantityMax,
    linesMax: ORDER_LINES_MAX,
    currency: row.currency,
  });
  if (row.deposit_amount > 0 && row.status === 'pending_payment' && hasChanged(targets))
    problems.push({ path: 'lines', code: 'presale_order' });
  const priced = problems.length > 0 ? scaleTargets(targets) : await repriceLines(tx, row, lines, targets);
  const payable = priced.reduce((n, p) => n + p.amount - p.discount, 0);
  if (problems.length === 0 && (!Number.isSafeInteger(payable) || payable > 1_000_000_000_000))
    problems.push({ path: 'lines', code: 'total_too_large' });
  return { priced, problems, payable, freight: freightAfter(row, payable, settings), changed: hasChanged(targets) };
}

/** Works out a change of an order, everything wrong with it named at once. @throws OrderRefused. Writes nothing. */
export async function planAmendment(tx: Tx, row: OrderRow, lines: readonly LineRow[], asked: Amendment): Promise<Plan> {
  await fieldCrypto.load(tx.orgId);
  const people = planPeople(openPersonal(tx.orgId, row), asked);
  const goods = asked.lines ? await planLines(tx, row, lines, asked.lines) : undefined;
  const problems = [...people.problems, ...(goods?.problems ?? [])];
  if (problems.length > 0) throw new OrderRefused({ orderNo: row.order_no }, problems);
  const changedLines = goods?.changed ? goods : undefined;
  const freight = changedLines?.freight ?? row.freight_amount;
  const total = changedLines ? changedLines.payable + freight : row.total_amount;
  const diff = [...people.diff, ...(changedLines ? lineDiff(changedLines.priced) : [])];
  if (freight !== row.freight_amount) diff.push({ path: 'freight', from: row.freight_amount, to: freight });
  return {
    lines: changedLines?.priced ?? null,
    freight,
    total,
    personal: people.diff.length > 0 ? { personal: people.next, region: regionOf(people.next) } : null,
    doubts: people.doubts,
    diff,
    secret: people.secret,
    changed: [...new Set(diff.map((d) => d.path.replace(/[.[].*$/, '')))],
  };
}
