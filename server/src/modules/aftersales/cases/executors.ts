import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { OrderRow, RefundLeg } from '#modules/orders/index.ts';
import type { BreakdownItem } from './domain/allocate.ts';
import type { CaseKind } from './domain/flow.ts';
import { CaseInvalid } from './errors.ts';
import type { CaseRow } from './store/cases.ts';

/** What carrying a case out came to: the refunds it made (none when points, a coupon or goods were given), and how it adds up. */
export type Executed = { legs: readonly RefundLeg[]; amount: number; breakdown: BreakdownItem[] };

/**
 * Carries out a kind of case beside the goods: in the case's transaction, order and case locked, once. What it refuses leaves the case as
 * it was.
 */
export type Executor = (tx: Tx, ctx: Ctx, of: { order: OrderRow; row: CaseRow }) => Promise<Executed>;
/** What a case of the kind would come to, for its page. */
export type Previewer = (tx: Tx, ctx: Ctx, of: { order: OrderRow; row: CaseRow }) => Promise<Omit<Executed, 'legs'>>;

const executors = new Map<CaseKind, { execute: Executor; preview: Previewer }>();

/** Declares who carries a kind of case out. Once per kind, when the module is read. */
export function useExecutor(kind: CaseKind, how: { execute: Executor; preview: Previewer }): void {
  assert(!executors.has(kind), `cases of kind ${kind} are carried out by one`);
  executors.set(kind, how);
}

/** @throws CaseInvalid where nobody carries out cases of the kind */
export function afterSalesExecutor(kind: CaseKind): Executor {
  const how = executors.get(kind);
  if (!how) throw new CaseInvalid({}, [{ path: 'type', code: 'not_for_kind', facts: {} }]);
  return how.execute;
}

export const previewerOf = (kind: CaseKind): Previewer | undefined => executors.get(kind)?.preview;
