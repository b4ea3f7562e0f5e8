import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Form, InputNumber, Modal, Select, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery, warehousesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Wave } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';

const ORDERS_MAX = 200;

function StartWave({ onClose, onStarted }: { onClose: () => void; onStarted: (waveId: string) => void }) {
  const t = useT();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const [form] = Form.useForm<Body<'/waves', 'post'>>();
  const start = useSubmit(
    (body: Body<'/waves', 'post'>, idempotencyKey) => client.post('/waves', { body, idempotencyKey }),
    { onSuccess: (wave) => onStarted(wave.id) },
  );
  const first = warehouses[0]?.code;
  return (
    <Modal
      open
      title={t('wave.start')}
      okText={t('wave.start')}
      confirmLoading={start.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ limit: 20, ...(first ? { warehouse: first } : {}) }}
        onFinish={(values) => start.mutate(values)}
      >
        <FormErrors form={form} error={start.error} />
        <p className="muted">{t('wave.startSays')}</p>
        <Form.Item
          name="warehouse"
          label={t('stock.warehouse')}
          rules={[{ required: true, message: t('ui.required') }]}
        >
          <Select options={warehouses.map((w) => ({ value: w.code, label: w.name }))} />
        </Form.Item>
        <Form.Item name="limit" label={t('wave.limit')}>
          <InputNumber min={1} max={ORDERS_MAX} precision={0} style={{ width: 160 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function useColumns(): TableColumnsType<Wave> {
  const t = useT();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const nameOf = (code: string) => warehouses.find((w) => w.code === code)?.name ?? code;
  return [
    { title: t('wave.createdAt'), width: 150, render: (_, wave) => <TimeText at={wave.createdAt} /> },
    { title: t('stock.warehouse'), render: (_, wave) => <span className="wrap">{nameOf(wave.warehouse)}</span> },
    { title: t('wave.picks'), width: 110, align: 'right', render: (_, wave) => <CountText value={wave.picks} /> },
    {
      title: t('wave.open'),
      width: 110,
      align: 'right',
      render: (_, wave) => (
        <span style={wave.open > 0 ? { color: 'var(--warn)', fontWeight: 600 } : {}}>
          <CountText value={wave.open} />
        </span>
      ),
    },
  ];
}

/** Picking rounds, newest first; a new one takes the oldest orders that wait. */
export default function WaveList() {
  const t = useT();
  const navigate = useNavigate();
  const filters = useFilters(['warehouse']);
  const query = useQuery(listQuery('/waves', { ...filters.search, limit: filters.limit }));
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const mayStart = can(useQuery(meQuery).data, 'fulfilment.wave.write');
  const columns = useColumns();
  const [starting, setStarting] = useState(false);
  const open = (id: string) => void navigate({ to: '/waves/$id', params: { id } as never });
  return (
    <Page
      title={t('wave.list')}
      says={t('wave.says')}
      extra={
        mayStart && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setStarting(true)}>
            {t('wave.start')}
          </Button>
        )
      }
    >
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="warehouse"
          label={t('stock.warehouse')}
          options={warehouses.map((w) => ({ value: w.code, label: w.name }))}
        />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={640}
        onOpen={(wave) => open(wave.id)}
      />
      {starting && <StartWave onClose={() => setStarting(false)} onStarted={open} />}
    </Page>
  );
}
