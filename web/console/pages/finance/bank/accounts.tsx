import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Modal, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { oneQuery } from '../../../../api/console.ts';
import { client } from '../../../../api/instance.ts';
import type { Body } from '../../../../api/paths.ts';
import type { BankAccount } from '../../../../api/types.ts';
import { useSubmit } from '../../../../api/use-submit.ts';
import { FormErrors } from '../../../../ui/components/form-errors.tsx';
import { EmptyState, ErrorState, Loading } from '../../../../ui/components/states.tsx';
import { useT } from '../../../../ui/i18n.ts';

type Values = Body<'/bank-accounts', 'post'>;

const bodyOf = (account: BankAccount, v: Values) => ({
  name: v.name,
  bank: v.bank,
  accountNo: v.accountNo,
  takesTransfers: v.takesTransfers ?? account.takesTransfers,
  enabled: v.enabled ?? account.enabled,
});

/** A new account, or one that is changed: its code and currency stay then. */
export function AccountDialog({ account, onClose }: { account?: BankAccount; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const save = useSubmit(
    (values: Values, idempotencyKey) =>
      account
        ? client.put('/bank-accounts/{accountId}', {
            path: { accountId: account.id },
            body: bodyOf(account, values),
            version: account.version,
          })
        : client.post('/bank-accounts', { body: values, idempotencyKey }),
    { onSuccess: onClose },
  );
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <Modal
      open
      title={account ? account.code : t('bank.newAccount')}
      okText={t('ui.save')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={account ?? { code: 'main', takesTransfers: true, enabled: true }}
        onFinish={(values) => save.mutate(values)}
      >
        <FormErrors form={form} error={save.error} />
        {!account && (
          <Form.Item name="code" label={t('bank.code')} rules={required} extra={t('bank.codeSays')}>
            <Input maxLength={40} autoFocus />
          </Form.Item>
        )}
        <Form.Item name="name" label={t('bank.name')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="bank" label={t('bank.bank')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="accountNo" label={t('bank.accountNo')} rules={required}>
          <Input maxLength={40} className="mono" />
        </Form.Item>
        <Form.Item name="takesTransfers" valuePropName="checked" extra={t('bank.takesTransfersSays')}>
          <Checkbox>{t('bank.takesTransfers')}</Checkbox>
        </Form.Item>
        <Form.Item name="enabled" valuePropName="checked">
          <Checkbox>{t('bank.enabled')}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Our accounts. */
export function Accounts() {
  const t = useT();
  const query = useQuery(oneQuery('/bank-accounts', {}));
  const [changing, setChanging] = useState<BankAccount>();
  if (query.isPending) return <Loading />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0) return <EmptyState />;
  const columns: TableColumnsType<BankAccount> = [
    { title: t('bank.code'), width: 120, render: (_, a) => <span className="wrap">{a.code}</span> },
    { title: t('bank.name'), render: (_, a) => <span className="wrap">{a.name}</span> },
    { title: t('bank.bank'), render: (_, a) => <span className="wrap">{a.bank}</span> },
    { title: t('bank.accountNo'), render: (_, a) => <span className="mono">{a.accountNo}</span> },
    { title: t('bank.currency'), width: 90, dataIndex: 'currency' },
    {
      title: t('bank.takesTransfers'),
      width: 150,
      render: (_, a) => (a.takesTransfers && a.enabled ? t('ui.yes') : t('ui.no')),
    },
    {
      key: 'change',
      width: 100,
      render: (_, a) => a.may.includes('change') && <Button onClick={() => setChanging(a)}>{t('ui.edit')}</Button>,
    },
  ];
  return (
    <>
      <Table
        size="middle"
        rowKey="id"
        pagination={false}
        scroll={{ x: 900 }}
        columns={columns}
        dataSource={query.data.items}
      />
      {changing && <AccountDialog account={changing} onClose={() => setChanging(undefined)} />}
    </>
  );
}
