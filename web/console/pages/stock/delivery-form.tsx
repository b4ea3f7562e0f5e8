import { DeleteOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Drawer, Form, Input, InputNumber, Select } from 'antd';
import { warehousesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { SkuHit } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { parseMoney } from '../../../ui/format/money.ts';
import { useT } from '../../../ui/i18n.ts';
import { SkuPicker } from '../products/sku-picker.tsx';
import { type DeliveryValues, toDelivery } from './delivery-body.ts';
import { dayField } from './stock-lines.tsx';

const QUANTITY_MAX = 9_999_999;

function DeliveryLine({ name, onRemove }: { name: number; onRemove: () => void }) {
  const t = useT();
  const form = Form.useFormInstance<DeliveryValues>();
  const line = Form.useWatch((values: DeliveryValues) => values.lines?.[name], { form, preserve: true });
  const isAmount = (_: unknown, text: string | undefined) =>
    !text || parseMoney(text, line?.currency ?? '') !== undefined
      ? Promise.resolve()
      : Promise.reject(new Error(t('ui.amountBad')));
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
          label={t('delivery.ordered')}
          rules={[{ required: true, message: t('ui.required') }]}
        >
          <InputNumber min={1} max={QUANTITY_MAX} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={[name, 'cost']} label={t('delivery.unitCost')} rules={[{ validator: isAmount }]}>
          <Input inputMode="decimal" maxLength={20} suffix={line?.currency} />
        </Form.Item>
      </div>
    </div>
  );
}

function DeliveryLines() {
  const t = useT();
  const form = Form.useFormInstance<DeliveryValues>();
  const atLeastOne = (_: unknown, lines: DeliveryValues['lines'] | undefined) =>
    lines && lines.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('order.noLines')));
  return (
    <Form.List name="lines" rules={[{ validator: atLeastOne }]}>
      {(fields, { add, remove }, { errors }) => (
        <>
          <SkuPicker
            onPick={(hit: SkuHit) => {
              const lines = form.getFieldValue('lines') as DeliveryValues['lines'];
              const has = lines.some((line) => line.sku === hit.sku); // one line per SKU, as the server keeps them
              if (!has) add({ sku: hit.sku, title: hit.title, quantity: 1, currency: hit.price.currency });
            }}
          />
          {fields.map((field) => (
            <DeliveryLine key={field.key} name={field.name} onRemove={() => remove(field.name)} />
          ))}
          <Form.ErrorList errors={errors} />
        </>
      )}
    </Form.List>
  );
}

/** Notes what a supplier is to bring, so that what comes can be checked against it. */
export default function DeliveryForm({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const t = useT();
  const [form] = Form.useForm<DeliveryValues>();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const save = useSubmit(
    (values: DeliveryValues, idempotencyKey) =>
      client.post('/stock/deliveries', { body: toDelivery(values), idempotencyKey }),
    { onSuccess: (delivery) => onMade(delivery.id) },
  );
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <Drawer
      open
      size={640}
      title={t('delivery.new')}
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
        onFinish={() => save.mutate(form.getFieldsValue(true) as DeliveryValues)}
      >
        <FormErrors
          form={form}
          error={save.error}
          rename={(name) => (name.at(-1) === 'unitCost' ? [...name.slice(0, -1), 'cost'] : name)}
        />
        <div className="zg-formgrid">
          <Form.Item name="supplier" label={t('delivery.supplier')} rules={required}>
            <Input maxLength={200} autoFocus />
          </Form.Item>
          <Form.Item
            name="warehouse"
            label={t('stock.warehouse')}
            rules={[{ required: true, message: t('ui.required') }]}
          >
            <Select options={warehouses.map((w) => ({ value: w.code, label: w.name }))} />
          </Form.Item>
          <Form.Item name="expectedOn" label={t('delivery.expectedOn')} {...dayField}>
            <DatePicker style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="reference" label={t('move.reference')}>
            <Input maxLength={200} />
          </Form.Item>
        </div>
        <DeliveryLines />
      </Form>
    </Drawer>
  );
}
