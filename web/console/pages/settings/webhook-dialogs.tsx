import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT } from '../../../ui/i18n.ts';

type Values = { url: string; events: string[] };

function SecretShownOnce({ secret }: { secret: string }) {
  const t = useT();
  return (
    <div className="stack">
      <Alert type="warning" showIcon title={t('webhook.once')} />
      <Typography.Text copyable code className="mono">
        {secret}
      </Typography.Text>
    </div>
  );
}

/** `orders.*` and the like: one choice for all events of a module, before the single ones. */
function choicesOf(types: readonly string[]): string[] {
  const modules = [...new Set(types.map((type) => `${type.split('.')[0]}.*`))];
  return ['*', ...modules, ...types];
}

/** A new endpoint; its secret is shown before the dialog closes, and never again. */
export function CreateWebhook({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const types = useQuery(oneQuery('/webhooks/event-types')).data?.items ?? [];
  const create = useSubmit((body: Values, idempotencyKey) => client.post('/webhooks', { body, idempotencyKey }));
  const secret = create.data?.secret;
  const required = [{ required: true, message: t('ui.required') }];
  const options = choicesOf(types.map(({ type }) => type)).map((value) => ({
    value,
    label: value === '*' ? t('webhook.all') : value,
  }));
  return (
    <Modal
      open
      title={t('webhook.new')}
      okText={t(secret ? 'ui.done' : 'ui.save')}
      confirmLoading={create.isPending}
      mask={{ closable: false }}
      {...(secret ? { cancelButtonProps: { hidden: true } } : {})}
      onOk={() => (secret ? onClose() : form.submit())}
      onCancel={onClose}
    >
      {secret ? (
        <SecretShownOnce secret={secret} />
      ) : (
        <Form form={form} layout="vertical" initialValues={{ events: [] }} onFinish={(values) => create.mutate(values)}>
          <FormErrors form={form} error={create.error} />
          <Form.Item name="url" label={t('webhook.url')} rules={required} extra={t('webhook.urlSays')}>
            <Input maxLength={2000} autoFocus inputMode="url" />
          </Form.Item>
          <Form.Item name="events" label={t('webhook.events')} rules={required}>
            <Select mode="multiple" options={options} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}

/** A new secret for an endpoint, asked for first and shown once. */
export function RotateSecret({ webhookId }: { webhookId: string }) {
  const t = useT();
  const [secret, setSecret] = useState<string>();
  const rotate = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/webhooks/{webhookId}/rotate-secret', { path: { webhookId }, idempotencyKey }),
  );
  const act = async () => setSecret((await rotate.mutateAsync({})).secret);
  return (
    <>
      <ConfirmButton size="small" type="link" title={t('webhook.rotate')} says={t('webhook.rotateSays')} act={act}>
        {t('webhook.rotate')}
      </ConfirmButton>
      <Modal
        open={secret !== undefined}
        title={t('webhook.rotate')}
        okText={t('ui.done')}
        mask={{ closable: false }}
        cancelButtonProps={{ hidden: true }}
        onOk={() => setSecret(undefined)}
        onCancel={() => setSecret(undefined)}
      >
        {secret && <SecretShownOnce secret={secret} />}
      </Modal>
    </>
  );
}
