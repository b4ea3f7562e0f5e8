import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Modal, Radio, Select, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { isRunning, listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { ExportRun } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { RunProgress } from './run-progress.tsx';

/** What may be exported, each with the permission to read it. */
const KINDS = [
  { kind: 'orders', needs: 'orders.order.read' },
  { kind: 'ledger', needs: 'payments.ledger.read' },
  { kind: 'products', needs: 'catalog.product.read' },
  { kind: 'stock', needs: 'inventory.stock.read' },
  { kind: 'packing_materials', needs: 'fulfilment.carton.read' },
  { kind: 'spot_checks', needs: 'fulfilment.spot_check.read' },
  { kind: 'incidents', needs: 'fulfilment.incident.read' },
  { kind: 'replenishment', needs: 'inventory.replenishment.read' },
  { kind: 'reconciliation', needs: 'payments.reconciliation.read' },
  { kind: 'stock-bins', needs: 'inventory.stock.read' },
] as const;

function NewExport({ kinds, onClose }: { kinds: string[]; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Body<'/exports', 'post'>>();
  const start = useSubmit(
    (body: Body<'/exports', 'post'>, idempotencyKey) => client.post('/exports', { body, idempotencyKey }),
    { onSuccess: onClose },
  );
  return (
    <Modal
      open
      title={t('export.new')}
      okText={t('import.start')}
      confirmLoading={start.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: kinds[0], format: 'csv' }}
        onFinish={(values) => start.mutate(values)}
      >
        <FormErrors form={form} error={start.error} />
        <p className="muted">{t('export.says')}</p>
        <Form.Item name="kind" label={t('import.kind')}>
          <Select options={kinds.map((value) => ({ value, label: t(`importKind.${value}`) }))} />
        </Form.Item>
        <Form.Item name="format" label={t('export.format')}>
          <Radio.Group
            options={[
              { value: 'csv', label: 'CSV' },
              { value: 'xlsx', label: 'XLSX' },
            ]}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function useColumns(): TableColumnsType<ExportRun> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('import.kind'), width: 130, render: (_, run) => word('importKind', run.kind) },
    { title: t('export.format'), width: 90, render: (_, run) => run.format.toUpperCase() },
    { title: t('import.status'), width: 110, render: (_, run) => <StatusTag kind="import" value={run.status} /> },
    { title: t('import.progress'), render: (_, run) => <RunProgress run={run} /> },
    { title: t('export.rows'), width: 100, align: 'right', render: (_, run) => <CountText value={run.done} /> },
    { title: t('import.createdAt'), width: 120, render: (_, run) => <TimeText at={run.createdAt} /> },
    {
      key: 'actions',
      width: 130,
      align: 'right',
      render: (_, run) =>
        run.downloadUrl ? (
          <Button size="small" icon={<DownloadOutlined />} href={run.downloadUrl} download>
            {t('export.download')}
          </Button>
        ) : (
          run.problem && <span className="wrap">{run.problem.message}</span>
        ),
    },
  ];
}

/** Tables written out for other programs, made in the background. */
export default function ExportList() {
  const t = useT();
  const filters = useFilters([]);
  const query = useQuery({
    ...listQuery('/exports', { ...filters.search, limit: filters.limit }),
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? 1000 : false),
  });
  const me = useQuery(meQuery).data;
  const kinds = KINDS.filter(({ needs }) => can(me, needs)).map(({ kind }) => kind);
  const columns = useColumns();
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={t('export.list')}
      extra={
        kinds.length > 0 && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('export.new')}
          </Button>
        )
      }
    >
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} />
      {adding && <NewExport kinds={kinds} onClose={() => setAdding(false)} />}
    </Page>
  );
}
