import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';

type Values = Body<'/invoice-provider/secrets', 'put'>;

function Keys() {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Values>();
  const query = useQuery(oneQuery('/invoice-provider/secrets'));
  const save = useSubmit(
    (typed: Values) => {
      const body = Object.fromEntries(Object.entries(typed).filter(([, value]) => value)) as Values;
      return client.put('/invoice-provider/secrets', { body });
    },
    { onSuccess: () => form.resetFields() },
  );
  if (query.isPending) return <Loading />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const may = query.data.may.includes('set');
  return (
    <Form
      form={form}
      layout="vertical"
      disabled={!may}
      style={{ maxWidth: 560 }}
      autoComplete="off"
      onFinish={(v) => save.mutate(v)}
    >
      <FormErrors form={form} error={save.error} />
      {query.data.items.map(({ name, setAt }) => (
        <Form.Item
          key={name}
          name={name}
          label={word('invoiceSecret', name)}
          extra={
            setAt ? (
              <>
                {t('invoice.secretSet')} <TimeText at={setAt} />
              </>
            ) : (
              t('invoice.secretUnset')
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

/** Keys of the provider: they go in here and are never shown again. Everything else stands in the settings. */
export default function ProviderPage() {
  const t = useT();
  return (
    <Page title={t('invoice.provider.title')} says={t('invoice.provider.says')}>
      <Alert
        type="info"
        showIcon
        title={t('invoice.provider.where')}
        action={
          <Link to="/settings" search={{ section: 'invoicing' } as never}>
            {t('invoice.provider.toSettings')}
          </Link>
        }
      />
      <Panel title={t('invoice.provider.keys')}>
        <Keys />
      </Panel>
    </Page>
  );
}
