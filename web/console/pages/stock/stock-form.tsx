import { DeleteOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Form, Input, InputNumber, Select } from 'antd';
import { warehousesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { StockDocument, SkuHit } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import type { FieldName } from '../../../api/field-errors.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT } from '../../../ui/i18n.ts';
import { SkuPicker } from '../products/sku-picker.tsx';
import {
  BUCKETS,
  toAdjustment,
  toReceipt,
  toTransfer,
  type StockFormKind,
  type StockLine as Line,
  type StockValues,
} from './stock-body.ts';

const QUANTITY_MAX = 9_999_999;

function send(kind: StockFormKind, values: StockValues, idempotencyKey: string): Promise<StockDocument> {
  if (kind === 'receipts') return client.post('/stock/receipts', { body: toReceipt(values), idempotencyKey });
  if (kind === 'transfers') return client.post('/stock/transfers', { body: toTransfer(values), idempotencyKey });
  return client.post('/stock/adjustments', { body: toAdjustment(values), idempotencyKey });
}

/** What the requests call otherwise than this form. */
const rename = (name: FieldName): FieldName => {
  if (name[0] === 'from') return ['warehouse'];
  return name.at(-1) === 'delta' ? [...name.slice(0, -1), 'quantity'] : name;
};

function LineDetails({ kind, name }: { kind: StockFormKind; name: number }) {
  const t = useT();
  if (kind === 'transfers') return null;
  if (kind === 'adjustments') {
    return (
      <Form.Item name={[name, 'bucket']} label={t('move.bucket')}>
        <Select options={BUCKETS.map((value) => ({ value, label: t(`bucket.${value}`) }))} />
      </Form.Item>
    );
  }
  return (
    <>
      <Form.Item name={[name, 'bin']} label={t('stock.bin')}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name={[name, 'batch']} label={t('stock.batch')}>
        <Input maxLength={40} />
      </Form.Item>
    </>
  );
}

function StockLine({ kind, name, onRemove }: { kind: StockFormKind; name: number; onRemove: () => void }) {
  const t = useT();
  const form = Form.useFormInstance();
  const line = Form.useWatch(['lines', name], { form, preserve: true }) as Line | undefined; // the title has no field
  const isChange = kind === 'adjustments';
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
          label={t(isChange ? 'stock.change' : 'move.quantity')}
          extra={isChange ? t('stock.changeSays') : undefined}
          rules={[{ required: true, message: t('ui.required') }]}
        >
          <InputNumber min={isChange ? -QUANTITY_MAX : 1} max={QUANTITY_MAX} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <LineDetails kind={kind} name={name} />
      </div>
    </div>
  );
}

function StockLines({ kind }: { kind: StockFormKind }) {
  const t = useT();
  const atLeastOne = (_: unknown, lines: Line[] | undefined) =>
    lines && lines.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('order.noLines')));
  const extra = kind === 'adjustments' ? { bucket: 'on_hand' } : {};
  return (
    <Form.List name="lines" rules={[{ validator: atLeastOne }]}>
      {(fields, { add, remove }, { errors }) => (
        <>
          <SkuPicker onPick={(hit: SkuHit) => add({ sku: hit.sku, title: hit.title, quantity: 1, ...extra })} />
          {fields.map((field) => (
            <StockLine key={field.key} kind={kind} name={field.name} onRemove={() => remove(field.name)} />
          ))}
          <Form.ErrorList errors={errors} />
        </>
      )}
    </Form.List>
  );
}

function HeadFields({ kind }: { kind: StockFormKind }) {
  const t = useT();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const options = warehouses.map((w) => ({ value: w.code, label: w.name }));
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <>
      <Form.Item name="warehouse" label={t(kind === 'transfers' ? 'stock.from' : 'stock.warehouse')} rules={required}>
        <Select options={options} />
      </Form.Item>
      {kind === 'transfers' && (
        <Form.Item name="to" label={t('stock.to')} rules={required}>
          <Select options={options} />
        </Form.Item>
      )}
      {kind === 'adjustments' ? (
        <Form.Item
          name="reason"
          label={t('ui.reason')}
          rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      ) : (
        <Form.Item name="reference" label={t('move.reference')}>
          <Input maxLength={100} />
        </Form.Item>
      )}
    </>
  );
}

const TITLES: Record<StockFormKind, string> = {
  receipts: 'stock.receive',
  adjustments: 'stock.adjust',
  transfers: 'stock.transfer',
};

/** Receives goods, sends them to another warehouse, or corrects what is there with a reason. */
export default function StockForm({ kind, onClose }: { kind: StockFormKind; onClose: () => void }) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<StockValues>();
  const save = useSubmit((values: StockValues, key) => send(kind, values, key), {
    onSuccess: (document) => {
      const waits = document.state === 'awaiting_approval';
      void (waits ? message.info(t('stock.waits', { no: document.no })) : message.success(t('ui.saved')));
      onClose();
    },
  });
  const title = t(TITLES[kind]);
  return (
    <Drawer
      open
      size={640}
      title={title}
      onClose={onClose}
      extra={
        <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('ui.save')}
        </Button>
      }
    >
      <Form form={form} layout="vertical" initialValues={{ lines: [] }} onFinish={(values) => save.mutate(values)}>
        <FormErrors form={form} error={save.error} rename={rename} />
        <HeadFields kind={kind} />
        <StockLines kind={kind} />
      </Form>
    </Drawer>
  );
}
