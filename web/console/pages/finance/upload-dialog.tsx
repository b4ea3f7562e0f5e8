import { InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Checkbox, DatePicker, Form, Modal, Select, Upload } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import type { Answer } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { CHANNELS } from './words.ts';

type Values = { channel: string; billDate: Dayjs; dryRun: boolean };
type Loaded = Answer<'/reconciliations', 'post'>;

/** What would come of a bill. */
function Rehearsal({ bill }: { bill: Loaded }) {
  const t = useT();
  const word = useWord();
  const kinds = [...new Set(bill.differences.map((d) => d.kind))];
  const many = (kind: string) => bill.differences.filter((d) => d.kind === kind).length;
  return (
    <Alert
      type={bill.open > 0 ? 'warning' : 'success'}
      showIcon
      title={t('recon.rehearsed', { rows: bill.rows, matched: bill.matched, differences: bill.differenceCount })}
      description={kinds.map((kind) => `${word('reconKind', kind)} ${many(kind)}`).join(' · ')}
    />
  );
}

function WhichBill() {
  const t = useT();
  const word = useWord();
  return (
    <>
      <p className="muted">{t('recon.loadSays')}</p>
      <Form.Item name="channel" label={t('recon.channel')} rules={[{ required: true }]}>
        <Select options={CHANNELS.map((value) => ({ value, label: word('billChannel', value) }))} />
      </Form.Item>
      <Form.Item name="billDate" label={t('recon.billDate')} rules={[{ required: true, message: t('ui.required') }]}>
        <DatePicker allowClear={false} />
      </Form.Item>
    </>
  );
}

/** A bill as the channel gives it, or, where the channel hands it out, asked for now. */
export function UploadDialog({ onClose, onLoaded }: { onClose: () => void; onLoaded: (id: string) => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const [file, setFile] = useState<File>();
  const said = ({ channel: code, billDate }: Values) => ({ channel: code, billDate: billDate.format('YYYY-MM-DD') });
  const upload = useSubmit(
    (values: Values & { file: File }, idempotencyKey) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(said(values))) body.append(name, value);
      body.append('dryRun', String(values.dryRun));
      body.append('file', values.file, values.file.name);
      return client.upload('/reconciliations', body, { idempotencyKey }) as Promise<Loaded>;
    },
    { onSuccess: ({ id, dryRun }) => !dryRun && onLoaded(id) },
  );
  const fetched = useSubmit(
    (values: Values, idempotencyKey) => client.post('/reconciliations/fetch', { body: said(values), idempotencyKey }),
    { onSuccess: ({ id }) => onLoaded(id) },
  );
  return (
    <Modal
      open
      title={t('recon.load')}
      okText={t('recon.upload')}
      okButtonProps={{ disabled: !file }}
      confirmLoading={upload.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      footer={(_, { OkBtn, CancelBtn }) => (
        <>
          <CancelBtn />
          <Button loading={fetched.isPending} onClick={() => fetched.mutate(form.getFieldsValue())}>
            {t('recon.fetch')}
          </Button>
          <OkBtn />
        </>
      )}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ channel: 'wechat', billDate: dayjs().subtract(1, 'day'), dryRun: false }}
        onFinish={(values) => file && upload.mutate({ ...values, file })}
      >
        <FormErrors form={form} error={upload.error ?? fetched.error} />
        <WhichBill />
        <Upload.Dragger
          maxCount={1}
          accept=".csv,.gz,.zip,.txt"
          beforeUpload={(chosen) => (setFile(chosen), false)}
          onRemove={() => setFile(undefined)}
        >
          <p className="ant-upload-drag-icon">
            <InboxOutlined />
          </p>
          <p>{t('recon.drop')}</p>
        </Upload.Dragger>
        <Form.Item name="dryRun" valuePropName="checked" style={{ marginTop: 12 }}>
          <Checkbox>{t('recon.dryRun')}</Checkbox>
        </Form.Item>
      </Form>
      {upload.data?.dryRun && <Rehearsal bill={upload.data} />}
    </Modal>
  );
}
