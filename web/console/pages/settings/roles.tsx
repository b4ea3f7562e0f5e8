import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, Modal, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { meQuery, permissionsQuery, rolesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Limit, Role } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { ErrorState, Loading, useErrorTitle } from '../../../ui/components/states.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { LimitsDialog, useLimits, useLimitText } from './limits.tsx';

/** A row of the matrix: a heading, a module's or that of limits; one of its permissions, or a limit. */
type MatrixRow = { key: string; title: string; code?: string; limit?: Limit };

function toRows(permissions: readonly string[], word: (prefix: string, code: string) => string): MatrixRow[] {
  const byModule = Map.groupBy(permissions, (code) => code.split('.')[0] ?? '');
  return [...byModule]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .flatMap(([module, codes]) => [
      { key: `module ${module}`, title: word('module', module) },
      ...codes.map((code) => ({ key: code, title: word('permission', code), code })),
    ]);
}

type NewRole = { code: string; name: Role['name'] };

function RoleDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<NewRole>();
  const create = useSubmit(
    (values: NewRole, idempotencyKey) =>
      client.post('/roles', { body: { ...values, permissions: [] }, idempotencyKey }),
    { onSuccess: onClose },
  );
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <Modal
      open
      title={t('role.new')}
      okText={t('ui.save')}
      confirmLoading={create.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(values) => create.mutate(values)}>
        <FormErrors form={form} error={create.error} />
        <Form.Item name="code" label={t('role.code')} rules={required} extra={t('ui.codeSays')}>
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item name={['name', 'zh-CN']} label={t('role.nameZh')} rules={required}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name={['name', 'en']} label={t('role.nameEn')} rules={required}>
          <Input maxLength={80} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** How much a role decides alone; who may change it opens the dialog from here. */
function RoleLimit({ role, limit, onOpen }: { role: Role; limit: Limit; onOpen: (() => void) | undefined }) {
  const locale = useLocale();
  const word = useWord();
  const { show } = useLimitText();
  const amount = role.limits[limit.name];
  const text = amount === undefined ? '–' : show(limit, amount);
  if (!onOpen) return text;
  return (
    <Button
      type="link"
      size="small"
      aria-label={`${role.name[locale]} ${word('limit', limit.name)} ${text}`}
      onClick={onOpen}
    >
      {text}
    </Button>
  );
}

function useMatrixColumns(
  roles: Role[],
  mayWrite: boolean,
  onLimits: (role: Role) => void,
): TableColumnsType<MatrixRow> {
  const t = useT();
  const locale = useLocale();
  const { message } = App.useApp();
  const title = useErrorTitle();
  const save = useSubmit(
    ({ role, permissions }: { role: Role; permissions: string[] }) =>
      client.patch('/roles/{code}', { path: { code: role.code }, body: { permissions }, version: role.version }),
    { onError: (error) => void message.error(title(error)) },
  );
  const toggle = (role: Role, code: string, on: boolean) =>
    save.mutate({
      role,
      permissions: on ? [...role.permissions, code] : role.permissions.filter((held) => held !== code),
    });
  return [
    {
      title: t('role.permission'),
      fixed: 'left',
      width: 300,
      render: (_, row) =>
        (row.code ?? row.limit) ? (
          <>
            <div className="wrap">{row.title}</div>
            <div className="mono muted wrap">{row.code ?? row.limit?.name}</div>
          </>
        ) : (
          <strong>{row.title}</strong>
        ),
    },
    ...roles.map((role) => ({
      title: (
        <span className="wrap" title={role.code}>
          {role.name[locale]}
        </span>
      ),
      key: role.code,
      width: 120,
      align: 'center' as const,
      render: (_: unknown, row: MatrixRow) => {
        if (row.limit)
          return <RoleLimit role={role} limit={row.limit} onOpen={mayWrite ? () => onLimits(role) : undefined} />;
        if (!row.code) return null;
        const { code } = row;
        const byWildcard = can(role, code) && !role.permissions.includes(code);
        return (
          <Checkbox
            aria-label={`${role.name[locale]} ${row.title}`}
            checked={can(role, code)}
            disabled={!mayWrite || role.builtIn || byWildcard || save.isPending}
            onChange={(event) => toggle(role, code, event.target.checked)}
          />
        );
      },
    })),
  ];
}

/** Which role may do what. Built-in roles are shown and kept as they are. */
export default function Roles() {
  const t = useT();
  const word = useWord();
  const roles = useQuery(rolesQuery);
  const permissions = useQuery(permissionsQuery);
  const mayWrite = can(useQuery(meQuery).data, 'identity.role.write');
  const [adding, setAdding] = useState(false);
  const [limiting, setLimiting] = useState<Role>();
  const locale = useLocale();
  const limits = useLimits();
  const columns = useMatrixColumns(roles.data?.items ?? [], mayWrite, setLimiting);
  const limitRows: MatrixRow[] = [
    { key: 'limits', title: t('limit.list') },
    ...limits.map((limit) => ({ key: `limit ${limit.name}`, title: word('limit', limit.name), limit })),
  ];
  const failed = roles.error ?? permissions.error;
  return (
    <Page
      title={t('role.list')}
      says={t('role.says')}
      extra={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('role.new')}
          </Button>
        )
      }
    >
      {failed && <ErrorState error={failed} onRetry={() => (void roles.refetch(), void permissions.refetch())} />}
      {(roles.isPending || permissions.isPending) && <Loading />}
      {roles.data && permissions.data && (
        <div className="zg-table">
          <Table<MatrixRow>
            size="small"
            rowKey="key"
            pagination={false}
            scroll={{ x: 300 + 120 * roles.data.items.length, y: 'calc(100vh - 210px)' }}
            columns={columns}
            dataSource={[
              ...(limits.length > 0 ? limitRows : []),
              ...toRows(
                permissions.data.items.map((item) => item.permission),
                word,
              ),
            ]}
          />
        </div>
      )}
      {limiting && (
        <LimitsDialog
          title={t('limit.of', { name: limiting.name[locale] })}
          says={t('limit.roleSays')}
          limits={limiting.limits}
          save={(set) => client.put('/roles/{code}/limits', { path: { code: limiting.code }, body: { limits: set } })}
          onClose={() => setLimiting(undefined)}
        />
      )}
      {adding && <RoleDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
