import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Select, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Role, User } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';

type Values = { name: string; email: string; roles: string[]; password?: string };

const useRoles = () => useQuery(listQuery<Role>('/roles', { limit: 200 })).data?.items ?? [];

function UserDialog({ user, onClose }: { user: User | undefined; onClose: () => void }) {
  const t = useT();
  const { message } = App.useApp();
  const roles = useRoles();
  const [form] = Form.useForm<Values>();
  const save = useSubmit(
    ({ password, ...values }: Values, key) =>
      user
        ? client.patch(`/users/${user.id}`, { name: values.name, roles: values.roles }, { version: user.version })
        : client.post('/users', { ...values, ...(password ? { password } : {}) }, { idempotencyKey: key }),
    { onSuccess: () => (void message.success(t('ui.saved')), onClose()) },
  );
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <Modal
      open
      title={user ? user.name : t('user.new')}
      okText={t('ui.save')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={user ?? { roles: [] }}
        onFinish={(values) => save.mutate(values)}
      >
        <FormErrors form={form} error={save.error} />
        <Form.Item name="name" label={t('user.name')} rules={required}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('login.email')}
          rules={[...required, { type: 'email', message: t('login.emailBad') }]}
        >
          <Input maxLength={200} disabled={user !== undefined} autoComplete="off" />
        </Form.Item>
        {!user && (
          <Form.Item name="password" label={t('user.firstPassword')} extra={t('user.firstPasswordSays')}>
            <Input.Password maxLength={128} autoComplete="new-password" />
          </Form.Item>
        )}
        <Form.Item name="roles" label={t('user.roles')} rules={required}>
          <Select mode="multiple" options={roles.map((role) => ({ value: role.code, label: role.name }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function UserActions({ user, onEdit }: { user: User; onEdit: () => void }) {
  const t = useT();
  const act = useSubmit((verb: string, key) => client.post(`/users/${user.id}/${verb}`, {}, { idempotencyKey: key }));
  return (
    <span className="row tight" style={{ justifyContent: 'flex-end' }}>
      <Button size="small" type="link" onClick={onEdit}>
        {t('ui.edit')}
      </Button>
      <ConfirmButton
        size="small"
        type="link"
        disabled={user.sessions === 0}
        title={t('user.revoke')}
        says={t('user.revokeSays', { name: user.name })}
        act={() => act.mutateAsync('revoke-sessions')}
      >
        {t('user.revoke')}
      </ConfirmButton>
      {user.status === 'disabled' ? (
        <ConfirmButton size="small" type="link" title={t('user.enable')} act={() => act.mutateAsync('enable')}>
          {t('user.enable')}
        </ConfirmButton>
      ) : (
        <ConfirmButton
          size="small"
          type="link"
          danger
          title={t('user.disable')}
          says={t('user.disableSays', { name: user.name })}
          act={() => act.mutateAsync('disable')}
        >
          {t('user.disable')}
        </ConfirmButton>
      )}
    </span>
  );
}

function useColumns(onEdit: (user: User) => void, mayWrite: boolean): TableColumnsType<User> {
  const t = useT();
  const names = new Map(useRoles().map((role) => [role.code, role.name]));
  return [
    {
      title: t('user.name'),
      render: (_, user) => (
        <>
          <div className="wrap">{user.name}</div>
          <div className="muted wrap" style={{ fontSize: 12 }}>
            {user.email}
          </div>
        </>
      ),
    },
    {
      title: t('user.roles'),
      render: (_, user) => (
        <span className="row tight">
          {user.roles.map((role) => (
            <Tag key={role}>{names.get(role) ?? role}</Tag>
          ))}
        </span>
      ),
    },
    { title: t('user.status'), width: 100, render: (_, user) => <StatusTag kind="user" value={user.status} /> },
    { title: t('user.twoFactor'), width: 110, render: (_, user) => t(user.twoFactorEnabled ? 'ui.on' : 'ui.off') },
    { title: t('user.lastSeen'), width: 130, render: (_, user) => <TimeText at={user.lastSeenAt} /> },
    ...(mayWrite
      ? [
          {
            key: 'actions',
            width: 250,
            align: 'right' as const,
            render: (_: unknown, user: User) => <UserActions user={user} onEdit={() => onEdit(user)} />,
          },
        ]
      : []),
  ];
}

/** Who may log in, with which roles. */
export default function Users() {
  const t = useT();
  const filters = useFilters(['q']);
  const query = useQuery(listQuery<User>('/users', { ...filters.search, limit: filters.limit }));
  const mayWrite = can(useQuery(meQuery).data, 'identity.user.write');
  const [editing, setEditing] = useState<User | 'new'>();
  const columns = useColumns(setEditing, mayWrite);
  return (
    <Page
      title={t('user.list')}
      extra={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
            {t('user.new')}
          </Button>
        )
      }
    >
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('user.search')} />
      </FilterBar>
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} />
      {editing && <UserDialog user={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}
