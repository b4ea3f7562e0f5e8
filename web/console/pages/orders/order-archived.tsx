import { Alert, type ButtonProps } from 'antd';
import { client } from '../../../api/instance.ts';
import type { Order } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { useT } from '../../../ui/i18n.ts';

/** Puts an archived order back on line. */
export function RestoreButton({ orderId, ...button }: { orderId: string } & Pick<ButtonProps, 'size' | 'type'>) {
  const t = useT();
  const restore = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/orders/{orderId}/restore', { path: { orderId }, idempotencyKey }),
  );
  return (
    <ConfirmButton
      {...button}
      title={t('archive.restore')}
      says={t('archive.restoreSays')}
      act={() => restore.mutateAsync({})}
    >
      {t('archive.restore')}
    </ConfirmButton>
  );
}

/** Says that the order is read from the archive, with the way back for who may. */
export function ArchivedNote({ order }: { order: Order }) {
  const t = useT();
  if (!order.archived) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t('archive.orderSays')}
      action={order.may.includes('restore') && <RestoreButton orderId={order.id} type="primary" />}
    />
  );
}
