import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Form, Input, Modal, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { BackInStock, BackInStockCount } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { MaskedText, useReveal } from '../../../ui/components/masked-text.tsx';
import { ErrorState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';

type Values = { sku: string; email?: string; phone?: string; name?: string };

function AskDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const send = useSubmit(
    ({ sku, email, phone, name }: Values, idempotencyKey) =>
      client.post('/back-in-stock', {
        body: {
          sku,
          customer: { ...(email ? { email } : {}), ...(phone ? { phone } : {}), ...(name ? { name } : {}) },
        },
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  return (
    <Modal
      open
      title={t('backInStock.ask')}
      okText={t('ui.save')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(values) => send.mutate(values)}>
        <FormErrors form={form} error={send.error} rename={(name) => (name[0] === 'customer' ? name.slice(1) : name)} />
        <Form.Item name="sku" label={t('backInStock.sku')} rules={[{ required: true, message: t('ui.required') }]}>
          <Input maxLength={80} autoFocus />
        </Form.Item>
        <Form.Item name="email" label={t('customer.email')}>
          <Input maxLength={320} type="email" />
        </Form.Item>
        <Form.Item name="phone" label={t('customer.phone')} extra={t('backInStock.contactSays')}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="name" label={t('customer.name')}>
          <Input maxLength={100} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Who({ row, maySee }: { row: BackInStock; maySee: boolean }) {
  const { shown, button, dialog } = useReveal('back_in_stock', row.id);
  return (
    <span className="row tight">
      <MaskedText masked={row.name} clear={shown['name']} />
      <MaskedText masked={row.email} clear={shown['email']} />
      <MaskedText masked={row.phone} clear={shown['phone']} />
      {maySee && button}
      {dialog}
    </span>
  );
}

/** Who waits for one SKU, or was told. */
function WaitingDrawer({ sku, onClose }: { sku: BackInStockCount; onClose: () => void }) {
  const t = useT();
  const maySee = can(useQuery(meQuery).data, 'compliance.personal_data.reveal');
  const query = useQuery({
    queryKey: ['/back-in-stock', sku.sku],
    queryFn: ({ signal }) =>
      client.get('/back-in-stock/{sku}', { path: { sku: sku.sku }, query: { limit: 200 }, signal }),
  });
  return (
    <Drawer open size={640} title={`${sku.title} (${sku.sku})`} onClose={onClose}>
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      <Table<BackInStock>
        size="small"
        rowKey="id"
        loading={query.isPending}
        pagination={false}
        dataSource={query.data?.items ?? []}
        columns={[
          { title: t('backInStock.who'), render: (_, row) => <Who row={row} maySee={maySee} /> },
          { title: t('exception.state'), render: (_, row) => <StatusTag kind="waiting" value={row.state} /> },
          { title: t('backInStock.since'), render: (_, row) => <TimeText at={row.createdAt} /> },
        ]}
      />
    </Drawer>
  );
}

/** Goods people wait for, and who they are; they are told once, when the goods can be ordered again. */
export function BackInStockTab() {
  const t = useT();
  const filters = useFilters(['view']);
  const [asking, setAsking] = useState(false);
  const [open, setOpen] = useState<BackInStockCount>();
  const { view: _view, ...page } = filters.search;
  const query = useQuery(listQuery('/back-in-stock', { ...page, limit: filters.limit }));
  const mayWrite = can(useQuery(meQuery).data, 'orders.back_in_stock.write');
  const columns: TableColumnsType<BackInStockCount> = [
    {
      title: t('replenishment.goods'),
      render: (_, row) => (
        <span className="wrap">
          {row.title} <span className="mono muted">{row.sku}</span>
        </span>
      ),
    },
    {
      title: t('backInStock.waiting'),
      dataIndex: 'waiting',
      width: 120,
      align: 'right',
      render: (n: number) => <CountText value={n} />,
    },
    {
      title: t('backInStock.available'),
      dataIndex: 'available',
      width: 120,
      align: 'right',
      render: (n: number) => <CountText value={n} />,
    },
    { title: t('backInStock.since'), width: 160, render: (_, row) => <TimeText at={row.since} relative /> },
  ];
  return (
    <>
      {mayWrite && (
        <div className="row">
          <Button onClick={() => setAsking(true)}>{t('backInStock.ask')}</Button>
        </div>
      )}
      <DataTable query={query} columns={columns} rowKey="sku" filters={filters} minWidthPx={640} onOpen={setOpen} />
      {asking && <AskDialog onClose={() => setAsking(false)} />}
      {open && <WaitingDrawer sku={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}
