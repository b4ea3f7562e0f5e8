import { Link } from '@tanstack/react-router';
import { Alert, Button, Form, Input, Modal, Table, Tag } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { client } from '../../../../api/instance.ts';
import type { Order } from '../../../../api/types.ts';
import { useSubmit } from '../../../../api/use-submit.ts';
import { ConfirmButton } from '../../../../ui/components/confirm-button.tsx';
import { FormErrors } from '../../../../ui/components/form-errors.tsx';
import { Panel } from '../../../../ui/components/page.tsx';
import { MoneyText, TimeText } from '../../../../ui/components/text.tsx';
import { parseMoney } from '../../../../ui/format/money.ts';
import { useT } from '../../../../ui/i18n.ts';
import { useHotkeys } from '../../../../ui/use-hotkeys.ts';
import './change.css';

const AmendDialog = lazy(() => import('./amend-dialog.tsx'));
const SplitDialog = lazy(() => import('./split-dialog.tsx'));
const MergeDialog = lazy(() => import('./merge-dialog.tsx'));

type LinkTo = { id: string; orderNo: string };

/** Numbers of orders as links. */
export function OrderLinks({ orders }: { orders: readonly LinkTo[] }) {
  return (
    <span className="row tight">
      {orders.map(({ id, orderNo }) => (
        <Link key={id} to="/orders/$id" params={{ id } as never} className="mono nowrap">
          {orderNo}
        </Link>
      ))}
    </span>
  );
}

/** What of the order goes on elsewhere, where it comes from, and what of a change waits. */
export function ChangeNotes({ order }: { order: Order }) {
  const t = useT();
  return (
    <>
      {order.superseded && (
        <Alert
          type="info"
          showIcon
          title={t(`change.superseded.${order.superseded}`)}
          description={<OrderLinks orders={order.supersededBy} />}
        />
      )}
      {!order.superseded && order.derived && (
        <div className="row tight">
          <Tag color="blue">{t(`change.derived.${order.derived}`)}</Tag>
          <OrderLinks orders={order.madeOf} />
        </div>
      )}
      {order.pendingChange && (
        <Alert
          type="warning"
          showIcon
          title={t('change.pending')}
          description={<TimeText at={order.pendingChange.expiresAt} relative />}
          action={
            <Link to="/approvals">
              <Button size="small">{t('change.toApprovals')}</Button>
            </Link>
          }
        />
      )}
    </>
  );
}

const DIALOGS = { amend: AmendDialog, split: SplitDialog, merge: MergeDialog } as const;
type Dialog = keyof typeof DIALOGS;
const KEYS: Record<Dialog, string> = { amend: 'e', split: 'd', merge: 'm' };

/** Change, split, merge, and undo: each where the server allows it; E, D and M on the keyboard. */
export function ChangeActions({ order }: { order: Order }) {
  const t = useT();
  const [open, setOpen] = useState<Dialog | undefined>();
  const may = (action: string) => order.may.includes(action);
  const allowed = (Object.keys(DIALOGS) as Dialog[]).filter(may);
  useHotkeys(Object.fromEntries(allowed.map((dialog) => [KEYS[dialog], () => setOpen(dialog)])));
  const path = { orderId: order.id };
  const undoSplit = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/orders/{orderId}/undo-split', { path, idempotencyKey }),
  );
  const undoMerge = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/orders/{orderId}/undo-merge', { path, idempotencyKey }),
  );
  const Shown = open && DIALOGS[open];
  return (
    <>
      {allowed.map((dialog) => (
        <Button key={dialog} onClick={() => setOpen(dialog)} aria-keyshortcuts={KEYS[dialog]}>
          {t(`change.${dialog}`)} <kbd>{KEYS[dialog].toUpperCase()}</kbd>
        </Button>
      ))}
      {may('undo_split') && (
        <ConfirmButton title={t('change.undoSplit')} says={t('change.undoSays')} act={() => undoSplit.mutateAsync({})}>
          {t('change.undoSplit')}
        </ConfirmButton>
      )}
      {may('undo_merge') && (
        <ConfirmButton title={t('change.undoMerge')} says={t('change.undoSays')} act={() => undoMerge.mutateAsync({})}>
          {t('change.undoMerge')}
        </ConfirmButton>
      )}
      {Shown && (
        <Suspense>
          <Shown order={order} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </>
  );
}

function RefundOrder({ order }: { order: Order }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<{ amount: string; reason: string }>();
  const { currency } = order.total;
  const refund = useSubmit(
    (body: { amount: number; reason: string }, idempotencyKey) =>
      client.post('/orders/{orderId}/refunds', { path: { orderId: order.id }, body, idempotencyKey }),
    { onSuccess: () => setOpen(false) },
  );
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('order.refund')}
      </Button>
      <Modal
        open={open}
        title={t('order.refund')}
        okText={t('order.refund')}
        confirmLoading={refund.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Form
          form={form}
          layout="vertical"
          preserve={false}
          onFinish={({ amount, reason }) => refund.mutate({ amount: parseMoney(amount, currency) ?? 0, reason })}
        >
          <FormErrors form={form} error={refund.error} />
          <Form.Item name="amount" label={t('payment.amount')} rules={required}>
            <Input inputMode="decimal" suffix={currency} autoFocus />
          </Form.Item>
          <Form.Item name="reason" label={t('ui.reason')} rules={required}>
            <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}

/** Whose payments an order made of others lives on. */
export function OrderFunds({ order }: { order: Order }) {
  const t = useT();
  if (order.funds.length === 0) return null;
  return (
    <Panel title={t('change.funds')} extra={order.may.includes('refund') && <RefundOrder order={order} />} flush>
      <Table<Order['funds'][number]>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={order.funds}
        columns={[
          { title: t('change.paidFor'), render: (_, fund) => <OrderLinks orders={[fund]} /> },
          { title: t('payment.amount'), align: 'right', render: (_, fund) => <MoneyText value={fund.amount} strong /> },
          { title: t('payment.refunded'), align: 'right', render: (_, fund) => <MoneyText value={fund.refunded} /> },
        ]}
      />
    </Panel>
  );
}
