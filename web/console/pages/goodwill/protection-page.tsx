import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Form, Input, Modal, Segmented, Table, type TableColumnsType, Tabs, Tag } from 'antd';
import { useState } from 'react';
import { listQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Schemas } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';

type Protection = Schemas['PriceProtection'];
type Fall = Schemas['PriceFall'];
const HOW = ['nightly', 'customer', 'agent'] as const;

function RefundAgain({ row }: { row: Protection }) {
  const t = useT();
  const again = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/after-sales/price-protections/{protectionId}/refund-again', {
      path: { protectionId: row.id },
      idempotencyKey,
    }),
  );
  return (
    <ConfirmButton
      size="small"
      title={t('protection.again')}
      says={t('protection.againSays')}
      act={() => again.mutateAsync({})}
    >
      {t('protection.again')}
    </ConfirmButton>
  );
}

function useColumns(): TableColumnsType<Protection> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('protection.order'),
      width: 170,
      render: (_, r) => (
        <Link to="/orders/$id" params={{ id: r.orderId } as never} className="mono">
          {r.orderNo}
        </Link>
      ),
    },
    {
      title: t('protection.goods'),
      render: (_, r) => (
        <>
          <span className="mono">{r.sku}</span> × {r.units}
          <div className="wrap clamp2">{r.title}</div>
        </>
      ),
    },
    {
      title: t('protection.fall'),
      width: 200,
      render: (_, r) => (
        <>
          <MoneyText value={r.priceFrom} /> → <MoneyText value={r.priceTo} />
          <div>
            <TimeText at={r.fellAt} />
          </div>
        </>
      ),
    },
    {
      title: t('protection.amount'),
      width: 120,
      align: 'right',
      render: (_, r) => (
        <>
          <MoneyText value={r.amount} strong />
          {r.givenUp.amount > 0 && <Tag color="error">{t('protection.givenUp')}</Tag>}
        </>
      ),
    },
    {
      title: t('protection.how'),
      width: 170,
      render: (_, r) => (
        <>
          <div>
            {word('protectionHow', r.how)} {r.points > 0 && <Tag>{t('goodwill.pointsOf', { points: r.points })}</Tag>}
          </div>
          <TimeText at={r.at} />
        </>
      ),
    },
    {
      key: 'do',
      width: 120,
      align: 'right',
      render: (_, r) => r.may.includes('refund_again') && <RefundAgain row={r} />,
    },
  ];
}

function List() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(['tab', 'how', 'givenUp']);
  const { tab: _tab, ...search } = filters.search;
  const query = useQuery(listQuery('/after-sales/price-protections', { ...search, limit: filters.limit } as never));
  const columns = useColumns();
  return (
    <>
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="how"
          label={t('protection.how')}
          options={HOW.map((value) => ({ value, label: word('protectionHow', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="givenUp"
          label={t('protection.givenUp')}
          options={[{ value: 'true', label: t('protection.givenUp') }]}
        />
      </FilterBar>
      <DataTable
        query={query as never}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={980}
        empty={<EmptyState title={t('protection.none')} />}
      />
    </>
  );
}

/** Whether a fall was meant, and why one thinks so. */
function JudgeDialog({ fall, onClose }: { fall: Fall; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<{ reason: string }>();
  const [verdict, choose] = useState<'genuine' | 'error'>('genuine');
  const judge = useSubmit(
    ({ reason }: { reason: string }, idempotencyKey) =>
      client.post('/after-sales/price-falls', {
        body: { sku: fall.sku, fromAt: fall.fromAt, verdict, reason },
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  return (
    <Modal
      open
      title={t('protection.judge')}
      okText={t('ui.save')}
      confirmLoading={judge.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p>
        <span className="mono">{fall.sku}</span> <MoneyText value={fall.was} /> →{' '}
        <MoneyText value={fall.price} strong />
      </p>
      <Segmented
        block
        value={verdict}
        options={(['genuine', 'error'] as const).map((value) => ({ value, label: t(`protection.verdict.${value}`) }))}
        onChange={choose}
      />
      <p className="muted wrap">{t(`protection.verdictSays.${verdict}`)}</p>
      <Form form={form} layout="vertical" onFinish={(values) => judge.mutate(values)}>
        <FormErrors form={form} error={judge.error} />
        <Form.Item
          name="reason"
          label={t('ui.reason')}
          rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
        >
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Falls() {
  const t = useT();
  const query = useQuery(oneQuery('/after-sales/price-falls'));
  const [judging, judge] = useState<Fall>();
  const columns: TableColumnsType<Fall> = [
    {
      title: t('protection.goods'),
      render: (_, f) => (
        <>
          <span className="mono">{f.sku}</span>
          <div className="wrap clamp2">{f.title}</div>
        </>
      ),
    },
    {
      title: t('protection.fall'),
      width: 220,
      render: (_, f) => (
        <>
          <MoneyText value={f.was} /> → <MoneyText value={f.price} strong />
        </>
      ),
    },
    { title: '%', width: 70, align: 'right', render: (_, f) => <CountText value={f.percent} /> },
    { title: t('protection.since'), width: 150, render: (_, f) => <TimeText at={f.fromAt} /> },
    { title: t('goodwill.status'), width: 120, render: (_, f) => <StatusTag kind="fall" value={f.state} /> },
    {
      title: t('ui.reason'),
      width: 220,
      render: (_, f) => (
        <span className="wrap">
          {f.reason} <span className="muted">{f.judgedBy}</span>
        </span>
      ),
    },
    {
      key: 'do',
      width: 100,
      align: 'right',
      render: (_, f) =>
        f.may.includes('judge') && (
          <Button size="small" type={f.state === 'held' ? 'primary' : 'default'} onClick={() => judge(f)}>
            {t('protection.judge')}
          </Button>
        ),
    },
  ];
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <Table
        size="small"
        rowKey={(f) => f.sku + f.fromAt}
        columns={columns}
        dataSource={query.data?.items ?? []}
        loading={query.isPending}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 1000 }}
        locale={{ emptyText: <EmptyState title={t('protection.noFalls')} /> }}
      />
      {judging && <JudgeDialog fall={judging} onClose={() => judge(undefined)} />}
    </>
  );
}

function Head() {
  const t = useT();
  const { data } = useQuery(oneQuery('/after-sales/price-protections/summary'));
  if (!data) return null;
  const [last] = data.runs;
  return (
    <div className="stack">
      {data.held > 0 && <Alert type="warning" showIcon title={t('protection.heldSays', { count: data.held })} />}
      <div className="row">
        {data.last30Days.map((s) => (
          <span key={s.amount.currency}>
            {t('protection.last30')} <MoneyText value={s.amount} strong /> · {t('protection.lines', { count: s.lines })}
          </span>
        ))}
        {last && (
          <span className="muted">
            {t('protection.lastRun', { skus: last.skus, orders: last.orders, lines: last.lines })}{' '}
            <TimeText at={last.endedAt ?? last.startedAt} />
          </span>
        )}
      </div>
    </div>
  );
}

/** What went back because prices fell, and which falls wait for a word. */
export default function ProtectionPage() {
  const t = useT();
  const filters = useFilters(['tab', 'how', 'givenUp']);
  const tab = filters.search.tab ?? 'list';
  return (
    <Page title={t('protection.title')} says={t('protection.says')}>
      <Head />
      <Panel>
        <Tabs
          activeKey={tab}
          destroyOnHidden
          items={[
            { key: 'list', label: t('protection.list'), children: <List /> },
            { key: 'falls', label: t('protection.falls'), children: <Falls /> },
          ]}
          onChange={(key) => filters.set({ tab: key === 'list' ? undefined : key, how: undefined, givenUp: undefined })}
        />
      </Panel>
    </Page>
  );
}
