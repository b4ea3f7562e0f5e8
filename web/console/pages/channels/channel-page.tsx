import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Alert, App, Button, Form, Input, Select, Switch, Typography } from 'antd';
import { meQuery, oneQuery, shopsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { PaymentChannel } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { toBody, toValues, type Values } from './channel-form.ts';
import './channels.css';
import { KEY_FIELDS } from './key-fields.tsx';
import { FeeFields, LimitFields } from './money-fields.tsx';

/** Makes a real, signed call with what is saved, and says in words what came of it. */
function TestButton({ account }: { account: PaymentChannel }) {
  const t = useT();
  const path = { accountId: account.id };
  const test = useSubmit(
    (_: Record<never, never>, idempotencyKey) =>
      client.post('/payment-channels/{accountId}/test', { path, idempotencyKey }),
    { refresh: false },
  );
  return (
    <div className="stack tight">
      <span className="row">
        <Button loading={test.isPending} onClick={() => test.mutate({})}>
          {t('channel.test')}
        </Button>
        <span className="muted">{t('channel.testSays')}</span>
      </span>
      {test.isError && <ErrorState error={test.error} />}
      {test.data?.findings.map((finding) => (
        <Alert key={finding.code} type={finding.ok ? 'success' : 'error'} showIcon title={finding.message} />
      ))}
    </div>
  );
}

function Promote({ account }: { account: PaymentChannel }) {
  const t = useT();
  const promote = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/payment-channels/{accountId}/promote', { path: { accountId: account.id }, idempotencyKey }),
  );
  if (!account.may.includes('promote')) return null;
  return (
    <ConfirmButton title={t('channel.promote')} says={t('channel.promoteSays')} act={() => promote.mutateAsync({})}>
      {t('channel.promote')}
    </ConfirmButton>
  );
}

/** What the channel is to be told of us, and the certificates with their ends. */
function Facts({ account }: { account: PaymentChannel }) {
  const t = useT();
  return (
    <dl className="zg-channel-facts">
      <dt>{t('channel.notifyUrl')}</dt>
      <dd>
        <Typography.Text copyable className="mono wrap">
          {account.notifyUrl}
        </Typography.Text>
      </dd>
      {account.certificates.map((c) => (
        <div key={c.serial} style={{ display: 'contents' }}>
          <dt>{t(`channel.cert.${c.of}`)}</dt>
          <dd>
            <span className="mono wrap">{c.serial}</span>{' '}
            <span className="muted">
              {t('channel.until')} <TimeText at={c.until} />
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Basics() {
  const t = useT();
  const shops = useQuery(shopsQuery).data?.items ?? [];
  return (
    <>
      <Form.Item
        name="name"
        label={t('channel.name')}
        rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="enabled" label={t('channel.enabled')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="shops" label={t('channel.shops')} extra={t('channel.shopsSay')}>
        <Select
          mode="multiple"
          placeholder={t('channel.allShops')}
          options={shops.map(({ id, name }) => ({ value: id, label: name }))}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
    </>
  );
}

function ChannelForm({ channel, account }: { channel: string; account: PaymentChannel | undefined }) {
  const t = useT();
  const word = useWord();
  const go = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const mayWrite = can(useQuery(meQuery).data, 'payments.channel.write');
  const save = useSubmit(
    (values: Values, idempotencyKey) => {
      const body = toBody(channel, values);
      return account
        ? client.put('/payment-channels/{accountId}', {
            path: { accountId: account.id },
            body,
            version: account.version,
          })
        : client.post('/payment-channels', { body: { ...body, channel: channel as 'wechat' }, idempotencyKey });
    },
    {
      onSuccess: ({ id }) => {
        void message.success(t('ui.saved'));
        form.resetFields(['secrets']);
        if (!account) void go({ to: '/settings/payment-channels/$id', params: { id } as never, replace: true });
      },
    },
  );
  const Keys = KEY_FIELDS[channel];
  return (
    <Form
      form={form}
      layout="vertical"
      disabled={!mayWrite}
      initialValues={toValues(channel, account, word('payChannel', channel))}
      onFinish={() => save.mutate(form.getFieldsValue(true))}
      style={{ maxWidth: 760 }}
      className="stack"
    >
      <FormErrors form={form} error={save.error} />
      <Panel title={t('channel.basics')}>
        <Basics />
      </Panel>
      {Keys && (
        <Panel title={t('channel.keys')}>
          <Keys account={account} />
        </Panel>
      )}
      <Panel title={t('channel.limits')}>
        <LimitFields />
      </Panel>
      <Panel title={t('channel.fee')}>
        <FeeFields />
      </Panel>
      {mayWrite && (
        <div className="zg-form-end">
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('ui.save')}
          </Button>
        </div>
      )}
    </Form>
  );
}

/** One account at a payment channel: set up, tried and changed over to new keys. */
export default function ChannelPage() {
  const word = useWord();
  const { id } = useParams({ strict: false }) as { id: string };
  const adding = id.startsWith('new-') ? id.slice(4) : undefined;
  const query = useQuery({
    ...oneQuery('/payment-channels/{accountId}', { path: { accountId: id } }),
    enabled: adding === undefined,
  });
  if (adding === undefined && query.isPending) return <Loading />;
  if (adding === undefined && !query.data)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const account = query.data;
  const channel = adding ?? account?.channel ?? '';
  return (
    <Page title={word('payChannel', channel)} says={account?.name} extra={account && <Promote account={account} />}>
      {account && channel !== 'sandbox' && (
        <Panel>
          <div className="stack">
            <Facts account={account} />
            {account.may.includes('test') && <TestButton account={account} />}
          </div>
        </Panel>
      )}
      <ChannelForm key={`${id} ${account?.version ?? 0}`} channel={channel} account={account} />
    </Page>
  );
}
