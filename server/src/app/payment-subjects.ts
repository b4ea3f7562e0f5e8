import type { Tx } from '#kernel/db/index.ts';
import type { PaymentSubject } from '#modules/payments/index.ts';

/** One kind of things that are paid for, and how to tell that an id is of one. */
export type OwnedSubject = { owns: (tx: Tx, subjectId: string) => Promise<boolean>; subject: Required<PaymentSubject> };

/** One subject out of two kinds: what `first` owns is its, everything else is that of `rest`. */
export function subjectsOf(first: OwnedSubject, rest: PaymentSubject): PaymentSubject {
  const of = async (tx: Tx, id: string): Promise<PaymentSubject> => ((await first.owns(tx, id)) ? first.subject : rest);
  return {
    lock: async (tx, ctx, id) => (await of(tx, id)).lock(tx, ctx, id),
    paid: async (tx, ctx, id, payment) => (await of(tx, id)).paid(tx, ctx, id, payment),
    refunded: async (tx, ctx, id, refund) => (await of(tx, id)).refunded(tx, ctx, id, refund),
    givenUp: async (tx, ctx, id, refund) => (await of(tx, id)).givenUp?.(tx, ctx, id, refund),
    shopOf: async (tx, ctx, id) => (await (await of(tx, id)).shopOf?.(tx, ctx, id)) ?? null,
    visible: async (tx, ctx, id) => (await (await of(tx, id)).visible?.(tx, ctx, id)) ?? true,
  };
}
