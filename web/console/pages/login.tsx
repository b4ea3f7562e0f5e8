import { LockOutlined, MailOutlined, SafetyOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { auth, meQuery } from '../../api/console.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useErrorTitle } from '../../ui/components/states.tsx';
import { fullTime } from '../../ui/format/time.ts';
import { useLocale, useT } from '../../ui/i18n.ts';
import { queries } from '../providers.tsx';
import { LanguageSwitch } from '../shell/user-menu.tsx';
import { safeReturn } from '../shell/safe-return.ts';
import './login.css';

/** Why log-in was refused, in the reader's words; a locked account says until when. */
function LoginRefusal({ error }: { error: unknown }) {
  const t = useT();
  const locale = useLocale();
  const title = useErrorTitle();
  if (error === undefined) return null;
  let says = title(error);
  if (error instanceof ApiProblem) {
    const until = error.facts['lockedUntil'] ?? error.facts['until'];
    if (typeof until === 'string') says = t('login.locked', { until: fullTime(until, locale) });
    else if (error.code === 'invalid_email_or_password') says = t('login.wrong');
    else if (error.code.includes('code') || error.code.includes('totp')) says = t('login.wrongCode');
    else if (error.status === 429) says = t('login.tooMany');
  }
  return <Alert type="error" showIcon title={says} role="alert" style={{ marginBottom: 16 }} />;
}

function PasswordStep({ onPassed }: { onPassed: (needsCode: boolean) => void }) {
  const t = useT();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const submit = async (values: { email: string; password: string }) => {
    setBusy(true);
    setError(undefined);
    try {
      const answer = await auth.signIn(values.email.trim(), values.password);
      onPassed(answer.twoFactorRedirect === true);
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <Form
      layout="vertical"
      onFinish={(values: { email: string; password: string }) => void submit(values)}
      requiredMark={false}
    >
      <LoginRefusal error={error} />
      <Form.Item
        name="email"
        label={t('login.email')}
        rules={[...required, { type: 'email', message: t('login.emailBad') }]}
      >
        <Input size="large" prefix={<MailOutlined />} autoComplete="username" autoFocus inputMode="email" />
      </Form.Item>
      <Form.Item name="password" label={t('login.password')} rules={required}>
        <Input.Password size="large" prefix={<LockOutlined />} autoComplete="current-password" />
      </Form.Item>
      <Button block type="primary" size="large" htmlType="submit" loading={busy}>
        {t('login.submit')}
      </Button>
    </Form>
  );
}

function CodeStep({ onPassed, onBack }: { onPassed: () => void; onBack: () => void }) {
  const t = useT();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [backup, setBackup] = useState(false);
  const [code, setCode] = useState('');
  const verify = async (typed: string) => {
    setBusy(true);
    setError(undefined);
    try {
      await (backup ? auth.verifyBackupCode(typed.trim()) : auth.verifyTotp(typed));
      onPassed();
    } catch (refusal) {
      setError(refusal);
      setCode('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form layout="vertical" onFinish={() => void verify(code)}>
      <LoginRefusal error={error} />
      <Form.Item
        label={t(backup ? 'login.backupCode' : 'login.code')}
        extra={t(backup ? 'login.backupSays' : 'login.codeSays')}
      >
        {backup ? (
          <Input
            size="large"
            prefix={<SafetyOutlined />}
            value={code}
            autoFocus
            onChange={(e) => setCode(e.target.value)}
          />
        ) : (
          <Input.OTP
            size="large"
            length={6}
            autoFocus
            value={code}
            formatter={(text) => text.replace(/\D/g, '')}
            onChange={(typed) => (setCode(typed), void verify(typed))}
          />
        )}
      </Form.Item>
      <Button block type="primary" size="large" htmlType="submit" loading={busy} disabled={code === ''}>
        {t('login.verify')}
      </Button>
      <div className="row between" style={{ marginTop: 12 }}>
        <Button type="link" onClick={onBack}>
          {t('login.back')}
        </Button>
        <Button type="link" onClick={() => (setBackup(!backup), setCode(''))}>
          {t(backup ? 'login.useTotp' : 'login.useBackup')}
        </Button>
      </div>
    </Form>
  );
}

/** E-mail and password, then the code of the authenticator where it is switched on. */
export default function Login() {
  const t = useT();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { to?: string };
  const [step, setStep] = useState<'password' | 'code'>('password');
  const enter = async () => {
    queries.clear();
    await queries.fetchQuery(meQuery);
    await navigate({ href: safeReturn(search.to) });
  };
  return (
    <div className="zg-login">
      <div className="zg-login-top">
        <LanguageSwitch />
      </div>
      <main className="zg-login-card">
        <div className="zg-login-brand">
          <img src="/seal.svg" alt="" width={44} height={44} />
          <div>
            <h1>{t('app.name')}</h1>
            <div className="muted">{t('app.tagline')}</div>
          </div>
        </div>
        {step === 'password' ? (
          <PasswordStep onPassed={(needsCode) => (needsCode ? setStep('code') : void enter())} />
        ) : (
          <CodeStep onPassed={() => void enter()} onBack={() => setStep('password')} />
        )}
      </main>
    </div>
  );
}
