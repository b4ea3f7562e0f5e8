import { InboxOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Form, Modal, Select, Switch, Upload } from 'antd';
import { useEffect, useState } from 'react';
import { importQuery, isRunning, oneQuery } from '../../../../api/console.ts';
import { client } from '../../../../api/instance.ts';
import { useSubmit } from '../../../../api/use-submit.ts';
import { FormErrors } from '../../../../ui/components/form-errors.tsx';
import { useT } from '../../../../ui/i18n.ts';
import { RunProgress } from '../../imports/run-progress.tsx';

type Values = { account: string; dryRun: boolean };

function Outcome({ importId }: { importId: string }) {
  const t = useT();
  const { data: run } = useQuery(importQuery(importId));
  if (!run) return null;
  return (
    <div className="stack">
      <RunProgress run={run} />
      {!isRunning(run) && (
        <Alert
          type={run.status === 'done' && run.failed === 0 ? 'success' : 'warning'}
          showIcon
          title={t('bank.imported', { done: run.done, skipped: run.skipped, failed: run.failed })}
          action={<Link to="/imports">{t('bank.toImports')}</Link>}
        />
      )}
    </div>
  );
}

/** A statement as the bank gives it. Movements that are known are not taken again, so statements may overlap. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const [file, setFile] = useState<File>();
  const accounts = useQuery(oneQuery('/bank-accounts', {})).data?.items ?? [];
  const only = accounts.length === 1 ? accounts[0]?.code : undefined;
  useEffect(() => {
    if (only !== undefined) form.setFieldValue('account', only);
  }, [form, only]);
  const upload = useSubmit((values: Values & { file: File }, idempotencyKey) => {
    const body = new FormData();
    body.append('kind', 'bank-lines');
    body.append('mapping', JSON.stringify({ account: values.account }));
    body.append('dryRun', String(values.dryRun));
    body.append('file', values.file, values.file.name);
    return client.upload('/imports', body, { idempotencyKey }) as Promise<{ id: string }>;
  });
  return (
    <Modal
      open
      title={t('bank.import')}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.close')}</Button>
          <Button type="primary" disabled={!file} loading={upload.isPending} onClick={() => form.submit()}>
            {t('import.start')}
          </Button>
        </>
      }
    >
      {accounts.length === 0 && <Alert type="info" showIcon title={t('bank.noAccount')} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ dryRun: false }}
        onFinish={(values) => file && upload.mutate({ ...values, file })}
      >
        <FormErrors form={form} error={upload.error} />
        <p className="muted">{t('bank.importSays')}</p>
        <Form.Item name="account" label={t('bank.account')} rules={[{ required: true, message: t('ui.required') }]}>
          <Select options={accounts.map((a) => ({ value: a.code, label: `${a.code} · ${a.bank}` }))} />
        </Form.Item>
        <Form.Item>
          <Upload.Dragger
            maxCount={1}
            accept=".csv,.xlsx,.txt"
            beforeUpload={(chosen) => (setFile(chosen), false)}
            onRemove={() => setFile(undefined)}
          >
            <p className="ant-upload-drag-icon">
              <InboxOutlined />
            </p>
            <p>{t('import.drop')}</p>
          </Upload.Dragger>
        </Form.Item>
        <Form.Item name="dryRun" label={t('import.dryRun')} valuePropName="checked" extra={t('import.dryRunSays')}>
          <Switch />
        </Form.Item>
      </Form>
      {upload.data && <Outcome importId={upload.data.id} />}
    </Modal>
  );
}
