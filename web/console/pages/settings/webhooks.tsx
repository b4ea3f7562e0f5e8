import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Switch, Tag, Tooltip, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Webhook } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { CreateWebhook, RotateSecret } from './webhook-dialogs.tsx';

const EVENTS_SHOWN = 3;

/** Whether events are sent, why not, and how it goes. */
function State({ row, mayWrite }: { row: Webhook; mayWrite: boolean }) {
  const t = useT();
  const { message } = App.useApp();
  const titleOf = useErrorTitle();
  const turn = useSubmit(
    (enabled: boolean) =>
      client.patch('/webhooks/{webhookId}', { path: { webhookId: row.id }, body: { enabled }, version: row.version }),
    { onError: (error) => void message.error(titleOf(error)) },
  );
  return (
    <span className="row tight">
      <Switch
        size="small"
        checked={row.enabled}
        loading={turn.isPending}
        disabled={!mayWrite}
        aria-label={t('webhook.enabled')}
        onChange={(enabled) => turn.mutate(enabled)}
      />
      {row.disabledReason === 'failing' && (
        <Tooltip title={t('webhook.failingSays')}>
          <Tag color="error">{t('webhook.gaveUp')}</Tag>
        </Tooltip>
      )}
      {row.enabled && row.failures > 0 && (
        <Tag color="warning">{t('webhook.failures', { failures: row.failures })}</Tag>
      )}
    </span>
  );
}

function Actions({ row }: { row: Webhook }) {
  const t = useT();
  const { message } = App.useApp();
  const titleOf = useErrorTitle();
  const path = { webhookId: row.id };
  const ping = useSubmit(
    (_: Record<never, never>, idempotencyKey) => client.post('/webhooks/{webhookId}/ping', { path, idempotencyKey }),
    {
      onSuccess: () => void message.success(t('webhook.pinged')),
      onError: (error) => void message.error(titleOf(error)),
    },
  );
  const remove = useSubmit((_: Record<never, never>) => client.delete('/webhooks/{webhookId}', { path }));
  return (
    <span className="row tight" style={{ justifyContent: 'flex-end' }}>
      <Button size="small" type="link" disabled={!row.enabled} loading={ping.isPending} onClick={() => ping.mutate({})}>
        {t('webhook.ping')}
      </Button>
      <RotateSecret webhookId={row.id} />
      <ConfirmButton
        size="small"
        type="link"
        danger
        title={t('webhook.remove')}
        says={t('webhook.removeSays')}
        act={() => remove.mutateAsync({})}
      >
        {t('webhook.remove')}
      </ConfirmButton>
    </span>
  );
}

function useColumns(mayWrite: boolean): TableColumnsType<Webhook> {
  const t = useT();
  return [
    {
      title: t('webhook.url'),
      render: (_, row) => (
        <Link to={`/settings/webhooks/${row.id}` as never} className="wrap">
          {row.url}
        </Link>
      ),
    },
    {
      title: t('webhook.events'),
      render: (_, row) => (
        <span className="row tight">
          {row.events.slice(0, EVENTS_SHOWN).map((event) => (
            <Tag key={event}>{event === '*' ? t('webhook.all') : event}</Tag>
          ))}
          {row.events.length > EVENTS_SHOWN && <Tag>+{row.events.length - EVENTS_SHOWN}</Tag>}
        </span>
      ),
    },
    { title: t('webhook.enabled'), width: 200, render: (_, row) => <State row={row} mayWrite={mayWrite} /> },
    { title: t('webhook.createdAt'), width: 120, render: (_, row) => <TimeText at={row.createdAt} /> },
    { key: 'actions', width: 260, align: 'right', render: (_, row) => mayWrite && <Actions row={row} /> },
  ];
}

/** Where events are sent, and whether they arrive. */
export default function Webhooks() {
  const t = useT();
  const filters = useFilters([]);
  const query = useQuery(listQuery('/webhooks', {}));
  const mayWrite = can(useQuery(meQuery).data, 'kernel.webhook.write');
  const [adding, setAdding] = useState(false);
  const columns = useColumns(mayWrite);
  return (
    <Page
      title={t('webhook.list')}
      says={t('webhook.says')}
      extra={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('webhook.new')}
          </Button>
        )
      }
    >
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} minWidthPx={1000} />
      {adding && <CreateWebhook onClose={() => setAdding(false)} />}
    </Page>
  );
}
