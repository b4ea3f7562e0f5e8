import { useNavigate } from '@tanstack/react-router';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Order } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { useT } from '../../../ui/i18n.ts';
import { CancelButton } from './order-presale.tsx';
import { ChangeActions } from './change/family.tsx';

const EXTEND_DAYS = [3, 7] as const;

type Commands = ReturnType<typeof useOrderCommands>;

/** What may be asked of one order, each under the Idempotency-Key of its intent. */
function useOrderCommands(orderId: string) {
  const path = { orderId };
  const cancel = useSubmit((body: Omit<Body<'/orders/{orderId}/cancel', 'post'>, 'orderId'>, idempotencyKey) =>
    client.post('/orders/{orderId}/cancel', { path, body, idempotencyKey }),
  );
  const intercept = useSubmit((reason: string, idempotencyKey) =>
    client.post('/orders/{orderId}/intercept', { path, body: { reason }, idempotencyKey }),
  );
  const hold = useSubmit((note: string, idempotencyKey) =>
    client.post('/orders/{orderId}/hold', { path, body: { note }, idempotencyKey }),
  );
  const release = useSubmit((note: string, idempotencyKey) =>
    client.post('/orders/{orderId}/release', { path, body: { note }, idempotencyKey }),
  );
  const review = useSubmit((body: Body<'/orders/{orderId}/review', 'post'>, idempotencyKey) =>
    client.post('/orders/{orderId}/review', { path, body, idempotencyKey }),
  );
  const confirm = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/orders/{orderId}/confirm-receipt', { path, idempotencyKey }),
  );
  const extend = useSubmit((days: 3 | 7, idempotencyKey) =>
    client.post('/orders/{orderId}/extend-receipt', { path, body: { days }, idempotencyKey }),
  );
  const pack = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/parcels', { body: { orderId }, idempotencyKey }),
  );
  return { cancel, intercept, hold, release, review, confirm, extend, pack };
}

function ReviewActions({ review }: { review: Commands['review'] }) {
  const t = useT();
  return (
    <>
      <ConfirmButton
        type="primary"
        title={t('order.approve')}
        reason="optional"
        reasonLabel={t('order.note')}
        act={(note) => review.mutateAsync({ decision: 'approve', note })}
      >
        {t('order.approve')}
      </ConfirmButton>
      <ConfirmButton
        title={t('order.ask')}
        reason="required"
        reasonLabel={t('order.note')}
        act={(note) => review.mutateAsync({ decision: 'ask', note })}
      >
        {t('order.ask')}
      </ConfirmButton>
      <ConfirmButton
        danger
        title={t('order.reject')}
        says={t('order.rejectSays')}
        reason="required"
        reasonLabel={t('order.note')}
        act={(note) => review.mutateAsync({ decision: 'reject', note })}
      >
        {t('order.reject')}
      </ConfirmButton>
    </>
  );
}

type StopProps = { order: Order; may: (action: string) => boolean; commands: Commands };

function StopActions({ order, may, commands }: StopProps) {
  const t = useT();
  return (
    <>
      {may('hold') && (
        <ConfirmButton
          title={t('order.hold')}
          says={t('order.holdSays')}
          reason="required"
          act={(note) => commands.hold.mutateAsync(note)}
        >
          {t('order.hold')}
        </ConfirmButton>
      )}
      {may('release') && (
        <ConfirmButton title={t('order.release')} reason="optional" act={(note) => commands.release.mutateAsync(note)}>
          {t('order.release')}
        </ConfirmButton>
      )}
      {may('cancel') && <CancelButton order={order} cancel={(asked) => commands.cancel.mutateAsync(asked)} />}
      {may('intercept') && (
        <ConfirmButton
          danger
          title={t('order.intercept')}
          says={t('order.interceptSays')}
          reason="required"
          act={(reason) => commands.intercept.mutateAsync(reason)}
        >
          {t('order.intercept')}
        </ConfirmButton>
      )}
    </>
  );
}

/** The actions the server allows on this order now, and no others. */
export function OrderActions({ order }: { order: Order }) {
  const t = useT();
  const navigate = useNavigate();
  const commands = useOrderCommands(order.id);
  const may = (action: string) => order.may.includes(action);
  const makeParcel = async () => {
    const parcel = await commands.pack.mutateAsync({});
    await navigate({ to: '/parcels/scan', search: { code: parcel.parcelNo } as never });
  };
  return (
    <>
      {may('review') && <ReviewActions review={commands.review} />}
      {may('ship') && (
        <ConfirmButton
          type="primary"
          title={t('order.createParcel')}
          says={t('order.createParcelSays')}
          act={makeParcel}
        >
          {t('order.createParcel')}
        </ConfirmButton>
      )}
      {may('confirm_receipt') && (
        <ConfirmButton
          title={t('order.confirmReceipt')}
          says={t('order.confirmReceiptSays')}
          act={() => commands.confirm.mutateAsync({})}
        >
          {t('order.confirmReceipt')}
        </ConfirmButton>
      )}
      {may('extend_receipt') &&
        EXTEND_DAYS.map((days) => (
          <ConfirmButton
            key={days}
            title={t('order.extendDays', { days })}
            act={() => commands.extend.mutateAsync(days)}
          >
            {t('order.extendDays', { days })}
          </ConfirmButton>
        ))}
      <ChangeActions order={order} />
      <StopActions order={order} may={may} commands={commands} />
    </>
  );
}
