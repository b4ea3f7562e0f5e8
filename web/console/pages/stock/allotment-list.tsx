import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Modal, Select, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery, warehousesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Allotment, SkuHit } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { CountText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { SkuPicker } from '../products/sku-picker.tsx';
import { SkuLink } from './sku-link.tsx';
import { useWarehouseName, WarehouseFilter } from './warehouses.tsx';

const QUANTITY_MAX = 100_000_000;
type Values = Pick<Allotment, 'sku' | 'warehouse' | 'channel' | 'quantity'>;
/** A row needs one key; channel, SKU and warehouse together are it. */
type KeyedRow = Allotment & { key: string };

/** Says how many units are kept from now on; for a row that is there, only the number can be changed. */
function AllotmentDialog({ row, onClose }: { row: Allotment | undefined; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const sku = Form.useWatch('sku', form);
  const save = useSubmit((body: Values, idempotencyKey) => client.put('/stock/allotments', { body, idempotencyKey }), {
    onSuccess: onClose,
  });
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  const first = warehouses[0]?.code;
  return (
    <Modal
      open
      title={t(row ? 'allotment.change' : 'allotment.new')}
      okText={t('ui.save')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={row ?? { ...(first ? { warehouse: first } : {}), quantity: 10 }}
        onFinish={(values) => save.mutate(values)}
      >
        <FormErrors form={form} error={save.error} />
        <p className="muted">{t('allotment.says')}</p>
        {!row && <SkuPicker onPick={(hit: SkuHit) => form.setFieldValue('sku', hit.sku)} />}
        <Form.Item name="sku" label={t('stock.sku')} rules={required}>
          <Input disabled value={sku} className="mono" />
        </Form.Item>
        <Form.Item name="warehouse" label={t('stock.warehouse')} rules={required}>
          <Select disabled={row !== undefined} options={warehouses.map((w) => ({ value: w.code, label: w.name }))} />
        </Form.Item>
        <Form.Item name="channel" label={t('allotment.channel')} rules={required} extra={t('allotment.channelSays')}>
          <Input disabled={row !== undefined} maxLength={40} />
        </Form.Item>
        <Form.Item
          name="quantity"
          label={t('allotment.quantity')}
          rules={[{ required: true, message: t('ui.required') }]}
          extra={t('allotment.quantitySays')}
        >
          <InputNumber min={0} max={QUANTITY_MAX} precision={0} style={{ width: 200 }} autoFocus={row !== undefined} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function useColumns(): TableColumnsType<KeyedRow> {
  const t = useT();
  const nameOf = useWarehouseName();
  return [
    { title: t('allotment.channel'), width: 180, render: (_, row) => <span className="wrap">{row.channel}</span> },
    { title: t('stock.sku'), render: (_, row) => <SkuLink sku={row.sku} title={row.title} /> },
    { title: t('stock.warehouse'), width: 180, render: (_, row) => nameOf(row.warehouse) },
    {
      title: t('allotment.left'),
      width: 120,
      align: 'right',
      render: (_, row) => <CountText value={row.quantity} />,
    },
  ];
}

/** Units kept for sales channels, and what is left of them. */
export default function AllotmentList() {
  const t = useT();
  const filters = useFilters(['sku', 'channel', 'warehouse']);
  const query = useQuery({
    ...listQuery('/stock/allotments', { ...filters.search, limit: filters.limit }),
    select: (page) => ({
      ...page,
      items: page.items.map((row): KeyedRow => ({ ...row, key: `${row.channel} ${row.sku} ${row.warehouse}` })),
    }),
  });
  const mayWrite = can(useQuery(meQuery).data, 'inventory.allotment.write');
  const columns = useColumns();
  const [open, setOpen] = useState<{ row?: Allotment }>();
  return (
    <Page
      title={t('nav.allotments')}
      says={t('allotment.says')}
      extra={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({})}>
            {t('allotment.new')}
          </Button>
        )
      }
    >
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} name="sku" placeholder={t('binStock.sku')} />
        <SearchFilter filters={filters} name="channel" placeholder={t('allotment.channel')} />
        <WarehouseFilter filters={filters} />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="key"
        filters={filters}
        minWidthPx={760}
        {...(mayWrite ? { onOpen: (row: KeyedRow) => setOpen({ row }) } : {})}
      />
      {open && <AllotmentDialog row={open.row} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
