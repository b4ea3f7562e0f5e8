import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, QRCode, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { auth, meQuery, sessionsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Session } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { deviceOf } from './device.ts';

const PASSWORD_LENGTH_MIN = 10;

/** The secret inside an otpauth address, for typing where no camera is. */
const secretOf = (uri: string): string => new URL(uri).searchParams.get('secret') ?? '';

function Enrol({ uri, backupCodes, onDone }: { uri: string; backupCodes: string[]; onDone: () => void }) {
  const t = useT();
  const verify = useSubmit((code: string) => auth.verifyTotp(code), { onSuccess: onDone });
  return (
    <div className="stack">
      <p>{t('security.scanQr')}</p>
      <div className="row" style={{ alignItems: 'flex-start', gap: 24 }}>
        <QRCode value={uri} size={180} color="#000" bgColor="#fff" />
        <div className="stack" style={{ maxWidth: 360 }}>
          <Typography.Text copyable code className="mono">
            {secretOf(uri)}
          </Typography.Text>
          <div className="muted">{t('security.backupSays')}</div>
          <div className="mono" style={{ columns: 2 }}>
            {backupCodes.map((code) => (
              <div key={code}>{code}</div>
            ))}
          </div>
        </div>
      </div>
      <div>{t('security.typeCode')}</div>
      <Input.OTP length={6} onChange={(code) => verify.mutate(code)} />
      {verify.isError && <ErrorState error={verify.error} />}
    </div>
  );
}

function TwoFactor() {
  const t = useT();
  const me = useQuery(meQuery).data;
  const { message } = App.useApp();
  const [form] = Form.useForm<{ password: string }>();
  const [offer, setOffer] = useState<{ totpURI: string; backupCodes: string[] }>();
  const enable = useSubmit((password: string) => auth.enableTotp(password), { onSuccess: setOffer, refresh: false });
  const disable = useSubmit((password: string) => auth.disableTotp(password), {
    onSuccess: () => void message.success(t('ui.saved')),
  });
  const on = me?.user?.twoFactorEnabled === true;
  if (offer) return <Enrol uri={offer.totpURI} backupCodes={offer.backupCodes} onDone={() => setOffer(undefined)} />;
  return (
    <Form
      form={form}
      layout="vertical"
      style={{ maxWidth: 380 }}
      onFinish={({ password }) => (on ? disable : enable).mutate(password)}
    >
      <p>
        <Tag color={on ? 'success' : 'warning'}>{t(on ? 'security.isOn' : 'security.isOff')}</Tag> {t('security.says')}
      </p>
      <FormErrors form={form} error={enable.error ?? disable.error} />
      <Form.Item name="password" label={t('security.password')} rules={[{ required: true, message: t('ui.required') }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button
        htmlType="submit"
        danger={on}
        type={on ? 'default' : 'primary'}
        loading={enable.isPending || disable.isPending}
      >
        {t(on ? 'security.turnOff' : 'security.turnOn')}
      </Button>
    </Form>
  );
}

type PasswordValues = { current: string; next: string };

function Password() {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<PasswordValues>();
  const change = useSubmit(({ current, next }: PasswordValues) => auth.changePassword(current, next), {
    onSuccess: () => (form.resetFields(), void message.success(t('ui.saved'))),
  });
  return (
    <Form form={form} layout="vertical" style={{ maxWidth: 380 }} onFinish={(values) => change.mutate(values)}>
      <FormErrors form={form} error={change.error} />
      <Form.Item name="current" label={t('security.password')} rules={[{ required: true, message: t('ui.required') }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t('security.newPassword')}
        rules={[
          {
            required: true,
            min: PASSWORD_LENGTH_MIN,
            message: t('security.passwordShort', { min: PASSWORD_LENGTH_MIN }),
          },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button htmlType="submit" loading={change.isPending}>
        {t('security.changePassword')}
      </Button>
    </Form>
  );
}

function Sessions() {
  const t = useT();
  const sessions = useQuery(sessionsQuery);
  const revoke = useSubmit((sessionId: string, idempotencyKey) =>
    client.post('/me/sessions/{sessionId}/end', { path: { sessionId }, idempotencyKey }),
  );
  if (sessions.isError) return <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />;
  return (
    <Table<Session>
      size="small"
      rowKey="id"
      pagination={false}
      loading={sessions.isPending}
      dataSource={sessions.data?.items ?? []}
      scroll={{ x: 600 }}
      columns={[
        {
          title: t('security.device'),
          render: (_, session) => (
            <span className="wrap">
              {deviceOf(session.agent) || t('security.unknownDevice')}{' '}
              {session.current && <Tag color="processing">{t('security.thisOne')}</Tag>}
            </span>
          ),
        },
        {
          title: t('security.ip'),
          width: 150,
          render: (_, session) => <span className="mono">{session.ip ?? '–'}</span>,
        },
        { title: t('security.since'), width: 130, render: (_, session) => <TimeText at={session.createdAt} /> },
        { title: t('user.lastSeen'), width: 130, render: (_, session) => <TimeText at={session.lastSeenAt} /> },
        {
          key: 'actions',
          width: 100,
          align: 'right',
          render: (_, session) =>
            !session.current && (
              <ConfirmButton
                size="small"
                type="link"
                danger
                title={t('security.end')}
                act={() => revoke.mutateAsync(session.id)}
              >
                {t('security.end')}
              </ConfirmButton>
            ),
        },
      ]}
    />
  );
}

/** One's own log-in: second factor, password, and where one is logged in. */
export default function Security() {
  const t = useT();
  const must = useQuery(meQuery).data?.mustEnrolTwoFactor === true;
  return (
    <Page title={t('user.security')}>
      {must && <Alert type="warning" showIcon title={t('security.mustEnrol')} />}
      <div className="zg-two" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 340px), 1fr))' }}>
        <Panel title={t('security.twoFactor')}>
          <TwoFactor />
        </Panel>
        <Panel title={t('security.changePassword')}>
          <Password />
        </Panel>
      </div>
      {!must && (
        <Panel title={t('security.sessions')} flush>
          <Sessions />
        </Panel>
      )}
    </Page>
  );
}
