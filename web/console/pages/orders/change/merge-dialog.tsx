import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { oneQuery } from '../../../../api/console.ts';
import { client } from '../../../../api/instance.ts';
import type { Answer } from '../../../../api/paths.ts';
import type { Order } from '../../../../api/types.ts';
import { useSubmit } from '../../../../api/use-submit.ts';
import { EmptyState, ErrorState } from '../../../../ui/components/states.tsx';
import { StatusTag } from '../../../../ui/components/status-tag.tsx';
import { CountText, MoneyText } from '../../../../ui/components/text.tsx';
import { useT } from '../../../../ui/i18n.ts';
import { usePreview } from './use-preview.ts';

type Merge = Answer<'/orders/merge', 'post'>;

/** What the orders would become, or every reason why they cannot. */
function Outcome({ merge }: { merge: Merge }) {
  const t = useT();
  if (!merge.allowed)
    return (
      <Alert
        type="error"
        showIcon
        title={t('change.mergeRefused')}
        description={
          <ul style={{ margin: 0, paddingInlineStart: 18 }}>
            {merge.problems.map((p) => (
              <li key={`${p.path} ${p.code}`}>{p.message}</li>
            ))}
          </ul>
        }
      />
    );
  return (
    <dl className="zg-sum" aria-live="polite">
      {(
        [
          ['before', merge.before.total],
          ['freightSaved', merge.freightSaved],
          ['after', merge.after.total],
        ] as const
      ).map(([name, value]) => (
        <div key={name} data-total={name === 'after'}>
          <dt>{t(`change.${name}`)}</dt>
          <dd>
            <MoneyText value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function MergeBody({
  orderIds,
  onClose,
  children,
}: {
  orderIds: string[];
  onClose: () => void;
  children?: React.ReactNode;
}) {
  const t = useT();
  const navigate = useNavigate();
  const enough = orderIds.length > 1;
  const preview = usePreview(
    'merge',
    orderIds,
    (ids) => client.repeatable('/orders/merge', { body: { orderIds: ids } }),
    enough,
  );
  const merge = useSubmit(
    (ids: string[], idempotencyKey) =>
      client.post('/orders/merge', { body: { orderIds: ids, confirm: true }, idempotencyKey }),
    {
      onSuccess: ({ id }) => {
        onClose();
        if (id) void navigate({ to: '/orders/$id', params: { id } as never });
      },
    },
  );
  return (
    <Modal
      open
      width={640}
      title={t('change.mergeTitle')}
      okText={t('change.merge')}
      okButtonProps={{ disabled: !enough || preview.data?.allowed !== true || preview.isPlaceholderData }}
      confirmLoading={merge.isPending}
      onOk={() => merge.mutate(orderIds)}
      onCancel={onClose}
      styles={{ body: { paddingTop: 8 } }}
    >
      <div className="stack">
        {children}
        {merge.isError && <ErrorState error={merge.error} />}
        {enough && preview.isError && <ErrorState error={preview.error} />}
        {enough && preview.data && <Outcome merge={preview.data} />}
        <p className="muted wrap">{t('change.mergeSays')}</p>
      </div>
    </Modal>
  );
}

/** Orders chosen in the list become one. */
export const MergeChosen = (props: { orderIds: string[]; onClose: () => void }) => <MergeBody {...props} />;

/** Other open orders of the same buyer, to be sent with this one. */
export default function MergeDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT();
  const path = { orderId: order.id };
  const others = useQuery(oneQuery('/orders/{orderId}/merge-candidates', { path }));
  const [chosen, setChosen] = useState<string[] | undefined>();
  const able = (others.data?.items ?? []).filter((o) => o.mergeable).map((o) => o.id);
  const picked = chosen ?? able;
  const toggle = (id: string, on: boolean) => setChosen(on ? [...picked, id] : picked.filter((p) => p !== id));
  return (
    <MergeBody orderIds={[order.id, ...picked]} onClose={onClose}>
      {others.isError && <ErrorState error={others.error} />}
      {others.data?.items.length === 0 && <EmptyState title={t('change.noOthers')} />}
      {others.data?.items.map((other) => (
        <div key={other.id} className="row between">
          <Checkbox checked={picked.includes(other.id)} onChange={(e) => toggle(other.id, e.target.checked)}>
            <span className="mono">{other.orderNo}</span> <StatusTag kind="order" value={other.status} />{' '}
            {!other.mergeable && <span className="muted">{t('change.unlike')}</span>}
          </Checkbox>
          <span>
            <CountText value={other.units} /> · <MoneyText value={other.total} />
          </span>
        </div>
      ))}
    </MergeBody>
  );
}
