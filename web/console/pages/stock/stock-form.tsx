import { DeleteOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Form, Input, InputNumber, Select } from 'antd';
import { warehousesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { SkuHit } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT } from '../../../ui/i18n.ts';
import { SkuPicker } from '../products/sku-picker.tsx';

type Kind = 'receipts' | 'adjustments';
type Line = { sku: string; title: string; quantity: number; bin?: string; batch?: string };
type Values = { warehouse: string; reference?: string; reason?: string; lines: Line[] };

function toBody(kind: Kind, { warehouse, reference, reason, lines }: Values) {
  return {
    warehouse,
    ...(kind === 'receipts'
      ? reference?.trim()
        ? { reference: reference.trim() }
        : {}
      : { reason: reason?.trim() ?? '' }),
    lines: lines.map(({ sku, quantity, bin, batch }) => ({
      sku,
      quantity,
      ...(bin?.trim() ? { bin: bin.trim() } : {}),
      ...(kind === 'receipts' && batch?.trim() ? { batch: batch.trim() } : {}),
    })),
  };
}

function StockLine({ kind, name, onRemove }: { kind: Kind; name: number; onRemove: () => void }) {
  const t = useT();
  const form = Form.useFormInstance();
  const line = Form.useWatch(['lines', name], { form, preserve: true }) as Line | undefined; // the title has no field
  const isReceipt = kind === 'receipts';
  return (
    <div className="zg-sku-fields">
      <div className="row between" style={{ flexWrap: 'nowrap', marginBottom: 8 }}>
        <span className="clamp2" title={line?.title}>
          {line?.title} <span className="mono muted">{line?.sku}</span>
        </span>
        <Button type="text" danger icon={<DeleteOutlined />} aria-label={t('order.removeLine')} onClick={onRemove} />
      </div>
      <Form.Item name={[name, 'sku']} noStyle>
        <input type="hidden" />
      </Form.Item>
      <div className="zg-formgrid">
        <Form.Item
          name={[name, 'quantity']}
          label={t(isReceipt ? 'move.quantity' : 'stock.change')}
          rules={[{ required: true, message: t('ui.required') }]}
        >
          <InputNumber {...(isReceipt ? { min: 1 } : {})} precision={0} max={9_999_999} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={[name, 'bin']} label={t('stock.bin')}>
          <Input maxLength={40} />
        </Form.Item>
        {isReceipt && (
          <Form.Item name={[name, 'batch']} label={t('stock.batch')}>
            <Input maxLength={40} />
          </Form.Item>
        )}
      </div>
    </div>
  );
}

function StockLines({ kind }: { kind: Kind }) {
  const t = useT();
  const atLeastOne = (_: unknown, lines: Line[] | undefined) =>
    lines && lines.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('order.noLines')));
  return (
    <Form.List name="lines" rules={[{ validator: atLeastOne }]}>
      {(fields, { add, remove }, { errors }) => (
        <>
          <SkuPicker onPick={(hit: SkuHit) => add({ sku: hit.sku, title: hit.title, quantity: 1 })} />
          {fields.map((field) => (
            <StockLine key={field.key} kind={kind} name={field.name} onRemove={() => remove(field.name)} />
          ))}
          <Form.ErrorList errors={errors} />
        </>
      )}
    </Form.List>
  );
}

/** Receives goods, or corrects what is there with a reason. */
export default function StockForm({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const save = useSubmit(
    (body: ReturnType<typeof toBody>, key) => client.post(`/stock/${kind}`, body, { idempotencyKey: key }),
    { onSuccess: onClose },
  );
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <Drawer
      open
      size={640}
      title={t(kind === 'receipts' ? 'stock.receive' : 'stock.adjust')}
      onClose={onClose}
      extra={
        <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('ui.save')}
        </Button>
      }
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ lines: [] }}
        onFinish={(values) => save.mutate(toBody(kind, values))}
      >
        <FormErrors form={form} error={save.error} />
        <Form.Item name="warehouse" label={t('stock.warehouse')} rules={required}>
          <Select options={warehouses.map((w) => ({ value: w.code, label: w.name }))} />
        </Form.Item>
        {kind === 'receipts' ? (
          <Form.Item name="reference" label={t('move.reference')}>
            <Input maxLength={100} />
          </Form.Item>
        ) : (
          <Form.Item
            name="reason"
            label={t('ui.reason')}
            rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
          >
            <Input maxLength={200} />
          </Form.Item>
        )}
        <StockLines kind={kind} />
      </Form>
    </Drawer>
  );
}
