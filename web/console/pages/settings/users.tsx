import { useQuery } from '@tanstack/react-query';
import { MoreOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Form, Input, Modal, Select, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery, rolesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { User } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { isPast } from '../../../ui/format/time.ts';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { LimitsDialog, useLimits } from './limits.tsx';

const PASSWORD_LENGTH_MIN = 10;

type Values = { name: string; email: string; roles: string[]; password: string };

/** Roles by code with their names in the reader's language; none for those who may not see roles. */
export function useRoleNames(): { value: string; label: string }[] {
  const locale = useLocale();
  const maySee = can(useQuery(meQuery).data, 'identity.role.read');
  const roles = useQuery({ ...rolesQuery, enabled: maySee }).data?.items ?? [];
  return roles.map((role) => ({ value: role.code, label: role.name[locale] }));
}

function UserDialog({ user, onClose }: { user: User | undefined; onClose: () => void }) {
  const t = useT();
  const { message } = App.useApp();
  const roles = useRoleNames();
  const [form] = Form.useForm<Values>();
  const save = useSubmit(
    (values: Values, idempotencyKey) =>
      user
        ? client.patch('/users/{userId}', {
            path: { userId: user.id },
            body: { name: values.name, roles: values.roles },
            version: user.version,
          })
        : client.post('/users', { body: values, idempotencyKey }),
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
          <Form.Item
            name="password"
            label={t('user.firstPassword')}
            extra={t('user.firstPasswordSays')}
            rules={[
              {
                required: true,
                min: PASSWORD_LENGTH_MIN,
                message: t('security.passwordShort', { min: PASSWORD_LENGTH_MIN }),
              },
            ]}
          >
            <Input.Password maxLength={128} autoComplete="new-password" />
          </Form.Item>
        )}
        <Form.Item name="roles" label={t('user.roles')} rules={required}>
          <Select mode="multiple" options={roles} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

const isLocked = (user: User): boolean => user.lockedUntil !== null && !isPast(user.lockedUntil);

function PasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ password: string }>();
  const reset = useSubmit(
    ({ password }: { password: string }) =>
      client.repeatable('/users/{userId}/reset-password', { path: { userId: user.id }, body: { password } }),
    { onSuccess: () => (void message.success(t('ui.saved')), onClose()) },
  );
  return (
    <Modal
      open
      title={t('user.resetPassword')}
      okText={t('ui.save')}
      confirmLoading={reset.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(values) => reset.mutate(values)}>
        <FormErrors form={form} error={reset.error} />
        <p className="wrap">{t('user.resetPasswordSays', { name: user.name })}</p>
        <Form.Item
          name="password"
          label={t('security.newPassword')}
          rules={[
            {
              required: true,
              min: PASSWORD_LENGTH_MIN,
              message: t('security.passwordShort', { min: PASSWORD_LENGTH_MIN }),
            },
          ]}
        >
          <Input.Password maxLength={128} autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

type Act = { key: string; does: () => Promise<unknown> };

/** What an administrator may do about a person's log-in, each with its consequence spelled out before. */
function useUserActs(user: User): Act[] {
  const path = { userId: user.id };
  const status = useSubmit((next: User['status']) =>
    client.patch('/users/{userId}', { path, body: { status: next }, version: user.version }),
  );
  const revoke = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/users/{userId}/revoke-sessions', { path, idempotencyKey }),
  );
  const unlock = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/users/{userId}/unlock', { path, idempotencyKey }),
  );
  const removeFactor = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/users/{userId}/remove-two-factor', { path, idempotencyKey }),
  );
  return [
    ...(isLocked(user) ? [{ key: 'unlock', does: () => unlock.mutateAsync({}) }] : []),
    ...(user.twoFactorEnabled ? [{ key: 'removeTwoFactor', does: () => removeFactor.mutateAsync({}) }] : []),
    { key: 'revoke', does: () => revoke.mutateAsync({}) },
    user.status === 'disabled'
      ? { key: 'enable', does: () => status.mutateAsync('active') }
      : { key: 'disable', does: () => status.mutateAsync('disabled') },
  ];
}

function UserActions({ user, onEdit }: { user: User; onEdit: () => void }) {
  const t = useT();
  const { modal, message } = App.useApp();
  const title = useErrorTitle();
  const acts = useUserActs(user);
  const [open, setOpen] = useState<'resetPassword' | 'limits'>();
  const hasLimits = useLimits().length > 0;
  const ask = ({ key, does }: Act) =>
    modal.confirm({
      title: t(`user.${key}`),
      content: <span className="wrap">{t(`user.${key}Says`, { name: user.name })}</span>,
      okButtonProps: { danger: key === 'disable' },
      onOk: () => does().catch((error: unknown) => void message.error(title(error))),
    });
  const onClick = ({ key }: { key: string }) => {
    const act = acts.find((one) => one.key === key);
    if (act) ask(act);
    else setOpen(key === 'limits' ? 'limits' : 'resetPassword');
  };
  const items = [
    ...(hasLimits ? [{ key: 'limits', label: t('limit.list') }] : []),
    { key: 'resetPassword', label: t('user.resetPassword') },
    ...acts.map(({ key }) => ({ key, label: t(`user.${key}`), danger: key === 'disable' })),
  ];
  return (
    <span className="row tight" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>
      <Button size="small" type="link" onClick={onEdit}>
        {t('ui.edit')}
      </Button>
      <Dropdown trigger={['click']} menu={{ items, onClick }}>
        <Button size="small" type="text" icon={<MoreOutlined />} aria-label={t('ui.moreActions')} />
      </Dropdown>
      {open === 'resetPassword' && <PasswordDialog user={user} onClose={() => setOpen(undefined)} />}
      {open === 'limits' && (
        <LimitsDialog
          title={t('limit.of', { name: user.name })}
          says={t('limit.userSays')}
          limits={user.limits}
          save={(limits) => client.put('/users/{userId}/limits', { path: { userId: user.id }, body: { limits } })}
          onClose={() => setOpen(undefined)}
        />
      )}
    </span>
  );
}

function useColumns(onEdit: (user: User) => void, mayWrite: boolean): TableColumnsType<User> {
  const t = useT();
  const names = new Map(useRoleNames().map((role) => [role.value, role.label]));
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
    {
      title: t('user.status'),
      width: 100,
      render: (_, user) => <StatusTag kind="user" value={isLocked(user) ? 'locked' : user.status} />,
    },
    { title: t('user.twoFactor'), width: 110, render: (_, user) => t(user.twoFactorEnabled ? 'ui.on' : 'ui.off') },
    { title: t('user.lastSignIn'), width: 130, render: (_, user) => <TimeText at={user.lastSignInAt} /> },
    ...(mayWrite
      ? [
          {
            key: 'actions',
            width: 120,
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
  const filters = useFilters([]);
  const query = useQuery(listQuery('/users', { ...filters.search, limit: filters.limit }));
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
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} />
      {editing && <UserDialog user={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}
