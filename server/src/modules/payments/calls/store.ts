import { type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { bounded } from './redact.ts';

export type CallOutcome = 'ok' | 'refused' | 'untrusted' | 'unreachable' | 'timeout';

export type CallRecord = {
  channel: string;
  accountId: string | null;
  paymentId: string | null;
  refundId: string | null;
  direction: 'out' | 'in';
  method: string;
  path: string;
  request: unknown;
  response: unknown;
  httpStatus: number | null;
  durationMs: number;
  outcome: CallOutcome;
  at: Date;
};

const PATH_MAX = 300;
const METHOD_MAX = 60;

/** Keeps what was said to a channel and what it answered. Bodies are redacted and bounded here, whoever calls. */
export async function insertCall(tx: Tx, call: CallRecord): Promise<void> {
  await tx.query(
    `insert into payments.channel_calls (org_id, id, channel, account_id, payment_id, refund_id, direction, method, path, request, response, http_status, duration_ms, outcome, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      tx.orgId,
      newId(),
      call.channel,
      call.accountId,
      call.paymentId,
      call.refundId,
      call.direction,
      call.method.slice(0, METHOD_MAX),
      call.path.slice(0, PATH_MAX),
      JSON.stringify(bounded(call.request)),
      JSON.stringify(bounded(call.response)),
      call.httpStatus,
      call.durationMs,
      call.outcome,
      call.at,
    ],
  );
}
