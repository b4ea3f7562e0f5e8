import { DeleteOutlined } from '@ant-design/icons';
import { Button, Form, InputNumber } from 'antd';
import type { SkuHit } from '../../../api/types.ts';
import { MoneyText } from '../../../ui/components/text.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { Picture } from '../products/picture.tsx';
import { SkuPicker } from '../products/sku-picker.tsx';

type Line = { sku: string; quantity: number; hit: SkuHit };

const QUANTITY_MAX = 9_999;

function CartLine({ index, onRemove }: { index: number; onRemove: () => void }) {
  const t = useT();
  const form = Form.useFormInstance();
  const line = Form.useWatch(['lines', index], { form, preserve: true }) as Line | undefined; // `hit` has no field of its own
  if (!line) return null;
  const { hit, quantity } = line;
  const short = quantity > hit.available;
  return (
    <div className="zg-cart-line">
      <Picture url={hit.pictureUrl} title={hit.title} sizePx={44} />
      <div style={{ minWidth: 0 }}>
        <div className="clamp2" title={hit.title}>
          {hit.title}
        </div>
        <div className="mono muted">{hit.sku}</div>
        <Form.Item name={[index, 'sku']} noStyle>
          <input type="hidden" />
        </Form.Item>
      </div>
      <MoneyText value={hit.price} />
      <Form.Item
        name={[index, 'quantity']}
        extra={
          short ? (
            <span style={{ color: 'var(--warn)' }}>{t('order.stockLeft', { available: hit.available })}</span>
          ) : undefined
        }
        style={{ margin: 0 }}
      >
        <InputNumber
          min={1}
          max={QUANTITY_MAX}
          precision={0}
          mode="spinner"
          style={{ width: 130 }}
          aria-label={t('line.quantity')}
        />
      </Form.Item>
      <span className="num">
        <MoneyText value={{ amount: (quantity || 0) * hit.price.amount, currency: hit.price.currency }} strong />
      </span>
      <Button type="text" danger icon={<DeleteOutlined />} aria-label={t('order.removeLine')} onClick={onRemove} />
      <LineErrors index={index} />
    </div>
  );
}

/** Errors of the line as a whole or of its SKU, under the line they are about. */
function LineErrors({ index }: { index: number }) {
  return (
    <Form.Item shouldUpdate noStyle>
      {(form) => {
        const errors = form.getFieldError(['lines', index, 'sku']);
        return errors.length > 0 ? (
          <div className="zg-cart-error ant-form-item-explain-error">{errors.join(' · ')}</div>
        ) : null;
      }}
    </Form.Item>
  );
}

/** The goods of a new order: find by SKU, bar code or title; adding one again raises its quantity. */
export function CartLines() {
  const t = useT();
  const form = Form.useFormInstance();
  return (
    <Form.List
      name="lines"
      rules={[
        {
          validator: (_, lines: Line[] | undefined) =>
            lines && lines.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('order.noLines'))),
        },
      ]}
    >
      {(fields, { add, remove }, { errors }) => {
        const pick = (hit: SkuHit) => {
          const lines = (form.getFieldValue('lines') ?? []) as Line[];
          const at = lines.findIndex((line) => line.sku === hit.sku);
          if (at < 0) add({ sku: hit.sku, quantity: 1, hit });
          else form.setFieldValue(['lines', at, 'quantity'], (lines[at]?.quantity ?? 0) + 1);
        };
        return (
          <>
            <SkuPicker onPick={pick} />
            {fields.length === 0 && <EmptyState title={t('order.cartEmpty')} />}
            {fields.map((field, index) => (
              <CartLine key={field.key} index={index} onRemove={() => remove(field.name)} />
            ))}
            <Form.ErrorList errors={errors} />
          </>
        );
      }}
    </Form.List>
  );
}
