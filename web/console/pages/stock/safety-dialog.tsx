import { Form, InputNumber, Modal } from 'antd';
import { client } from '../../../api/instance.ts';
import type { SkuStock } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT } from '../../../ui/i18n.ts';

type Props = { stock: SkuStock; nameOf: (warehouse: string) => string; onClose: () => void };
const UNITS_MAX = 100_000_000;

/** Units that no order may take, warehouse by warehouse. */
export default function SafetyDialog({ stock, nameOf, onClose }: Props) {
  const t = useT();
  const [form] = Form.useForm<{ safety: (number | null)[] }>();
  const save = useSubmit(
    ({ safety }: { safety: (number | null)[] }) =>
      client.put('/stock/levels', {
        body: {
          items: stock.warehouses.map((w, i) => ({ sku: stock.sku, warehouse: w.warehouse, safety: safety[i] ?? 0 })),
        },
      }),
    { onSuccess: onClose },
  );
  return (
    <Modal
      open
      title={t('stock.setSafety')}
      okText={t('ui.save')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="muted">{t('stock.safetySays')}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ safety: stock.warehouses.map((w) => w.safety) }}
        onFinish={(values) => save.mutate(values)}
      >
        <FormErrors
          form={form}
          error={save.error}
          rename={(name) => (name[0] === 'items' ? ['safety', ...name.slice(1, 2)] : name)}
        />
        {stock.warehouses.map((w, i) => (
          <Form.Item key={w.warehouse} name={['safety', i]} label={<span className="wrap">{nameOf(w.warehouse)}</span>}>
            <InputNumber autoFocus={i === 0} min={0} max={UNITS_MAX} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        ))}
      </Form>
    </Modal>
  );
}
