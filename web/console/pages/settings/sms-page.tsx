import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Form, Input, Table } from 'antd';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { SmsMessage } from '../../../api/types.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';

type Values = Body<'/sms-provider/secrets', 'put'>;

function Keys() {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Values>();
  const query = useQuery(oneQuery('/sms-provider/secrets'));
  const save = useSubmit(
    (typed: Values) => {
      const body = Object.fromEntries(Object.entries(typed).filter(([, value]) => value)) as Values;
      return client.put('/sms-provider/secrets', { body });
    },
    { onSuccess: () => form.resetFields() },
  );
  if (query.isPending) return <Loading />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Form
      form={form}
      layout="vertical"
      style={{ maxWidth: 560 }}
      autoComplete="off"
      onFinish={(values) => save.mutate(values)}
    >
      <FormErrors form={form} error={save.error} />
      {query.data.items.map(({ name, setAt }) => (
        <Form.Item
          key={name}
          name={name}
          label={word('smsSecret', name)}
          extra={
            setAt ? (
              <>
                {t('sms.secretSet')} <TimeText at={setAt} />
              </>
            ) : (
              t('sms.secretUnset')
            )
          }
        >
          <Input.Password maxLength={500} autoComplete="new-password" />
        </Form.Item>
      ))}
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t('ui.save')}
      </Button>
    </Form>
  );
}

type Messages = { templates: Record<string, string> };

/** What customers without an e-mail address are told: each message by the template the carrier has approved, or not. */
function Messages() {
  const t = useT();
  const [form] = Form.useForm<Messages>();
  const query = useQuery(oneQuery('/sms-provider/messages'));
  const save = useSubmit(({ templates }: Messages) => {
    const named = Object.entries(templates).filter(([, code]) => code?.trim());
    return client.put('/settings/{section}', {
      path: { section: 'sms' },
      body: { values: { templates: Object.fromEntries(named) } },
    });
  });
  if (query.isPending) return <Loading />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Form form={form} onFinish={(values) => save.mutate(values)}>
      <FormErrors form={form} error={save.error} />
      <p className="muted">{t('sms.messagesSay')}</p>
      <Table<SmsMessage>
        size="small"
        rowKey="template"
        pagination={false}
        scroll={{ x: 720 }}
        dataSource={query.data.items}
        columns={[
          {
            title: t('sms.message'),
            render: (_, m) => (
              <>
                <div className="wrap">{m.text}</div>
                <div className="mono muted wrap">{m.template}</div>
              </>
            ),
          },
          {
            title: t('sms.variables'),
            width: 220,
            render: (_, m) => <span className="mono wrap">{m.variables.join(' ')}</span>,
          },
          {
            title: t('sms.template'),
            width: 220,
            render: (_, m) => (
              <Form.Item name={['templates', m.template]} initialValue={m.code} noStyle>
                <Input
                  maxLength={60}
                  placeholder={t('sms.notTold')}
                  aria-label={`${t('sms.template')} ${m.template}`}
                />
              </Form.Item>
            ),
          },
        ]}
      />
      <Button type="primary" htmlType="submit" loading={save.isPending} style={{ marginTop: 12 }}>
        {t('ui.save')}
      </Button>
    </Form>
  );
}

/** What the sandbox was given: codes for developers to sign in with. */
function Sandbox() {
  const t = useT();
  const query = useQuery({ ...oneQuery('/sms-provider/sandbox'), refetchInterval: 5_000, retry: false });
  if (query.isPending) return <Loading />;
  if (query.error instanceof ApiProblem && query.error.code === 'sms_sandbox_off')
    return <Alert type="info" showIcon title={t('sms.sandboxOff')} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0) return <EmptyState title={t('sms.sandboxEmpty')} />;
  return (
    <ul className="stack" style={{ margin: 0, padding: 0, listStyle: 'none' }}>
      {query.data.items.map((m) => (
        <li key={`${m.sentAt} ${m.phone} ${m.text}`}>
          <span className="mono">{m.phone}</span>{' '}
          <span className="muted">
            <TimeText at={m.sentAt} />
          </span>
          <div className="wrap">{m.text}</div>
        </li>
      ))}
    </ul>
  );
}

/** Who sends SMS: keys go in here and are never shown again. Everything else stands in the settings. */
export default function SmsPage() {
  const t = useT();
  return (
    <Page title={t('sms.title')} says={t('sms.says')}>
      <Alert
        type="info"
        showIcon
        title={t('sms.where')}
        action={
          <Link to="/settings" search={{ section: 'sms' } as never}>
            {t('sms.toSettings')}
          </Link>
        }
      />
      <Panel title={t('sms.keys')}>
        <Keys />
      </Panel>
      <Panel title={t('sms.messages')}>
        <Messages />
      </Panel>
      <Panel title={t('sms.sandbox')}>
        <Sandbox />
      </Panel>
    </Page>
  );
}
