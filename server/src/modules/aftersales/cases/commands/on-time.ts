import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { DomainError } from '#kernel/errors.ts';
import { onTime } from '../clocks.ts';
import { caseSettings } from '../settings.ts';
import { addMove, saveCase } from '../store/cases.ts';
import { openOfferOf } from '../store/extras.ts';
import { tell } from '../tell.ts';
import { approveLocked } from './decide-case.ts';
import { expireNotCome, expireUnsent } from './end-case.ts';
import { lockCase } from './lock-case.ts';
import { expireOffer } from './offers.ts';
import { expireQuote } from './repair.ts';

/**
 * Nobody answered in time (AFT-3). Where the organisation wants it, and the policy allows what is asked, it counts as agreed; what cannot
 * be, because the goods are not there, waits for a person as before.
 */
async function unanswered(tx: Tx, ctx: Ctx, caseId: string): Promise<void> {
  const { order, row } = await lockCase(tx, ctx, caseId);
  const agrees = (await caseSettings.get(tx)).agreeWhenUnanswered && row.state === 'submitted' && row.policy.allowed;
  if (!agrees || (await openOfferOf(tx, row.id))) return;
  await tx.query('savepoint agreeing');
  try {
    await approveLocked(tx, ctx, { order, row }, { note: '' });
    await tx.query('release savepoint agreeing');
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await tx.query('rollback to savepoint agreeing');
    await addMove(tx, ctx, row, { event: 'accept', was: row.state, state: row.state, note: error.code });
  }
}

/** AFT-5: goods not sent yet, or sent and not here. The subject is the case and which of them it is. */
async function remind(tx: Tx, ctx: Ctx, subject: string): Promise<void> {
  const [caseId = '', what] = subject.split('/');
  const { order, row } = await lockCase(tx, ctx, caseId);
  if (what === 'send' && row.state === 'approved') await tell(tx, ctx, { order, row }, 'remind_send');
  if (what === 'sent' && row.state === 'in_transit') {
    await tell(tx, ctx, { order, row }, 'remind_sent', {
      data: { carrier: row.carrier ?? '', waybillNo: row.waybill_no ?? '' },
    });
    await saveCase(tx, ctx, row, { due_kind: 'remind' });
  }
}

/** Ties what happens in time to the clocks. */
export function tieClocks(): void {
  onTime.unanswered = unanswered;
  onTime.remind = remind;
  onTime.notSent = expireUnsent;
  onTime.notCome = expireNotCome;
  onTime.offerOver = expireOffer;
  onTime.quoteOver = expireQuote;
}
