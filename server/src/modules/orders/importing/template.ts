import type { Column } from '#kernel/transfers/index.ts';
import type { Field, FieldName } from './mapping.ts';

/** Our own table of orders: one row per line; what belongs to the order stands on each of its rows. */
export const ORDER_COLUMNS: readonly Column[] = [
  { name: 'order_no', aliases: ['订单号', '外部单号'], required: true, example: 'TB-20260101-001' },
  { name: 'shop', aliases: ['店铺', '店铺编码'], required: true, example: 'main' },
  { name: 'channel', aliases: ['渠道'], example: 'import' },
  { name: 'placed_at', aliases: ['下单时间'], example: '2026-01-01 10:00:00' },
  { name: 'customer_id', aliases: ['客户编号'], example: '' },
  { name: 'customer_name', aliases: ['买家姓名'], example: '' },
  { name: 'customer_phone', aliases: ['买家电话'], example: '' },
  { name: 'ship_name', aliases: ['收货人'], required: true, example: '王小明' },
  { name: 'ship_phone', aliases: ['收货电话', '手机'], required: true, example: '13800138000' },
  { name: 'province', aliases: ['省'], example: '广东省' },
  { name: 'city', aliases: ['市'], example: '广州市' },
  { name: 'district', aliases: ['区', '区县'], example: '天河区' },
  { name: 'address', aliases: ['详细地址', '地址'], required: true, example: '体育西路 1 号' },
  { name: 'country', aliases: ['国家'], example: '' },
  { name: 'sku', aliases: ['SKU', '商品编码'], required: true, example: 'CHA-001-250' },
  { name: 'title', aliases: ['商品名称'], example: '' },
  { name: 'quantity', aliases: ['数量'], required: true, example: '2' },
  { name: 'unit_price', aliases: ['单价'], example: '128.00' },
  { name: 'remark', aliases: ['备注'], example: '' },
  { name: 'payment', aliases: ['付款方式'], example: 'prepaid' },
];

const NAME: Readonly<Record<FieldName, string>> = {
  externalNo: 'order_no',
  shop: 'shop',
  channel: 'channel',
  placedAt: 'placed_at',
  customerId: 'customer_id',
  customerName: 'customer_name',
  customerPhone: 'customer_phone',
  name: 'ship_name',
  phone: 'ship_phone',
  province: 'province',
  city: 'city',
  district: 'district',
  address: 'address',
  country: 'country',
  sku: 'sku',
  title: 'title',
  quantity: 'quantity',
  unitPrice: 'unit_price',
  remark: 'remark',
  payment: 'payment',
};

/** The template as a mapping: each field from its column, whatever name of it the file uses. */
export const TEMPLATE_FIELDS: Readonly<Record<FieldName, Field>> = Object.fromEntries(
  Object.entries(NAME).map(([field, name]) => {
    const names = [name, ...(ORDER_COLUMNS.find((c) => c.name === name)?.aliases ?? [])];
    return [
      field,
      {
        column: names,
        ...(field === 'channel' ? { default: 'import' } : field === 'payment' ? { default: 'prepaid' } : {}),
      },
    ];
  }),
) as Record<FieldName, Field>;
