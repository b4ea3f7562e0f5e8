import { z } from 'zod';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { type Cell, defineExport } from '#kernel/transfers/index.ts';
import { FEEDBACK_READ } from './policy.ts';
import { findRequests, presentRequests } from './queries/results.ts';
import { ListRequests } from './schema.ts';

const PAGE = 500;

/** Questions and answers as the list finds them, with the raw moments: what a report needs can be computed from them. */
export const exportFeedback = defineExport({
  kind: 'feedback',
  permission: FEEDBACK_READ,
  filters: z.object(ListRequests.omit({ limit: true, cursor: true }).shape).strict(),
  columns: [
    'id',
    'kind',
    'subject_kind',
    'subject_no',
    'round',
    'customer_id',
    'agent',
    'category',
    'state',
    'score',
    'bad',
    'consequence',
    'comment',
    'changes',
    'created_at',
    'send_at',
    'asked_at',
    'answer_until',
    'answered_at',
    'changed_at',
  ],
  async *pages({ db, ctx, personal }, filters) {
    let cursor: string | undefined;
    for (;;) {
      await fieldCrypto.load(ctx.orgId);
      const { page, shown } = await db.read(ctx, async (tx) => {
        const found = await findRequests(tx, ctx, { ...filters, limit: PAGE, cursor });
        return { page: found, shown: await presentRequests(tx, ctx, found.items) };
      });
      yield page.items.map((r, i): Cell[] => [
        r.id,
        r.kind,
        r.subject_kind,
        r.subject_no,
        r.round,
        r.customer_id,
        shown[i]?.agent?.name ?? null,
        r.category,
        r.state,
        r.score,
        r.bad === null ? null : String(r.bad),
        r.consequence,
        personal ? (shown[i]?.comment ?? '') : '',
        Math.max(0, r.answers - 1),
        r.created_at,
        r.send_at,
        r.asked_at,
        r.answer_until,
        r.answered_at,
        r.changed_at,
      ]);
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  },
});
