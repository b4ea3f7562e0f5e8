import { InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Drawer, Form, Input, Select, Switch, Upload } from 'antd';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import type { Answer } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { mappingProblem } from './kinds.ts';

/** The kind whose files may be laid out in any way: a mapping says how. */
const MAPPED = 'orders';

type Kinds = Answer<'/import-kinds', 'get'>['items'];
type Values = { kind: string; mapping?: string; dryRun: boolean };
type Chosen = Values & { file: File };

function start({ kind, mapping, dryRun, file }: Chosen, idempotencyKey: string): Promise<{ id: string }> {
  const form = new FormData();
  form.append('kind', kind); // fields go before the file, so that the server knows them while it streams
  if (mapping?.trim()) form.append('mapping', mapping.trim());
  form.append('dryRun', String(dryRun));
  form.append('file', file, file.name);
  return client.upload('/imports', form, { idempotencyKey });
}

function MappingFields() {
  const t = useT();
  const form = Form.useFormInstance<Values>();
  const isMapping = (_: unknown, text: string | undefined) => {
    const problem = mappingProblem(text ?? '');
    return problem === undefined ? Promise.resolve() : Promise.reject(new Error(t('import.mappingBad', { problem })));
  };
  return (
    <>
      <Form.Item
        name="mapping"
        label={t('import.mapping')}
        extra={t('import.mappingSays')}
        rules={[{ validator: isMapping }]}
      >
        <Input.TextArea
          className="mono"
          autoSize={{ minRows: 5, maxRows: 16 }}
          spellCheck={false}
          maxLength={100_000}
        />
      </Form.Item>
      <Upload
        accept=".json"
        showUploadList={false}
        beforeUpload={(chosen) => (void chosen.text().then((text) => form.setFieldValue('mapping', text)), false)}
      >
        <Button size="small" style={{ marginBottom: 16 }}>
          {t('import.mappingFile')}
        </Button>
      </Upload>
    </>
  );
}

/** The standard table of the chosen kind, to fill in. */
function Template({ kinds }: { kinds: Kinds }) {
  const t = useT();
  const chosen = Form.useWatch<string>('kind');
  const kind = kinds.find((one) => one.kind === chosen);
  return (
    kind && (
      <a href={kind.templateUrl} download>
        {t('import.template')}
      </a>
    )
  );
}

/** Chooses a file and how to read it; a dry run changes nothing and lists what would be refused. */
export default function ImportForm(props: { kinds: Kinds; onClose: () => void; onStarted: (id: string) => void }) {
  const { kinds, onClose, onStarted } = props;
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Values>();
  const [file, setFile] = useState<File>();
  const [missing, setMissing] = useState(false);
  const kind = Form.useWatch('kind', form);
  const upload = useSubmit(start, { onSuccess: ({ id }) => onStarted(id) });
  const submit = (values: Values) => {
    setMissing(file === undefined);
    if (file) upload.mutate({ ...values, file });
  };
  return (
    <Drawer
      open
      size={600}
      title={t('import.new')}
      onClose={onClose}
      extra={
        <Button type="primary" loading={upload.isPending} onClick={() => form.submit()}>
          {t('import.start')}
        </Button>
      }
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: (kinds.find(({ kind }) => kind === MAPPED) ?? kinds[0])?.kind, dryRun: true }}
        onFinish={submit}
      >
        <FormErrors form={form} error={upload.error} />
        <Form.Item name="kind" label={t('import.kind')} extra={<Template kinds={kinds} />}>
          <Select options={kinds.map(({ kind }) => ({ value: kind, label: word('importKind', kind) }))} />
        </Form.Item>
        <Form.Item label={t('import.file')} required>
          <Upload.Dragger
            maxCount={1}
            accept=".csv,.xlsx,.txt"
            beforeUpload={(chosen) => (setFile(chosen), setMissing(false), false)}
            onRemove={() => setFile(undefined)}
          >
            <p className="ant-upload-drag-icon">
              <InboxOutlined />
            </p>
            <p>{t('import.drop')}</p>
            <p className="muted">{t('import.dropSays')}</p>
          </Upload.Dragger>
          {missing && <Alert type="error" showIcon title={t('import.noFile')} style={{ marginTop: 8 }} />}
        </Form.Item>
        {kind === MAPPED && <MappingFields />}
        <Form.Item name="dryRun" label={t('import.dryRun')} valuePropName="checked" extra={t('import.dryRunSays')}>
          <Switch />
        </Form.Item>
      </Form>
    </Drawer>
  );
}
