import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Form, Input, InputNumber, Radio, Tabs, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { SpotCheck } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { PhotoField } from '../incidents/photo-field.tsx';
import { WarehouseFilter } from '../stock/warehouses.tsx';

type Record = Body<'/spot-checks/{checkId}/result', 'post'>;
type Values = { result: Record['result']; note?: string; photoId?: string; lines?: { [sku: string]: number | null } };
const RESULTS = ['ok', 'wrong', 'missing', 'damaged', 'mislabelled'] as const;
const VIEWS = ['pending', 'done', 'stats'] as const;

function RecordForm({ check, onDone }: { check: SpotCheck; onDone: () => void }) {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Values>();
  const result = Form.useWatch('result', form);
  const send = useSubmit(
    ({ result: found, note, photoId, lines }: Values, idempotencyKey) =>
      client.post('/spot-checks/{checkId}/result', {
        path: { checkId: check.id },
        body: {
          result: found,
          note: note ?? '',
          lines:
            found === 'ok'
              ? []
              : Object.entries(lines ?? {}).flatMap(([sku, quantity]) => (quantity ? [{ sku, quantity }] : [])),
          ...(photoId ? { photoId } : {}),
        },
        idempotencyKey,
      }),
    { onSuccess: onDone },
  );
  return (
    <Form form={form} layout="vertical" onFinish={(values) => send.mutate(values)}>
      <FormErrors form={form} error={send.error} />
      <Form.Item name="result" label={t('check.result')} rules={[{ required: true, message: t('ui.required') }]}>
        <Radio.Group
          optionType="button"
          options={RESULTS.map((value) => ({ value, label: word('checkResult', value) }))}
        />
      </Form.Item>
      {result !== undefined && result !== 'ok' && (
        <>
          <p className="muted">{t('check.wrongSays')}</p>
          {check.contents.map((line) => (
            <Form.Item key={line.sku} name={['lines', line.sku]} label={`${line.title} (${line.sku})`}>
              <InputNumber min={0} max={line.quantity} precision={0} placeholder="0" />
            </Form.Item>
          ))}
          <Form.Item name="photoId" label={t('incident.photo')}>
            <PhotoField />
          </Form.Item>
        </>
      )}
      <Form.Item name="note" label={t('incident.note')}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {t('check.record')}
      </Button>
    </Form>
  );
}

function CheckDrawer({ check, onClose }: { check: SpotCheck; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  return (
    <Drawer open size={640} title={<span className="mono">{check.parcelNo}</span>} onClose={onClose}>
      <div className="stack">
        <div className="row tight">
          <StatusTag kind="check" value={check.state} />
          {check.reasons.map((reason) => (
            <span key={reason} className="muted">
              {word('checkReason', reason)}
            </span>
          ))}
        </div>
        <Table
          size="small"
          rowKey="sku"
          pagination={false}
          dataSource={check.contents}
          columns={[
            { title: t('incident.sku'), render: (_, line) => <span className="mono">{line.sku}</span>, width: 160 },
            { title: t('check.goods'), render: (_, line) => <span className="wrap">{line.title}</span> },
            { title: t('incident.quantity'), dataIndex: 'quantity', align: 'right', width: 90 },
          ]}
        />
        {check.state === 'pending' && !check.may.includes('record') && (
          <Alert type="info" showIcon title={t('check.notYours')} />
        )}
        {check.may.includes('record') && <RecordForm check={check} onDone={onClose} />}
        {check.finding && (
          <p className="wrap">
            {word('checkResult', check.finding)} · {check.note}
          </p>
        )}
        {check.photoId && <img src={`/api/v1/spot-checks/${check.id}/photo`} alt="" style={{ maxWidth: '100%' }} />}
      </div>
    </Drawer>
  );
}

function useColumns(): TableColumnsType<SpotCheck> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('parcel.no'), width: 180, render: (_, c) => <span className="mono">{c.parcelNo}</span> },
    { title: t('check.packer'), width: 150, render: (_, c) => <span className="wrap">{c.packer}</span> },
    {
      title: t('check.reasons'),
      render: (_, c) => <span className="wrap">{c.reasons.map((r) => word('checkReason', r)).join('、')}</span>,
    },
    { title: t('incident.state'), width: 110, render: (_, c) => <StatusTag kind="check" value={c.state} /> },
    {
      title: t('check.result'),
      width: 120,
      render: (_, c) => (c.finding ? word('checkResult', c.finding) : <span className="muted">–</span>),
    },
    { title: t('check.since'), width: 140, render: (_, c) => <TimeText at={c.createdAt} relative /> },
    { title: t('check.by'), width: 140, render: (_, c) => <span className="wrap">{c.checkedBy ?? '–'}</span> },
  ];
}

function Stats() {
  const t = useT();
  const query = useQuery(oneQuery('/spot-checks/stats', { query: {} }));
  const rows = query.data?.items ?? [];
  return (
    <div className="zg-table">
      <Table
        size="small"
        rowKey={(row) => `${row.day}/${row.packerId}`}
        loading={query.isPending}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        dataSource={rows}
        scroll={{ x: 560 }}
        columns={[
          { title: t('check.day'), dataIndex: 'day', width: 120 },
          { title: t('check.packer'), render: (_, row) => <span className="wrap">{row.packer}</span> },
          {
            title: t('check.checked'),
            width: 100,
            align: 'right',
            render: (_, row) => <CountText value={row.checked} />,
          },
          {
            title: t('check.failed'),
            width: 100,
            align: 'right',
            render: (_, row) => <CountText value={row.failed} />,
          },
          {
            title: t('check.rate'),
            width: 110,
            align: 'right',
            render: (_, row) => (
              <span style={row.failed > 0 ? { color: 'var(--bad)', fontWeight: 600 } : {}}>
                {((row.failed * 100) / row.checked).toFixed(1)}%
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}

function Checks({ state }: { state?: 'pending' }) {
  const filters = useFilters(['view', 'warehouse']);
  const { view: _view, ...search } = filters.search;
  const query = useQuery(listQuery('/spot-checks', { ...search, ...(state ? { state } : {}), limit: filters.limit }));
  const [open, setOpen] = useState<SpotCheck>();
  return (
    <>
      <FilterBar filters={filters}>
        <WarehouseFilter filters={filters} />
      </FilterBar>
      <DataTable query={query} columns={useColumns()} rowKey="id" filters={filters} minWidthPx={980} onOpen={setOpen} />
      {open && <CheckDrawer check={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** Parcels that are opened again before they leave, by somebody who did not pack them. */
export default function SpotCheckPage() {
  const t = useT();
  const filters = useFilters(['view']);
  const view = VIEWS.find((name) => name === filters.search['view']) ?? 'pending';
  return (
    <Page title={t('check.list')} says={t('check.says')}>
      <Tabs
        activeKey={view}
        style={{ marginBottom: -16 }}
        items={VIEWS.map((key) => ({ key, label: t(`check.view.${key}`) }))}
        onChange={(key) => filters.set({ view: key })}
      />
      {view === 'pending' && <Checks key="pending" state="pending" />}
      {view === 'done' && <Checks key="done" />}
      {view === 'stats' && <Stats />}
    </Page>
  );
}
