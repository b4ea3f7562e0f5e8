import { Alert, App, Form, Input, Modal, Select } from 'antd';
import { client } from '../../../api/instance.ts';
import type { Zone } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT } from '../../../ui/i18n.ts';
import { BIN_LINES_MAX, readBinLines } from './bin-lines.ts';

type Values = { text: string; zone?: string; kind: 'storage' | 'quarantine' };
const TEXT_MAX = 200_000;
const SHOWN_MAX = 8;

function Reading({ text }: { text: string }) {
  const t = useT();
  const { bins, bad } = readBinLines(text);
  if (bins.length === 0 && bad.length === 0) return null;
  const tooMany = bins.length > BIN_LINES_MAX;
  return (
    <Alert
      showIcon
      type={bad.length > 0 || tooMany ? 'warning' : 'success'}
      title={tooMany ? t('bin.pasteTooMany', { most: BIN_LINES_MAX }) : t('bin.pasteCount', { bins: bins.length })}
      description={
        bad.length > 0 && (
          <ul className="zg-plain">
            {bad.slice(0, SHOWN_MAX).map((b) => (
              <li key={b.line} className="wrap">
                {t('bin.pasteLine', { line: b.line })} <span className="mono">{b.text.slice(0, 80)}</span>{' '}
                {t(`bin.pasteWhy.${b.why}`)}
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}

/** Many bins at once, typed or pasted out of a spreadsheet, for racks that no simple rule describes. */
export default function PasteBinsDialog(props: { warehouse: string; zones: readonly Zone[]; onClose: () => void }) {
  const { warehouse, zones, onClose } = props;
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const text = Form.useWatch('text', form) ?? '';
  const { bins, bad } = readBinLines(text);
  const save = useSubmit(
    ({ zone, kind }: Values, idempotencyKey) =>
      client.post('/warehouses/{warehouse}/bins', {
        path: { warehouse },
        body: { bins: bins.map((b) => ({ kind, ...(zone ? { zone } : {}), ...b })) },
        idempotencyKey,
      }),
    {
      onSuccess: (made) => {
        void message.success(t('bin.made', { bins: made.items.length }));
        onClose();
      },
    },
  );
  const ready = bins.length > 0 && bins.length <= BIN_LINES_MAX && bad.length === 0;
  return (
    <Modal
      open
      title={t('bin.paste')}
      okText={t('ui.save')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      width={640}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: 'storage', text: '' }}
        onFinish={(v) => save.mutate(v)}
      >
        <FormErrors form={form} error={save.error} />
        <Form.Item name="text" label={t('bin.pasteText')} extra={t('bin.pasteSays')}>
          <Input.TextArea className="mono" maxLength={TEXT_MAX} autoFocus autoSize={{ minRows: 8, maxRows: 16 }} />
        </Form.Item>
        <div className="zg-formgrid">
          <Form.Item name="zone" label={t('bin.pasteZone')}>
            <Select allowClear options={zones.map((z) => ({ value: z.code, label: `${z.code} ${z.name}` }))} />
          </Form.Item>
          <Form.Item name="kind" label={t('bin.kind')}>
            <Select
              options={(['storage', 'quarantine'] as const).map((value) => ({ value, label: t(`binKind.${value}`) }))}
            />
          </Form.Item>
        </div>
        <Reading text={text} />
      </Form>
    </Modal>
  );
}
