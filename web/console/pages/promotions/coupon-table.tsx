import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, DatePicker, Form, InputNumber, Modal, type TableColumnsType } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { QueryOf } from '../../../api/paths.ts';
import type { Coupon, Offer } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { fromWall } from '../../../ui/format/time.ts';
import { useT } from '../../../ui/i18n.ts';
import type { Filters } from '../../../ui/use-filters.ts';

const STATES = ['free', 'used', 'expired'];
const SHOWN_MAX = 1000;
const COUNT_MAX = 100_000;

type Wish = { count: number; expiresAt?: Dayjs | null };

/** Makes codes and shows them once they are there; more than a thousand are better exported. */
function IssueDialog({ offer, onClose }: { offer: Offer; onClose: () => void }) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Wish>();
  const issue = useSubmit(({ count, expiresAt }: Wish, idempotencyKey) =>
    client.post('/offers/{offerId}/coupons', {
      path: { offerId: offer.id },
      body: { count, ...(expiresAt ? { expiresAt: fromWall(expiresAt.format('YYYY-MM-DDTHH:mm:ss')) } : {}) },
      idempotencyKey,
    }),
  );
  const codes = issue.data?.codes;
  const copy = async () => {
    await navigator.clipboard.writeText((codes ?? []).join('\n'));
    void message.success(t('offer.copied', { count: codes?.length ?? 0 }));
  };
  return (
    <Modal
      open
      title={t('offer.issue')}
      okText={codes ? t('offer.copyAll') : t('offer.issue')}
      cancelText={codes ? t('ui.done') : t('ui.cancel')}
      confirmLoading={issue.isPending}
      onOk={() => (codes ? void copy() : form.submit())}
      onCancel={onClose}
    >
      {codes ? (
        <>
          <p>{t('offer.issued', { count: codes.length })}</p>
          <pre className="mono zg-codes" data-testid="codes">
            {codes.slice(0, SHOWN_MAX).join('\n')}
          </pre>
          {codes.length > SHOWN_MAX && <p className="muted">{t('offer.issuedMore', { count: SHOWN_MAX })}</p>}
        </>
      ) : (
        <Form form={form} layout="vertical" initialValues={{ count: 100 }} onFinish={(wish) => issue.mutate(wish)}>
          <FormErrors form={form} error={issue.error} />
          <Form.Item
            name="count"
            label={t('offer.issueCount')}
            rules={[{ required: true, message: t('ui.required') }]}
            extra={t('offer.issueSays')}
          >
            <InputNumber min={1} max={COUNT_MAX} precision={0} style={{ width: '100%' }} autoFocus />
          </Form.Item>
          <button type="submit" hidden />
          <Form.Item name="expiresAt" label={t('offer.expiresAt')} extra={t('offer.expiresSays')}>
            <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}

function useColumns(): TableColumnsType<Coupon> {
  const t = useT();
  return [
    {
      title: t('offer.coupon'),
      render: (_, c) => (
        <span className="mono">
          {c.code} {c.personal && <StatusTag kind="coupon" value="personal" />}
        </span>
      ),
    },
    { title: t('offer.state'), width: 100, render: (_, c) => <StatusTag kind="coupon" value={c.state} /> },
    { title: t('offer.issuedAt'), width: 130, render: (_, c) => <TimeText at={c.issuedAt} /> },
    { title: t('offer.expiresAt'), width: 130, render: (_, c) => <TimeText at={c.expiresAt} /> },
    { title: t('offer.usedAt'), width: 130, render: (_, c) => <TimeText at={c.usedAt} /> },
    {
      title: t('offer.usedBy'),
      width: 110,
      render: (_, c) =>
        c.orderId ? (
          <Link to="/orders/$id" params={{ id: c.orderId } as never}>
            {t('offer.usedOrder')}
          </Link>
        ) : (
          '–'
        ),
    },
  ];
}

/** The coupons of an offer: how far each is, new ones, and all of them as a file. */
export function CouponTable({ offer, filters }: { offer: Offer; filters: Filters<'tab' | 'state' | 'q'> }) {
  const t = useT();
  const { message } = App.useApp();
  const [issuing, setIssuing] = useState(false);
  const { tab: _tab, ...search } = filters.search;
  const query = useQuery({
    ...oneQuery('/offers/{offerId}/coupons', {
      path: { offerId: offer.id },
      query: { ...search, limit: filters.limit } as QueryOf<'/offers/{offerId}/coupons'>,
    }),
    placeholderData: keepPreviousData,
  });
  const start = useSubmit(
    (_: Record<never, never>, idempotencyKey) =>
      client.post('/exports', {
        body: { kind: 'coupons', format: 'csv', filters: { offerId: offer.id } } as never,
        idempotencyKey,
      }),
    { onSuccess: () => void message.success(<Link to={'/exports' as never}>{t('offer.exporting')}</Link>) },
  );
  const columns = useColumns();
  return (
    <div className="stack">
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('offer.couponSearch')} />
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('offer.state')}
          options={STATES.map((value) => ({ value, label: t(`status.coupon.${value}`) }))}
        />
        <span style={{ flex: 1 }} />
        <Button icon={<DownloadOutlined />} loading={start.isPending} onClick={() => start.mutate({})}>
          {t('offer.exportCoupons')}
        </Button>
        {offer.may.includes('issue_coupons') && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setIssuing(true)}>
            {t('offer.issue')}
          </Button>
        )}
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="code"
        filters={filters}
        empty={<EmptyState title={t('offer.noCoupons')} />}
      />
      {issuing && <IssueDialog offer={offer} onClose={() => setIssuing(false)} />}
    </div>
  );
}
