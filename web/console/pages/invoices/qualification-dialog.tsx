import { PaperClipOutlined, UploadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Upload } from 'antd';
import { useState } from 'react';
import { meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Invoice } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { ErrorState } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { filled, TitleFields } from './title-fields.tsx';

type Values = Omit<Body<'/invoice-qualifications', 'post'>, 'orderId'>;
type Taken = { id: string; name: string };
const FILES_MAX = 10;

/** Hands in what shows that a buyer may have special invoices. */
function SubmitDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const [files, setFiles] = useState<Taken[]>([]);
  const [refusal, setRefusal] = useState<unknown>();
  const send = useSubmit(
    ({ title, note }: Values, idempotencyKey) =>
      client.post('/invoice-qualifications', {
        body: {
          orderId: invoice.orderId,
          title: { ...filled(title), kind: 'company' },
          fileIds: files.map((f) => f.id),
          ...(note ? { note } : {}),
        },
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  const upload = async (file: File): Promise<void> => {
    setRefusal(undefined);
    const body = new FormData();
    body.append('file', file, file.name);
    try {
      const { id } = await client.upload('/files', body);
      setFiles((all) => [...all, { id, name: file.name }].slice(0, FILES_MAX));
    } catch (error) {
      setRefusal(error);
    }
  };
  const { name, taxId, address, phone, bank, account } = invoice.buyer;
  return (
    <Modal
      open
      title={t('qualification.submit')}
      okText={t('qualification.submit')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ title: { name, taxId, address, phone, bank, account } }}
        onFinish={(values) => send.mutate(values)}
      >
        <FormErrors form={form} error={send.error} />
        <p className="muted">{t('qualification.submitSays')}</p>
        <TitleFields kind="company" fixed="company" />
        <Form.Item label={t('qualification.files')}>
          <div className="stack tight">
            <Upload showUploadList={false} beforeUpload={(file) => (void upload(file), false)}>
              <Button icon={<UploadOutlined />}>{t('qualification.addFile')}</Button>
            </Upload>
            {files.map((f) => (
              <span key={f.id} className="wrap">
                <PaperClipOutlined /> {f.name}
              </span>
            ))}
            {refusal !== undefined && <ErrorState error={refusal} />}
          </div>
        </Form.Item>
        <Form.Item name="note" label={t('invoice.note')}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** On an invoice that waits for a qualification: hand one in, for those who may. */
export function QualificationButton({ invoice }: { invoice: Invoice }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const may = can(useQuery(meQuery).data, 'invoicing.qualification.submit');
  if (!may || invoice.qualification?.state === 'pending') return null;
  return (
    <>
      <Button size="small" type="primary" onClick={() => setOpen(true)}>
        {t('qualification.submit')}
      </Button>
      {open && <SubmitDialog invoice={invoice} onClose={() => setOpen(false)} />}
    </>
  );
}
