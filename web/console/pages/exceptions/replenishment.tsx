import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, DatePicker, Form, Input, Modal, type TableColumnsType } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Replenishment } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { momentOf } from './answer-buttons.tsx';

type Values = { expectedAt: Dayjs; note?: string };

function ExpectDialog({ row, onClose }: { row: Replenishment; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const send = useSubmit(
    ({ expectedAt, note = '' }: Values, idempotencyKey) =>
      client.post('/replenishments/{sku}/expect', {
        path: { sku: row.sku },
        body: { expectedAt: momentOf(expectedAt), note },
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  return (
    <Modal
      open
      title={t('replenishment.expect')}
      okText={t('ui.save')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="wrap">
        {row.title} <span className="mono">{row.sku}</span>
      </p>
      <Form form={form} layout="vertical" initialValues={{ note: row.note }} onFinish={(values) => send.mutate(values)}>
        <FormErrors form={form} error={send.error} />
        <Form.Item
          name="expectedAt"
          label={t('exception.expected')}
          rules={[{ required: true, message: t('ui.required') }]}
        >
          <DatePicker showTime={{ format: 'HH:mm' }} autoFocus />
        </Form.Item>
        <Form.Item name="note" label={t('exception.note')}>
          <Input maxLength={300} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** What orders wait for, SKU by SKU: purchasing names the day it comes, and agents promise no other. */
export function ReplenishmentTab() {
  const t = useT();
  const filters = useFilters(['view']);
  const [row, setRow] = useState<Replenishment>();
  const { view: _view, ...page } = filters.search;
  const query = useQuery(listQuery('/replenishments', { ...page, limit: filters.limit }));
  const me = useQuery(meQuery).data;
  const mayWrite = can(me, 'orders.replenishment.write');
  const maySeePlan = can(me, 'inventory.replenishment.read');
  const columns: TableColumnsType<Replenishment> = [
    {
      title: t('replenishment.goods'),
      render: (_, item) => (
        <Link to="/stock/sku/$sku" params={{ sku: item.sku } as never} className="wrap">
          {item.title} <span className="mono muted">{item.sku}</span>
        </Link>
      ),
    },
    {
      title: t('replenishment.units'),
      dataIndex: 'units',
      width: 110,
      align: 'right',
      render: (n: number) => <CountText value={n} />,
    },
    {
      title: t('replenishment.orders'),
      dataIndex: 'orders',
      width: 110,
      align: 'right',
      render: (n: number) => <CountText value={n} />,
    },
    { title: t('replenishment.askedAt'), width: 140, render: (_, item) => <TimeText at={item.askedAt} relative /> },
    { title: t('exception.expected'), width: 140, render: (_, item) => <TimeText at={item.expectedAt} /> },
    { title: t('exception.note'), width: 200, render: (_, item) => <span className="clamp2">{item.note || '–'}</span> },
    {
      key: 'actions',
      width: 150,
      align: 'right',
      render: (_, item) =>
        mayWrite && (
          <Button size="small" onClick={() => setRow(item)}>
            {t('replenishment.expect')}
          </Button>
        ),
    },
  ];
  return (
    <>
      {maySeePlan && (
        <Link to="/stock/replenishment" className="wrap">
          {t('replenishment.toPlan')}
        </Link>
      )}
      <DataTable query={query} columns={columns} rowKey="sku" filters={filters} minWidthPx={900} />
      {row && <ExpectDialog row={row} onClose={() => setRow(undefined)} />}
    </>
  );
}
