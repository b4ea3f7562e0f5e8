import type { FieldProblem } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { PricedSku } from './price-order.ts';
import { type Discount, scaleDiscount } from './shares.ts';

/** A line of the order as changing sees it. `quantity` counts what was cancelled, as it is stored. */
export type OldLine = {
  id: string;
  line_no: number;
  sku: string;
  kind: 'goods' | 'gift';
  quantity: number;
  cancelled: number;
  shipped: number;
  unit_price: number;
  discount: number;
  discounts: readonly Discount[];
  base: { quantity: number; discounts: Discount[] } | null;
};
export type Wanted = { lineId?: string | undefined; sku?: string | undefined; quantity: number };

/** What the lines are to become. `at` is the place in the request, for refusals. */
export type Target =
  | { line: OldLine; quantity: number; at: number | null }
  | { id: string; sku: PricedSku; quantity: number; at: number };

export const isNew = (t: Target): t is Target & { id: string; sku: PricedSku } => 'sku' in t;
const openOf = (l: OldLine): number => l.quantity - l.cancelled;

type Rules = { quantityMax: number; linesMax: number; currency: string };

/** The line of the order a wish is about: the one it names, else the first of its SKU nobody has asked for yet. */
function lineFor(lines: readonly OldLine[], wish: Wanted, taken: ReadonlySet<string>): OldLine | undefined {
  if (wish.lineId !== undefined) return lines.find((l) => l.id === wish.lineId);
  const free = lines.filter((l) => l.kind === 'goods' && l.sku === wish.sku && !taken.has(l.id));
  return free.find((l) => openOf(l) > 0) ?? free[0];
}

/** The SKU sold under a wish that no line of the order is of; its problems are added to the list. */
function newSku(
  wish: Wanted,
  at: number,
  skus: ReadonlyMap<string, PricedSku>,
  rules: Rules,
  problems: FieldProblem[],
): PricedSku | undefined {
  const path = `lines[${at}].sku`;
  const sku = skus.get(wish.sku ?? '');
  if (!sku) problems.push({ path, code: 'unknown_sku', facts: { sku: wish.sku ?? '' } });
  else if (sku.status !== 'on_sale') problems.push({ path, code: 'not_on_sale', facts: { sku: sku.sku } });
  else if (sku.currency !== rules.currency)
    problems.push({ path, code: 'currency_mismatch', facts: { expected: rules.currency } });
  else return sku;
  return undefined;
}

/**
 * Reads the lines wanted as a whole: what is not named, or named with 0, is taken out; a line named with another SKU becomes
 * a line of that SKU; gifts not named stay. Quantities are those to be sent, what was cancelled aside. Every problem is
 * reported, with the caller's paths.
 */
export function matchLines(
  lines: readonly OldLine[],
  wanted: readonly Wanted[],
  skus: ReadonlyMap<string, PricedSku>,
  rules: Rules,
): { targets: Target[]; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const quantities = new Map<string, { quantity: number; at: number | null }>();
  const added = new Map<string, { id: string; sku: PricedSku; quantity: number; at: number }>();
  const add = (wish: Wanted, at: number): void => {
    const sku = newSku(wish, at, skus, rules, problems);
    if (!sku || wish.quantity === 0) return;
    const known = added.get(sku.sku);
    added.set(
      sku.sku,
      known
        ? { ...known, quantity: known.quantity + wish.quantity }
        : { id: newId(), sku, quantity: wish.quantity, at },
    );
  };
  wanted.forEach((wish, at) => {
    const path = `lines[${at}]`;
    if (!Number.isSafeInteger(wish.quantity) || wish.quantity < 0 || wish.quantity > rules.quantityMax) {
      problems.push({ path: `${path}.quantity`, code: 'bad_quantity', facts: { maximum: rules.quantityMax } });
    }
    const line = lineFor(lines, wish, new Set(quantities.keys()));
    if (!line && wish.lineId !== undefined) problems.push({ path: `${path}.lineId`, code: 'unknown_line' });
    else if (!line) add(wish, at);
    else if (quantities.has(line.id)) problems.push({ path: `${path}.lineId`, code: 'named_twice' });
    else if (wish.sku !== undefined && wish.sku !== line.sku) {
      quantities.set(line.id, { quantity: 0, at });
      add(wish, at);
    } else quantities.set(line.id, { quantity: wish.quantity, at });
  });
  const targets: Target[] = lines.map((line) => {
    const wish = quantities.get(line.id) ?? { quantity: line.kind === 'gift' ? openOf(line) : 0, at: null };
    return { line, quantity: wish.quantity + line.cancelled, at: wish.at };
  });
  targets.push(...added.values());
  problems.push(...limits(targets, rules));
  return { targets, problems };
}

function limits(targets: readonly Target[], rules: Rules): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const t of targets) {
    if (isNew(t)) continue;
    const path = t.at === null ? 'lines' : `lines[${t.at}].quantity`;
    const open = t.quantity - t.line.cancelled;
    if (open < t.line.shipped)
      problems.push({ path, code: 'below_shipped', facts: { sku: t.line.sku, shipped: t.line.shipped } });
    if (t.line.kind === 'gift' && open > openOf(t.line)) problems.push({ path, code: 'gift_line' });
  }
  const units = targets.reduce((n, t) => n + t.quantity - (isNew(t) ? 0 : t.line.cancelled), 0);
  if (units === 0) problems.push({ path: 'lines', code: 'nothing_left' });
  if (targets.length > rules.linesMax)
    problems.push({ path: 'lines', code: 'too_many_lines', facts: { maximum: rules.linesMax } });
  return problems;
}

/** What a line's discount was given on: as it was before the first change. */
export function baseOf(line: OldLine): { quantity: number; discounts: Discount[] } {
  if (line.base) return line.base;
  const named = line.discounts.reduce((n, d) => n + d.amount, 0);
  const rest = line.discount - named; // of orders priced before offers were told apart
  const items = rest > 0 ? [...line.discounts, { offer: '', amount: rest }] : [...line.discounts];
  return { quantity: line.quantity, discounts: items };
}

export type PricedTarget = { target: Target; discount: number; discounts: Discount[]; amount: number };

const priced = (target: Target, discounts: Discount[]): PricedTarget => ({
  target,
  discounts,
  discount: discounts.reduce((n, d) => n + d.amount, 0),
  amount: target.quantity * (isNew(target) ? target.sku.price_amount : target.line.unit_price),
});

/** Prices what the lines are to become when no offer explains what they are: each unit keeps its part of the discount. */
export const scaleTargets = (targets: readonly Target[]): PricedTarget[] =>
  targets.map((target) => {
    if (isNew(target)) return priced(target, []);
    const { line } = target;
    const same = target.quantity === line.quantity;
    const kept = { ...priced(target, [...line.discounts]), discount: line.discount };
    return same ? kept : priced(target, scaleDiscount(baseOf(line), target.quantity, line.unit_price));
  });

/** Prices them with what each offer gives on each now; `discounts` by place. */
export const offerTargets = (targets: readonly Target[], discounts: readonly (readonly Discount[])[]): PricedTarget[] =>
  targets.map((target, i) => priced(target, [...(discounts[i] ?? [])]));

export const hasChanged = (targets: readonly Target[]): boolean =>
  targets.some((t) => isNew(t) || t.quantity !== t.line.quantity);
