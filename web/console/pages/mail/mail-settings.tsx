import { PlusOutlined } from '@ant-design/icons';
import { queryOptions, useQuery } from '@tanstack/react-query';
import {
  Alert,
  App,
  Button,
  Form,
  Input,
  InputNumber,
  Modal,
  Select,
  Switch,
  Table,
  Tag,
  type TableColumnsType,
} from 'antd';
import { useState } from 'react';
import { meQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { MailAccount, MailTestResult } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { categoriesOfTickets, teamsQuery } from '../tickets/queries.ts';
import './mail.css';

const REFRESH_MS = 10_000;
const REFRESH_BUSY_MS = 1_500;
const TONES: Readonly<Record<MailAccount['state'], string>> = {
  off: 'default',
  waiting: 'processing',
  working: 'processing',
  fine: 'success',
  failing: 'error',
};
const accountsQuery = queryOptions({
  ...oneQuery('/mail-accounts'),
  refetchInterval: ({ state }) => (state.data?.items.some(isBusy) ? REFRESH_BUSY_MS : REFRESH_MS),
});
/** Whether a mailbox is being looked into, or is about to be. */
const isBusy = (a: MailAccount): boolean =>
  a.state === 'waiting' || a.state === 'working' || (a.enabled && Date.parse(a.nextAt ?? '') <= Date.now());
type Values = Body<'/mail-accounts', 'post'> & { ownSmtp?: boolean };

const FRESH: Partial<Values> = {
  imap: { host: '', port: 993, security: 'tls', user: '', folder: 'INBOX' },
  category: 'inquiry',
  acknowledge: true,
  enabled: true,
};

function valuesOf(account: MailAccount | undefined): Partial<Values> {
  if (!account) return FRESH;
  const { imap, smtp } = account;
  return { ...account, imap: { ...imap }, smtp: smtp && { ...smtp }, ownSmtp: smtp !== null };
}

/** Empty fields are none; without a server of its own a mailbox sends through the system's. */
function bodyOf({ ownSmtp, ...v }: Values): Body<'/mail-accounts', 'post'> {
  const login = (x: { password?: string | undefined }) => (x.password ? { password: x.password } : {});
  const { host, port, security, user, folder, moveTo } = v.imap;
  return {
    name: v.name,
    address: v.address,
    senderName: v.senderName ?? '',
    category: v.category ?? 'inquiry',
    teamId: v.teamId ?? null,
    locale: v.locale ?? null,
    plus: v.plus ?? false,
    acknowledge: v.acknowledge ?? false,
    enabled: v.enabled ?? false,
    isDefault: v.isDefault ?? false,
    imap: {
      host,
      user,
      ...(port ? { port } : {}),
      ...(security ? { security } : {}),
      ...(folder ? { folder } : {}),
      moveTo: moveTo || null,
      ...login(v.imap),
    },
    smtp:
      ownSmtp && v.smtp
        ? {
            host: v.smtp.host,
            ...(v.smtp.port ? { port: v.smtp.port } : {}),
            ...(v.smtp.security ? { security: v.smtp.security } : {}),
            user: v.smtp.user || null,
            ...login(v.smtp),
          }
        : null,
  };
}

/** A server: where, how, and with which log-in. */
function ServerFields({ of, kept }: { of: 'imap' | 'smtp'; kept: boolean }) {
  const t = useT();
  const word = useWord();
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <>
      <div className="zg-mail-server">
        <Form.Item name={[of, 'host']} label={t('mail.host')} rules={required}>
          <Input maxLength={253} placeholder={`${of}.example.com`} />
        </Form.Item>
        <Form.Item name={[of, 'security']} label={t('mail.security')}>
          <Select
            options={['tls', 'starttls', 'none'].map((value) => ({ value, label: word('mailSecurity', value) }))}
          />
        </Form.Item>
        <Form.Item name={[of, 'port']} label={t('mail.port')}>
          <InputNumber min={1} max={65535} />
        </Form.Item>
      </div>
      <div className="zg-mail-login">
        <Form.Item name={[of, 'user']} label={t('mail.user')} rules={of === 'imap' ? required : []}>
          <Input maxLength={254} autoComplete="off" />
        </Form.Item>
        <Form.Item name={[of, 'password']} label={t('mail.password')} extra={kept ? t('mail.passwordKept') : undefined}>
          <Input.Password maxLength={500} autoComplete="new-password" />
        </Form.Item>
      </div>
    </>
  );
}

function Fields({ account }: { account: MailAccount | undefined }) {
  const t = useT();
  const locale = useLocale();
  const categories = useQuery(categoriesOfTickets).data?.items ?? [];
  const teams = useQuery(teamsQuery).data?.items ?? [];
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <>
      <div className="zg-mail-login">
        <Form.Item name="name" label={t('mail.name')} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="address" label={t('mail.address')} rules={required}>
          <Input maxLength={254} inputMode="email" />
        </Form.Item>
        <Form.Item name="senderName" label={t('mail.senderName')}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="category" label={t('mail.category')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={categories.map((c) => ({ value: c.code, label: c.name[locale] }))}
          />
        </Form.Item>
        <Form.Item name="teamId" label={t('mail.team')}>
          <Select allowClear options={teams.map((x) => ({ value: x.id, label: x.name }))} />
        </Form.Item>
        <Form.Item name="locale" label={t('mail.locale')}>
          <Select allowClear options={['zh-CN', 'en'].map((value) => ({ value, label: t(`language.${value}`) }))} />
        </Form.Item>
      </div>
      <h3>{t('mail.in')}</h3>
      <ServerFields of="imap" kept={account?.imap.hasPassword ?? false} />
      <div className="zg-mail-login">
        <Form.Item name={['imap', 'folder']} label={t('mail.folder')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name={['imap', 'moveTo']} label={t('mail.moveTo')} extra={t('mail.moveToSays')}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <h3>{t('mail.out')}</h3>
      <Form.Item name="ownSmtp" label={t('mail.ownSmtp')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(a, b) => a.ownSmtp !== b.ownSmtp}>
        {({ getFieldValue }) =>
          getFieldValue('ownSmtp') ? <ServerFields of="smtp" kept={account?.smtp?.hasPassword ?? false} /> : null
        }
      </Form.Item>
      {(['plus', 'acknowledge', 'isDefault', 'enabled'] as const).map((name) => (
        <Form.Item
          key={name}
          name={name}
          label={t(`mail.${name}`)}
          valuePropName="checked"
          extra={t(`mail.${name}Says`)}
        >
          <Switch />
        </Form.Item>
      ))}
    </>
  );
}

/** What came of trying a mailbox, in words. */
function Tried({ result }: { result: MailTestResult | undefined }) {
  const t = useT();
  if (!result) return null;
  return (
    <div className="stack tight" aria-live="polite">
      {(['imap', 'smtp'] as const).map((of) => {
        const tried = result[of];
        return (
          tried && (
            <Alert
              key={of}
              showIcon
              type={tried.ok ? 'success' : 'error'}
              title={t(tried.ok ? `mail.fine.${of}` : `mail.wrong.${of}`)}
              description={tried.problem?.says}
            />
          )
        );
      })}
    </div>
  );
}

/** Set up, tried and saved; what is tried is what stands in the form. */
function Editor({ account, onClose }: { account: MailAccount | undefined; onClose: () => void }) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const mayWrite = can(useQuery(meQuery).data, 'support.mail.configure');
  const save = useSubmit(
    (values: Values, idempotencyKey) =>
      account
        ? client.put('/mail-accounts/{mailboxId}', {
            path: { mailboxId: account.id },
            body: bodyOf(values) as never,
            version: account.version,
          })
        : client.post('/mail-accounts', { body: bodyOf(values), idempotencyKey }),
    {
      onSuccess: () => {
        void message.success(t('ui.saved'));
        onClose();
      },
    },
  );
  const test = useSubmit(
    (values: Values) => {
      const { imap, smtp } = bodyOf(values);
      return client.repeatable('/mail-accounts/test', {
        body: { imap, smtp: smtp ?? null, ...(account ? { mailboxId: account.id } : {}) },
      });
    },
    { refresh: false },
  );
  return (
    <Modal
      open
      width={760}
      title={account?.address ?? t('mail.new')}
      onCancel={onClose}
      footer={
        mayWrite && (
          <span className="row" style={{ justifyContent: 'flex-end' }}>
            <Button loading={test.isPending} onClick={() => test.mutate(form.getFieldsValue(true) as Values)}>
              {t('mail.test')}
            </Button>
            <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
              {t('ui.save')}
            </Button>
          </span>
        )
      }
    >
      <Form
        form={form}
        layout="vertical"
        disabled={!mayWrite}
        initialValues={valuesOf(account)}
        onFinish={() => save.mutate(form.getFieldsValue(true) as Values)}
      >
        <FormErrors form={form} error={save.error} />
        <Fields account={account} />
        {test.isError && <ErrorState error={test.error} />}
        <Tried result={test.data} />
      </Form>
    </Modal>
  );
}

function useColumns(onOpen: (account: MailAccount) => void): TableColumnsType<MailAccount> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('mail.mailbox'),
      render: (_, r) => (
        <Button type="link" className="zg-link-cell" onClick={() => onOpen(r)}>
          {r.address}
          {r.isDefault && <Tag variant="filled">{t('mail.isDefault')}</Tag>}
        </Button>
      ),
    },
    {
      title: t('mail.state'),
      render: (_, r) => (
        <div className="stack tight">
          <span>
            <Tag color={TONES[r.state]}>{word('mailboxState', r.state)}</Tag>
            {r.failures > 1 && <span className="muted">{t('mail.failures', { n: r.failures })}</span>}
          </span>
          {r.problem && <span className="zg-mail-problem wrap">{r.problem.says}</span>}
        </div>
      ),
    },
    { title: t('mail.fetchedAt'), width: 150, render: (_, r) => <TimeText at={r.fetchedAt} /> },
    { title: t('mail.nextAt'), width: 150, render: (_, r) => (r.enabled ? <TimeText at={r.nextAt} /> : '–') },
    { title: '', width: 120, render: (_, r) => r.enabled && <FetchNow account={r} /> },
  ];
}

function FetchNow({ account }: { account: MailAccount }) {
  const t = useT();
  const fetchNow = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/mail-accounts/{mailboxId}/fetch', { path: { mailboxId: account.id }, idempotencyKey }),
  );
  return (
    <Button size="small" loading={fetchNow.isPending} onClick={() => fetchNow.mutate({})}>
      {t('mail.fetch')}
    </Button>
  );
}

/** The mailboxes tickets come in through, how they are doing, and how they are set up. */
export default function MailSettings() {
  const t = useT();
  const query = useQuery(accountsQuery);
  const mayWrite = can(useQuery(meQuery).data, 'support.mail.configure');
  const [edited, setEdited] = useState<MailAccount | 'new'>();
  const columns = useColumns(setEdited);
  return (
    <Page
      title={t('mail.settings')}
      says={t('mail.settingsSays')}
      extra={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
            {t('mail.new')}
          </Button>
        )
      }
    >
      {query.data && !query.data.serverHasSmtp && <Alert type="info" showIcon title={t('mail.noServerSmtp')} />}
      <Panel flush>
        {query.isPending && <Loading />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && (
          <Table<MailAccount>
            rowKey="id"
            pagination={false}
            scroll={{ x: 800 }}
            dataSource={query.data.items}
            columns={columns}
            locale={{ emptyText: <EmptyState title={t('mail.none')} /> }}
          />
        )}
      </Panel>
      {edited && <Editor account={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </Page>
  );
}
