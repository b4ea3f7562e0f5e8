import { DeleteOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import type { SkuHit } from '../../../api/types.ts';
import { useT } from '../../../ui/i18n.ts';
import { SkuPicker } from '../products/sku-picker.tsx';
import { BatchField, BinField } from './place-fields.tsx';
import { BUCKETS, STOCK_STATES, type StockFormKind, type StockLine as Line } from './stock-body.ts';

const QUANTITY_MAX = 9_999_999;

/** A day as text in the form, as the server writes it. */
export const dayField = {
  getValueProps: (value: string | undefined) => ({ value: value ? dayjs(value) : null }),
  normalize: (value: dayjs.Dayjs | null) => value?.format('YYYY-MM-DD'),
};

function StateFields({ kind, name }: { kind: StockFormKind; name: number }) {
  const t = useT();
  if (kind === 'adjustments' || kind === 'scraps')
    return (
      <Form.Item name={[name, 'bucket']} label={t('move.bucket')}>
        <Select options={BUCKETS.map((value) => ({ value, label: t(`bucket.${value}`) }))} />
      </Form.Item>
    );
  if (kind === 'relocations')
    return (
      <Form.Item name={[name, 'state']} label={t('binStock.state')}>
        <Select options={STOCK_STATES.map((value) => ({ value, label: t(`stockState.${value}`) }))} />
      </Form.Item>
    );
  return null;
}

function PlaceFields({ kind, name, sku }: { kind: StockFormKind; name: number; sku: string | undefined }) {
  const t = useT();
  const warehouse = Form.useWatch('warehouse') as string | undefined;
  const moves = kind === 'relocations';
  const comes = kind === 'receipts';
  const rules = moves ? [{ required: true, whitespace: true, message: t('ui.required') }] : [];
  return (
    <>
      <Form.Item name={[name, 'bin']} label={t(moves ? 'stock.fromBin' : 'stock.bin')} rules={rules}>
        <BinField warehouse={warehouse} {...(moves ? {} : { empty: comes ? 'floor' : 'chosen' })} />
      </Form.Item>
      {moves && (
        <Form.Item name={[name, 'to']} label={t('stock.toBin')} rules={rules}>
          <BinField warehouse={warehouse} />
        </Form.Item>
      )}
      <Form.Item name={[name, 'batch']} label={t('stock.batch')}>
        <BatchField sku={sku} />
      </Form.Item>
      {comes && (
        <Form.Item name={[name, 'expiresOn']} label={t('batch.expiresOn')} {...dayField}>
          <DatePicker style={{ width: '100%' }} />
        </Form.Item>
      )}
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
        <StateFields kind={kind} name={name} />
        <PlaceFields kind={kind} name={name} sku={line?.sku} />
      </div>
    </div>
  );
}

const EXTRA: Partial<Record<StockFormKind, Partial<Line>>> = {
  adjustments: { bucket: 'on_hand' },
  scraps: { bucket: 'damaged' },
  relocations: { state: 'good' },
};

/** The lines of a document: a SKU is picked, and says where it stands as far as anyone knows. */
export function StockLines({ kind }: { kind: StockFormKind }) {
  const t = useT();
  const atLeastOne = (_: unknown, lines: Line[] | undefined) =>
    lines && lines.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('order.noLines')));
  return (
    <Form.List name="lines" rules={[{ validator: atLeastOne }]}>
      {(fields, { add, remove }, { errors }) => (
        <>
          <SkuPicker onPick={(hit: SkuHit) => add({ sku: hit.sku, title: hit.title, quantity: 1, ...EXTRA[kind] })} />
          {fields.map((field) => (
            <StockLine key={field.key} kind={kind} name={field.name} onRemove={() => remove(field.name)} />
          ))}
          <Form.ErrorList errors={errors} />
        </>
      )}
    </Form.List>
  );
}
