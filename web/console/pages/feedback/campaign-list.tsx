import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DatePicker, Form, Input, InputNumber, Select, Tag, type TableColumnsType } from 'antd';
import type { Dayjs } from 'dayjs';
import { listQuery, meQuery, shopsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { NpsCampaign } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { dayStart } from '../../../ui/format/time.ts';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { FormButton } from '../../form-button.tsx';
import { index, percent } from './figures.ts';

type Values = { name: string; days: [Dayjs, Dayjs]; shop?: string; sample: number };

function NewCampaign() {
  const t = useT();
  const shops = useQuery(shopsQuery).data?.items ?? [];
  const rules = [{ required: true, message: t('ui.required') }];
  return (
    <FormButton<Values>
      label={t('campaign.new')}
      type="primary"
      says={t('campaign.newSays')}
      initial={{ sample: 100 }}
      fields={
        <>
          <Form.Item name="name" label={t('campaign.name')} rules={rules}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="days" label={t('campaign.orders')} rules={rules}>
            <DatePicker.RangePicker style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="shop" label={t('campaign.shop')}>
            <Select
              allowClear
              placeholder={t('campaign.allShops')}
              options={shops.map((s) => ({ value: s.code, label: s.name }))}
            />
          </Form.Item>
          <Form.Item name="sample" label={t('campaign.sample')} rules={rules}>
            <InputNumber min={1} max={10_000} style={{ width: '100%' }} />
          </Form.Item>
        </>
      }
      send={({ name, days, shop, sample }, idempotencyKey) =>
        client.post('/nps-campaigns', {
          body: {
            name,
            sample,
            ordersFrom: dayStart(days[0].format('YYYY-MM-DD')),
            ordersTo: dayStart(days[1].add(1, 'day').format('YYYY-MM-DD')),
            ...(shop ? { shop } : {}),
          },
          idempotencyKey,
        })
      }
    />
  );
}

function Acts({ campaign }: { campaign: NpsCampaign }) {
  const t = useT();
  const move = useSubmit((event: 'start' | 'cancel', idempotencyKey) =>
    client.post('/nps-campaigns/{campaignId}/move', {
      path: { campaignId: campaign.id },
      body: { event },
      idempotencyKey,
    }),
  );
  return (
    <span className="row tight">
      {campaign.may.map((event) => (
        <ConfirmButton
          key={event}
          title={t(`campaign.${event}`)}
          says={t(`campaign.${event}Says`, { sample: campaign.sample })}
          act={() => move.mutateAsync(event)}
        >
          {t(`campaign.${event}`)}
        </ConfirmButton>
      ))}
    </span>
  );
}

function useColumns(): TableColumnsType<NpsCampaign> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('campaign.one'),
      render: (_, r) => (
        <div className="stack tight">
          <Link to="/feedback" search={{ kind: 'nps', campaignId: r.id } as never}>
            {r.name}
          </Link>
          <span className="muted">
            <TimeText at={r.ordersFrom} /> – <TimeText at={r.ordersTo} /> · {r.shop ?? t('campaign.allShops')}
          </span>
        </div>
      ),
    },
    { title: t('campaign.state'), width: 100, render: (_, r) => <Tag>{word('campaignState', r.state)}</Tag> },
    { title: t('campaign.sample'), width: 90, align: 'right', render: (_, r) => r.sample },
    { title: t('campaign.found'), width: 110, align: 'right', render: (_, r) => r.found ?? '–' },
    {
      title: t('feedback.answered'),
      width: 120,
      align: 'right',
      render: (_, r) => `${r.figures.answered} / ${r.figures.asked}`,
    },
    { title: t('feedback.rate'), width: 90, align: 'right', render: (_, r) => percent(r.figures.ratePermille) },
    { title: 'NPS', width: 80, align: 'right', render: (_, r) => index('nps', r.figures.indexPermille) },
    { title: '', width: 170, render: (_, r) => <Acts campaign={r} /> },
  ];
}

/** Campaigns that ask a sample of customers whether they would recommend the shop. */
export default function CampaignList() {
  const t = useT();
  const filters = useFilters([]);
  const query = useQuery(listQuery('/nps-campaigns', { ...filters.search, limit: filters.limit } as never));
  const mayWrite = can(useQuery(meQuery).data, 'support.campaign.write');
  return (
    <Page title={t('campaign.list')} says={t('campaign.listSays')} extra={mayWrite && <NewCampaign />}>
      <DataTable
        query={query}
        columns={useColumns()}
        rowKey="id"
        filters={filters}
        empty={<EmptyState title={t('campaign.none')} />}
      />
    </Page>
  );
}
