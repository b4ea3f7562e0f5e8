import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Form, Input, Modal, Select, Tag, Typography, type TableColumnsType } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { listQuery, meQuery, permissionsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { ApiKey } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';

const ALL: ReadonlySet<string> = new Set(['*', 'all']);

type Values = { name: string; scopes: string[]; expiresAt?: Dayjs | null };

function KeyShownOnce({ secret }: { secret: string }) {
  const t = useT();
  return (
    <div className="stack">
      <Alert type="warning" showIcon title={t('apiKey.once')} />
      <Typography.Text copyable code className="mono">
        {secret}
      </Typography.Text>
    </div>
  );
}

function CreateKey({ onClose }: { onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Values>();
  const permissions = useQuery(permissionsQuery).data?.items ?? [];
  const create = useSubmit(({ name, scopes, expiresAt }: Values, idempotencyKey) =>
    client.post('/api-keys', {
      body: { name, scopes, ...(expiresAt ? { expiresAt: expiresAt.endOf('day').toISOString() } : {}) },
      idempotencyKey,
    }),
  );
  const secret = create.data?.key;
  const required = [{ required: true, message: t('ui.required') }];
  const options = [
    { value: '*', label: t('apiKey.all') },
    ...permissions.map(({ permission }) => ({
      value: permission,
      label: `${word('permission', permission)} (${permission})`,
    })),
  ];
  return (
    <Modal
      open
      title={t('apiKey.new')}
      okText={t(secret ? 'ui.done' : 'apiKey.create')}
      confirmLoading={create.isPending}
      mask={{ closable: false }}
      {...(secret ? { cancelButtonProps: { hidden: true } } : {})}
      onOk={() => (secret ? onClose() : form.submit())}
      onCancel={onClose}
    >
      {secret ? (
        <KeyShownOnce secret={secret} />
      ) : (
        <Form form={form} layout="vertical" initialValues={{ scopes: [] }} onFinish={(values) => create.mutate(values)}>
          <FormErrors form={form} error={create.error} />
          <Form.Item name="name" label={t('apiKey.name')} rules={required}>
            <Input maxLength={80} autoFocus />
          </Form.Item>
          <Form.Item name="scopes" label={t('apiKey.scopes')} rules={required} extra={t('apiKey.scopesSays')}>
            <Select mode="multiple" options={options} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
          <Form.Item name="expiresAt" label={t('apiKey.expiresAt')}>
            <DatePicker style={{ width: '100%' }} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}

function useColumns(mayWrite: boolean): TableColumnsType<ApiKey> {
  const t = useT();
  const word = useWord();
  const revoke = useSubmit((keyId: string, idempotencyKey) =>
    client.post('/api-keys/{keyId}/revoke', { path: { keyId }, idempotencyKey }),
  );
  return [
    { title: t('apiKey.name'), render: (_, row) => <span className="wrap">{row.name}</span> },
    { title: t('apiKey.prefix'), width: 150, render: (_, row) => <span className="mono">{row.prefix}…</span> },
    {
      title: t('apiKey.scopes'),
      render: (_, row) => (
        <span className="row tight">
          {row.scopes.slice(0, 3).map((scope) => (
            <Tag key={scope}>{ALL.has(scope) ? t('apiKey.all') : word('permission', scope)}</Tag>
          ))}
          {row.scopes.length > 3 && <Tag>+{row.scopes.length - 3}</Tag>}
        </span>
      ),
    },
    { title: t('apiKey.lastUsed'), width: 120, render: (_, row) => <TimeText at={row.lastUsedAt} /> },
    { title: t('apiKey.createdAt'), width: 120, render: (_, row) => <TimeText at={row.createdAt} /> },
    { title: t('apiKey.expiresAt'), width: 120, render: (_, row) => <TimeText at={row.expiresAt} /> },
    {
      key: 'actions',
      width: 110,
      align: 'right',
      render: (_, row) =>
        row.revokedAt ? (
          <Tag>{t('apiKey.revoked')}</Tag>
        ) : (
          mayWrite && (
            <ConfirmButton
              size="small"
              type="link"
              danger
              title={t('apiKey.revoke')}
              says={t('apiKey.revokeSays', { name: row.name })}
              act={() => revoke.mutateAsync(row.id)}
            >
              {t('apiKey.revoke')}
            </ConfirmButton>
          )
        ),
    },
  ];
}

/** Keys of programs, each with its scopes; a key is shown once, when made. */
export default function ApiKeys() {
  const t = useT();
  const filters = useFilters([]);
  const query = useQuery(listQuery('/api-keys', { ...filters.search, limit: filters.limit }));
  const mayWrite = can(useQuery(meQuery).data, 'identity.api_key.write');
  const [adding, setAdding] = useState(false);
  const columns = useColumns(mayWrite);
  return (
    <Page
      title={t('apiKey.list')}
      extra={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('apiKey.new')}
          </Button>
        )
      }
    >
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} minWidthPx={1000} />
      {adding && <CreateKey onClose={() => setAdding(false)} />}
    </Page>
  );
}
