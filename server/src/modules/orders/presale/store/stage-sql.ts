/** The state of a presale order `o` at `$now`, as `stageOf` says it, for queries over many. */
export const STAGE_SQL = (now: string): string =>
  `case when o.forfeited_amount > 0 then 'forfeited' when o.status in ('cancelled', 'closed') then 'cancelled' when o.status <> 'pending_payment' then 'complete'
     when o.deposit_paid_at is null then 'deposit_due' when ${now}::timestamptz < o.balance_from then 'deposit_paid' else 'balance_due' end`;
