import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Radio } from 'antd';
import { useT } from '../../../ui/i18n.ts';
import { isMoneyRule } from '../products/rules.ts';
import type { OfferForm } from './offer-form.ts';
import { SkuSelect } from './scope-pickers.tsx';

const WIDE = { width: '100%' } as const;

function Amount({ name, label, extra }: { name: string | (string | number)[]; label: string; extra?: string }) {
  const t = useT();
  return (
    <Form.Item name={name} label={label} required rules={[isMoneyRule(t)]} {...(extra ? { extra } : {})}>
      <Input inputMode="decimal" prefix="¥" autoComplete="off" />
    </Form.Item>
  );
}

function Count(props: { name: string; label: string; min?: number; max: number; extra?: string; optional?: boolean }) {
  const t = useT();
  const { name, label, min = 1, max, extra, optional = false } = props;
  return (
    <Form.Item
      name={name}
      label={label}
      rules={optional ? [] : [{ required: true, message: t('ui.required') }]}
      {...(extra ? { extra } : {})}
    >
      <InputNumber
        min={min}
        max={max}
        precision={0}
        style={WIDE}
        {...(optional ? { placeholder: t('offer.unlimited') } : {})}
      />
    </Form.Item>
  );
}

const Percent = () => {
  const t = useT();
  return (
    <Form.Item name="percentOff" label={t('offer.percentOff')} rules={[{ required: true, message: t('ui.required') }]}>
      <InputNumber min={1} max={100} precision={0} suffix="%" style={WIDE} />
    </Form.Item>
  );
};

function DiscountFields() {
  const t = useT();
  const by = Form.useWatch('by') as OfferForm['by'] | undefined;
  return (
    <>
      <Form.Item name="by">
        <Radio.Group
          options={(['percent', 'price'] as const).map((value) => ({ value, label: t(`offer.by.${value}`) }))}
        />
      </Form.Item>
      {by === 'price' ? <Amount name="price" label={t('offer.price')} /> : <Percent />}
    </>
  );
}

function TierFields() {
  const t = useT();
  return (
    <>
      <Form.List name="tiers">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <div key={field.key} className="zg-tier">
                <Amount name={[field.name, 'spend']} label={t('offer.spend')} />
                <Amount name={[field.name, 'off']} label={t('offer.off')} />
                <Button
                  type="text"
                  danger
                  icon={<DeleteOutlined />}
                  disabled={fields.length === 1}
                  aria-label={t('offer.removeTier')}
                  onClick={() => remove(field.name)}
                />
              </div>
            ))}
            <Button
              type="dashed"
              icon={<PlusOutlined />}
              disabled={fields.length >= 20}
              onClick={() => add({ spend: '', off: '' })}
              style={{ marginBottom: 12 }}
            >
              {t('offer.addTier')}
            </Button>
          </>
        )}
      </Form.List>
      <Form.Item name="repeat" valuePropName="checked">
        <Checkbox>{t('offer.repeat')}</Checkbox>
      </Form.Item>
    </>
  );
}

function GiftFields() {
  const t = useT();
  return (
    <>
      <Form.Item name="giftSku" label={t('offer.giftSku')} rules={[{ required: true, message: t('ui.required') }]}>
        <SkuSelect label={t('offer.giftSku')} />
      </Form.Item>
      <div className="zg-formgrid">
        <Amount name="spend" label={t('offer.spend')} />
        <Count name="quantity" label={t('offer.quantity')} max={1000} />
      </div>
    </>
  );
}

function PresaleFields() {
  const t = useT();
  return (
    <>
      <div className="zg-formgrid">
        <Amount name="deposit" label={t('offer.deposit')} />
        <Amount name="expandsTo" label={t('offer.expandsTo')} extra={t('offer.expandsSays')} />
        <Count name="quota" label={t('offer.quota')} max={1_000_000_000} optional />
      </div>
      <Form.Item name="balance" label={t('offer.balance')} rules={[{ required: true, message: t('ui.required') }]}>
        <DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={WIDE} />
      </Form.Item>
    </>
  );
}

/** What the kind chosen gives: only its own fields are drawn. */
export function TermsFields({ kind }: { kind: OfferForm['kind'] }) {
  const t = useT();
  switch (kind) {
    case 'limited_time_discount':
      return <DiscountFields />;
    case 'threshold_reduction':
      return <TierFields />;
    case 'coupon':
      return (
        <div className="zg-formgrid">
          <Amount name="spend" label={t('offer.spend')} extra={t('offer.spendSays')} />
          <Amount name="off" label={t('offer.off')} />
        </div>
      );
    case 'nth_item':
      return (
        <div className="zg-formgrid">
          <Count name="nth" label={t('offer.nth')} min={2} max={100} />
          <Percent />
        </div>
      );
    case 'gift':
      return <GiftFields />;
    case 'flash_sale':
      return (
        <div className="zg-formgrid">
          <Amount name="price" label={t('offer.price')} />
          <Count name="limitPerCustomer" label={t('offer.limit')} max={1_000_000_000} optional />
          <Count name="quota" label={t('offer.quota')} max={1_000_000_000} optional />
        </div>
      );
    case 'presale':
      return <PresaleFields />;
    case 'cross_shop_threshold':
      return (
        <div className="zg-formgrid">
          <Amount name="every" label={t('offer.every')} />
          <Amount name="off" label={t('offer.off')} />
        </div>
      );
  }
}
