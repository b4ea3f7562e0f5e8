import { Form, Input, InputNumber, Modal } from 'antd';
import { useT } from '../../../ui/i18n.ts';
import type { Task } from './pick-work.ts';

type Values = { missing: number; note?: string };

/** How many pieces are not where they should be; the rest is decided by the server. */
export function ShortDialog(props: {
  task: Task;
  left: number;
  onShort: (missing: number, note: string) => void;
  onClose: () => void;
}) {
  const { task, left, onShort, onClose } = props;
  const t = useT();
  const [form] = Form.useForm<Values>();
  return (
    <Modal
      open
      title={t('pick.short')}
      okText={t('pick.shortDo')}
      okButtonProps={{ danger: true, size: 'large' }}
      cancelButtonProps={{ size: 'large' }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="wrap">{t('pick.shortSays', { bin: task.bin, title: task.title || task.sku })}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ missing: left }}
        onFinish={({ missing, note }) => {
          onShort(missing, note?.trim() ?? '');
          onClose();
        }}
      >
        <Form.Item name="missing" label={t('pick.shortCount')} rules={[{ required: true, message: t('ui.required') }]}>
          <InputNumber
            min={1}
            max={left}
            precision={0}
            size="large"
            autoFocus
            inputMode="numeric"
            data-scan="keep"
            style={{ width: 160 }}
          />
        </Form.Item>
        <Form.Item name="note" label={t('wave.note')}>
          <Input maxLength={300} data-scan="keep" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
