import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { shopsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { NewOrder, SkuHit } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { useT } from '../../../ui/i18n.ts';
import { CartLines } from './cart-lines.tsx';
import { CartTotal } from './cart-total.tsx';
import { PasteAddress } from './paste-address.tsx';

type Values = {
  shop: string;
  payment: NonNullable<NewOrder['payment']>;
  customer?: { name?: string; phone?: string };
  shipTo: NewOrder['shipTo'];
  lines: { sku: string; quantity: number; hit: SkuHit }[];
  couponCodes?: string[];
  remark?: string;
};

/**
 * The order as the server wants it; the buyer is the recipient unless someone else is named. It says the total the agent was
 * shown, so that nobody is charged another; of one paid elsewhere the freight is not ours to count.
 */
function toOrder(values: Values, quoted: NewOrder['total'] | null): NewOrder {
  const { shop, payment, shipTo, lines, remark, couponCodes = [] } = values;
  const name = values.customer?.name?.trim() || shipTo.name;
  const phone = values.customer?.phone?.trim() || shipTo.phone;
  return {
    shop,
    channel: 'console',
    payment,
    customer: { name, phone },
    shipTo,
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    ...(couponCodes.length > 0 ? { couponCodes } : {}),
    ...(quoted && payment !== 'prepaid' ? { total: quoted } : {}),
    ...(remark?.trim() ? { remark: remark.trim() } : {}),
  };
}

function ShipToFields() {
  const t = useT();
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <>
      <div className="zg-formgrid">
        <Form.Item name={['shipTo', 'name']} label={t('shipTo.name')} rules={required}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name={['shipTo', 'phone']} label={t('shipTo.phone')} rules={required}>
          <Input maxLength={20} inputMode="tel" autoComplete="off" />
        </Form.Item>
      </div>
      <div className="zg-formgrid">
        <Form.Item name={['shipTo', 'province']} label={t('shipTo.province')} rules={required}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name={['shipTo', 'city']} label={t('shipTo.city')} rules={required}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name={['shipTo', 'district']} label={t('shipTo.district')} initialValue="">
          <Input maxLength={40} />
        </Form.Item>
      </div>
      <Form.Item name={['shipTo', 'address']} label={t('shipTo.address')} rules={required}>
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} />
      </Form.Item>
    </>
  );
}

function BuyerFields() {
  const t = useT();
  return (
    <div className="zg-formgrid">
      <Form.Item name={['customer', 'name']} label={t('order.buyerName')} extra={t('order.buyerSays')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['customer', 'phone']} label={t('order.buyerPhone')}>
        <Input maxLength={20} inputMode="tel" autoComplete="off" />
      </Form.Item>
    </div>
  );
}

function SaleFields() {
  const t = useT();
  const shops = useQuery(shopsQuery).data?.items ?? [];
  const terms = ['online', 'prepaid', 'cod'] as const;
  return (
    <>
      <Form.Item name="shop" label={t('order.shop')} rules={[{ required: true, message: t('ui.required') }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={shops.map((shop) => ({ value: shop.code, label: shop.name }))}
        />
      </Form.Item>
      <Form.Item name="payment" label={t('order.payment')}>
        <Radio.Group options={terms.map((value) => ({ value, label: t(`paymentTerm.${value}`) }))} />
      </Form.Item>
      <Form.Item name="couponCodes" label={t('order.coupons')}>
        <Select mode="tags" open={false} suffixIcon={null} maxCount={20} placeholder={t('order.couponsHere')} />
      </Form.Item>
      <Form.Item name="remark" label={t('order.remark')}>
        <Input.TextArea maxLength={500} showCount autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </>
  );
}

/** An order typed in on a customer's behalf; a refusal lands on the fields it is about, all at once. */
export default function OrderNew() {
  const t = useT();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const [quoted, setQuoted] = useState<NewOrder['total'] | null>(null);
  const place = useSubmit((body: NewOrder, idempotencyKey) => client.post('/orders', { body, idempotencyKey }), {
    onSuccess: (order) => void navigate({ to: '/orders/$id', params: { id: order.id } as never }),
  });
  return (
    <Page title={t('order.new')} says={t('order.newSays')}>
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ payment: 'online', lines: [] }}
        onFinish={(values) => place.mutate(toOrder(values, quoted))}
      >
        <FormErrors form={form} error={place.error} />
        <div className="zg-two">
          <div className="stack">
            <Panel title={t('order.goods')}>
              <CartLines />
            </Panel>
            <Panel title={t('order.shipTo')}>
              <PasteAddress />
              <ShipToFields />
              <BuyerFields />
            </Panel>
          </div>
          <Panel title={t('order.sale')}>
            <SaleFields />
            <CartTotal onQuoted={setQuoted} />
            <Button block type="primary" size="large" htmlType="submit" loading={place.isPending}>
              {t('order.place')}
            </Button>
          </Panel>
        </div>
      </Form>
    </Page>
  );
}
