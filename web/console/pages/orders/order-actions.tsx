import { useNavigate } from '@tanstack/react-router';
import { client } from '../../../api/instance.ts';
import type { Order } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { useT } from '../../../ui/i18n.ts';

const EXTEND_DAYS = [3, 7] as const;

type Command = { path: string; body: Record<string, unknown> };

type Run = (verb: string, body?: Record<string, unknown>) => Promise<unknown>;

function ReviewActions({ run }: { run: Run }) {
  const t = useT();
  return (
    <>
      <ConfirmButton
        type="primary"
        title={t('order.approve')}
        reason="optional"
        reasonLabel={t('order.note')}
        act={(note) => run('review', { decision: 'approve', note })}
      >
        {t('order.approve')}
      </ConfirmButton>
      <ConfirmButton
        title={t('order.ask')}
        reason="required"
        reasonLabel={t('order.note')}
        act={(note) => run('review', { decision: 'ask', note })}
      >
        {t('order.ask')}
      </ConfirmButton>
      <ConfirmButton
        danger
        title={t('order.reject')}
        says={t('order.rejectSays')}
        reason="required"
        reasonLabel={t('order.note')}
        act={(note) => run('review', { decision: 'reject', note })}
      >
        {t('order.reject')}
      </ConfirmButton>
    </>
  );
}

function StopActions({ may, run }: { may: (action: string) => boolean; run: Run }) {
  const t = useT();
  return (
    <>
      {may('hold') && (
        <ConfirmButton
          title={t('order.hold')}
          says={t('order.holdSays')}
          reason="required"
          act={(reason) => run('hold', { reason })}
        >
          {t('order.hold')}
        </ConfirmButton>
      )}
      {may('release') && (
        <ConfirmButton
          title={t('order.release')}
          reason="optional"
          act={(reason) => run('release', reason ? { reason } : {})}
        >
          {t('order.release')}
        </ConfirmButton>
      )}
      {may('cancel') && (
        <ConfirmButton
          danger
          title={t('order.cancel')}
          says={t('order.cancelSays')}
          reason="required"
          act={(reason) => run('cancel', { reason })}
        >
          {t('order.cancel')}
        </ConfirmButton>
      )}
    </>
  );
}

/** The actions the server allows on this order now, and no others. */
export function OrderActions({ order }: { order: Order }) {
  const t = useT();
  const navigate = useNavigate();
  const command = useSubmit(({ path, body }: Command, key) => client.post(path, body, { idempotencyKey: key }));
  const run: Run = (verb, body = {}) => command.mutateAsync({ path: `/orders/${order.id}/${verb}`, body });
  const may = (action: string) => order.may.includes(action);
  const makeParcel = async () => {
    await command.mutateAsync({ path: '/parcels', body: { orderId: order.id } });
    await navigate({ to: '/parcels/scan', search: { code: order.orderNo } as never });
  };
  return (
    <>
      {may('review') && <ReviewActions run={run} />}
      {may('create-parcel') && (
        <ConfirmButton
          type="primary"
          title={t('order.createParcel')}
          says={t('order.createParcelSays')}
          act={makeParcel}
        >
          {t('order.createParcel')}
        </ConfirmButton>
      )}
      {may('confirm-receipt') && (
        <ConfirmButton
          title={t('order.confirmReceipt')}
          says={t('order.confirmReceiptSays')}
          act={() => run('confirm-receipt')}
        >
          {t('order.confirmReceipt')}
        </ConfirmButton>
      )}
      {may('extend-receipt') &&
        EXTEND_DAYS.map((days) => (
          <ConfirmButton key={days} title={t('order.extendDays', { days })} act={() => run('extend-receipt', { days })}>
            {t('order.extendDays', { days })}
          </ConfirmButton>
        ))}
      <StopActions may={may} run={run} />
    </>
  );
}
