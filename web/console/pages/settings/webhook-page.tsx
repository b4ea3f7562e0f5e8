import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { App, Button, type TableColumnsType } from 'antd';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Page as Rows, WebhookDelivery } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { type Filters, useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';

const STATES = ['pending', 'delivered', 'failed'] as const;
const REFRESH_MS = 5000;

const deliveriesQuery = (webhookId: string, filters: Filters) => {
  const query = { ...filters.search, limit: filters.limit };
  return queryOptions({
    queryKey: ['/webhooks/{webhookId}/deliveries', webhookId, query] as const,
    queryFn: async ({ signal }) =>
      (await client.read('/webhooks/{webhookId}/deliveries', {
        path: { webhookId },
        query,
        signal,
      })) as Rows<WebhookDelivery>,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
};

function Redeliver({ webhookId, row }: { webhookId: string; row: WebhookDelivery }) {
  const t = useT();
  const { message } = App.useApp();
  const titleOf = useErrorTitle();
  const send = useSubmit(
    (_: Record<never, never>, idempotencyKey) =>
      client.post('/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver', {
        path: { webhookId, deliveryId: row.id },
        idempotencyKey,
      }),
    { onError: (error) => void message.error(titleOf(error)) },
  );
  return (
    <Button size="small" type="link" loading={send.isPending} onClick={() => send.mutate({})}>
      {t('webhook.redeliver')}
    </Button>
  );
}

function useColumns(webhookId: string, mayWrite: boolean): TableColumnsType<WebhookDelivery> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('webhook.event'),
      render: (_, row) => (
        <>
          <div className="mono wrap">{row.type}</div>
          <div className="mono wrap muted">{row.key}</div>
        </>
      ),
    },
    { title: t('webhook.state'), width: 100, render: (_, row) => <StatusTag kind="delivery" value={row.state} /> },
    { title: t('webhook.attempts'), width: 70, align: 'right', render: (_, row) => row.attempts },
    {
      title: t('webhook.answer'),
      width: 140,
      render: (_, row) => word('webhookError', row.lastError ?? String(row.lastStatus ?? '')),
    },
    { title: t('webhook.queuedAt'), width: 120, render: (_, row) => <TimeText at={row.createdAt} /> },
    { title: t('webhook.nextAt'), width: 120, render: (_, row) => <TimeText at={row.nextAt} /> },
    {
      key: 'actions',
      width: 110,
      align: 'right',
      render: (_, row) => mayWrite && row.state !== 'pending' && <Redeliver webhookId={webhookId} row={row} />,
    },
  ];
}

/** What was sent to one endpoint, and what came of it. */
export default function WebhookPage() {
  const t = useT();
  const word = useWord();
  const { id } = useParams({ strict: false }) as { id: string };
  const filters = useFilters(['state']);
  const webhook = useQuery(listQuery('/webhooks', {})).data?.items.find((row) => row.id === id);
  const query = useQuery(deliveriesQuery(id, filters));
  const mayWrite = can(useQuery(meQuery).data, 'kernel.webhook.write');
  const columns = useColumns(id, mayWrite);
  return (
    <Page title={t('webhook.deliveries')} says={webhook?.url}>
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('webhook.state')}
          options={STATES.map((value) => ({ value, label: word('status.delivery', value) }))}
        />
      </FilterBar>
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} minWidthPx={960} />
    </Page>
  );
}
