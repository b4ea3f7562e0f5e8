import { client } from '../../../api/instance.ts';
import type { StockTake } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { useT } from '../../../ui/i18n.ts';

type None = Record<never, never>;

/** What is done with the lines that were chosen. */
export function SelectionActions(props: { take: StockTake; lines: string[]; onDone: () => void }) {
  const { take, lines, onDone } = props;
  const t = useT();
  const path = { takeId: take.id };
  const recount = useSubmit(
    (_: None, idempotencyKey) =>
      client.post('/stock-takes/{takeId}/recounts', { path, body: { lines }, idempotencyKey }),
    { onSuccess: onDone },
  );
  const reason = useSubmit(
    (text: string, idempotencyKey) =>
      client.post('/stock-takes/{takeId}/reasons', { path, body: { lines, reason: text }, idempotencyKey }),
    { onSuccess: onDone },
  );
  return (
    <div className="row" style={{ marginTop: 12 }}>
      <span className="muted">{t('count.chosen', { n: lines.length })}</span>
      <ConfirmButton
        size="small"
        title={t('count.askRecount')}
        says={t('count.askRecountSays')}
        act={() => recount.mutateAsync({})}
      >
        {t('count.askRecount')}
      </ConfirmButton>
      <ConfirmButton
        size="small"
        title={t('count.giveReason')}
        reason="required"
        reasonLabel={t('count.reason')}
        act={(text) => reason.mutateAsync(text)}
      >
        {t('count.giveReason')}
      </ConfirmButton>
    </div>
  );
}

function Submit({ take }: { take: StockTake }) {
  const t = useT();
  const path = { takeId: take.id };
  const open = take.lines - take.counted;
  const submit = useSubmit((_: None, idempotencyKey) =>
    client.post('/stock-takes/{takeId}/submit', { path, body: { leaveUncounted: open > 0 }, idempotencyKey }),
  );
  const recount = useSubmit((_: None, idempotencyKey) =>
    client.post('/stock-takes/{takeId}/recounts', { path, body: {}, idempotencyKey }),
  );
  return (
    <>
      <ConfirmButton title={t('count.recountAll')} says={t('count.recountAllSays')} act={() => recount.mutateAsync({})}>
        {t('count.recountAll')}
      </ConfirmButton>
      <ConfirmButton
        type="primary"
        title={t('count.submit')}
        says={t(open > 0 ? 'count.submitLeaves' : 'count.submitSays', { open })}
        act={() => submit.mutateAsync({})}
      >
        {t('count.submit')}
      </ConfirmButton>
    </>
  );
}

function Decide({ take }: { take: StockTake }) {
  const t = useT();
  const path = { approvalId: take.approvalId ?? '' };
  const approve = useSubmit((note: string, idempotencyKey) =>
    client.post('/approvals/{approvalId}/approve', { path, body: note ? { note } : {}, idempotencyKey }),
  );
  const reject = useSubmit((note: string, idempotencyKey) =>
    client.post('/approvals/{approvalId}/reject', { path, body: { note }, idempotencyKey }),
  );
  return (
    <>
      <ConfirmButton
        danger
        title={t('approval.reject')}
        says={t('count.rejectSays')}
        reason="required"
        reasonLabel={t('approval.note')}
        act={(note) => reject.mutateAsync(note)}
      >
        {t('approval.reject')}
      </ConfirmButton>
      <ConfirmButton
        type="primary"
        title={t('approval.approve')}
        says={t('count.approveSays')}
        reason="optional"
        reasonLabel={t('approval.note')}
        act={(note) => approve.mutateAsync(note)}
      >
        {t('approval.approve')}
      </ConfirmButton>
    </>
  );
}

/** Buttons for what the server says may be done. */
export function ReviewActions({ take }: { take: StockTake }) {
  const t = useT();
  const path = { takeId: take.id };
  const reopen = useSubmit((_: None, idempotencyKey) =>
    client.post('/stock-takes/{takeId}/reopen', { path, body: {}, idempotencyKey }),
  );
  const cancel = useSubmit((why: string, idempotencyKey) =>
    client.post('/stock-takes/{takeId}/cancel', { path, body: { why }, idempotencyKey }),
  );
  return (
    <>
      {take.may.includes('cancel') && (
        <ConfirmButton
          danger
          title={t('count.cancel')}
          says={t('count.cancelSays')}
          reason="required"
          act={(why) => cancel.mutateAsync(why)}
        >
          {t('count.cancel')}
        </ConfirmButton>
      )}
      {take.may.includes('reopen') && (
        <ConfirmButton title={t('count.reopen')} act={() => reopen.mutateAsync({})}>
          {t('count.reopen')}
        </ConfirmButton>
      )}
      {take.may.includes('submit') && <Submit take={take} />}
      {take.may.includes('approve') && <Decide take={take} />}
    </>
  );
}
