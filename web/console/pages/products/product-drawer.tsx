import { DeleteOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Collapse, DatePicker, Drawer, Form, Input, InputNumber, Select, Switch, Upload } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Product } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Loading } from '../../../ui/components/states.tsx';
import { useT, type Translate } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { pictureOf, renameMoney, toChange, toForm, toNew, type ProductForm } from './product-form.ts';
import { Picture } from './picture.tsx';
import { isMoneyRule } from './rules.ts';

const PriceChart = lazy(() => import('../promotions/price-chart.tsx'));

type PictureFieldProps = { value?: string | null; onChange?: (id: string) => void; product: Product | undefined };

/** A picture just uploaded is a file of this person; the product's own is shown to all who see the product. */
function PictureField({ value, onChange, product }: PictureFieldProps) {
  const t = useT();
  const url = product && value === product.pictureId ? pictureOf(product) : value && `/api/v1/files/${value}`;
  const [failed, setFailed] = useState(false);
  const upload = async (file: File) => {
    const form = new FormData();
    form.append('file', file);
    try {
      const { id } = await client.upload('/files', form);
      setFailed(false);
      onChange?.(id);
    } catch {
      setFailed(true);
    }
  };
  return (
    <div className="row">
      <Picture url={url} title={product?.title ?? ''} sizePx={72} />
      <Upload
        accept="image/png,image/jpeg,image/webp"
        showUploadList={false}
        beforeUpload={(file) => (void upload(file), false)}
      >
        <Button icon={<UploadOutlined />}>{t('product.upload')}</Button>
      </Upload>
      {failed && <span style={{ color: 'var(--bad)' }}>{t('product.uploadFailed')}</span>}
    </div>
  );
}

function SkuFields({ name, isNew, onRemove }: { name: number; isNew: boolean; onRemove: (() => void) | undefined }) {
  const t = useT();
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <div className="zg-sku-fields">
      <div className="zg-formgrid">
        <Form.Item name={[name, 'sku']} label={t('sku.code')} rules={required}>
          <Input maxLength={64} disabled={!isNew} />
        </Form.Item>
        <Form.Item name={[name, 'barcode']} label={t('sku.barcode')}>
          <Input maxLength={64} data-scan="keep" disabled={!isNew} />
        </Form.Item>
        <Form.Item name={[name, 'title']} label={t('sku.title')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name={[name, 'price']} label={t('sku.price')} required rules={[isMoneyRule(t)]}>
          <Input inputMode="decimal" prefix="¥" />
        </Form.Item>
        <Form.Item name={[name, 'weightG']} label={t('sku.weight')}>
          <InputNumber min={0} max={10_000_000} precision={0} style={{ width: '100%' }} suffix="g" />
        </Form.Item>
        <Form.Item name={[name, 'reserveOn']} label={t('sku.reserveOn')}>
          <Select
            disabled={!isNew}
            options={(['order', 'payment'] as const).map((value) => ({ value, label: t(`sku.reserveOn.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name={[name, 'status']} label={t('product.status')} hidden={isNew}>
          <Select options={saleStates(t)} />
        </Form.Item>
        <Form.Item
          name={[name, 'backorder']}
          label={t('sku.backorder')}
          extra={t('sku.backorderSays')}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
        <Form.Item
          name={[name, 'availableFrom']}
          label={t('sku.availableFrom')}
          extra={t('sku.availableFromSays')}
          getValueProps={(day?: string) => ({ value: day ? dayjs(day) : null })}
          normalize={(day: Dayjs | null) => day?.format('YYYY-MM-DD') ?? ''}
        >
          <DatePicker style={{ width: '100%' }} />
        </Form.Item>
        <HandlingFields name={name} />
      </div>
      {onRemove && (
        <Button type="text" danger icon={<DeleteOutlined />} onClick={onRemove}>
          {t('sku.remove')}
        </Button>
      )}
    </div>
  );
}

/** How the warehouse keeps and packs it. */
function HandlingFields({ name }: { name: number }) {
  const t = useT();
  const storages = (['ambient', 'chilled', 'frozen'] as const).map((value) => ({
    value,
    label: t(`storage.${value}`),
  }));
  return (
    <>
      <Form.Item name={[name, 'storage']} label={t('sku.storage')}>
        <Select options={storages} />
      </Form.Item>
      {(['lengthMm', 'widthMm', 'heightMm'] as const).map((side) => (
        <Form.Item key={side} name={[name, side]} label={t(`sku.${side}`)}>
          <InputNumber min={0} max={100_000} precision={0} style={{ width: '100%' }} suffix="mm" />
        </Form.Item>
      ))}
      <Form.Item name={[name, 'fragile']} label={t('sku.fragile')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  );
}

const saleStates = (t: Translate) =>
  (['on_sale', 'off_sale'] as const).map((value) => ({ value, label: t(`status.product.${value}`) }));

function ProductFields({ product }: { product: Product | undefined }) {
  const t = useT();
  const isNew = product === undefined;
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <>
      <Form.Item name="pictureId" label={t('product.picture')}>
        <PictureField product={product} />
      </Form.Item>
      <Form.Item name="title" label={t('product.title')} rules={required}>
        <Input maxLength={200} showCount />
      </Form.Item>
      <div className="zg-formgrid">
        <Form.Item name="code" label={t('product.code')} rules={required}>
          <Input maxLength={64} disabled={!isNew} />
        </Form.Item>
        <Form.Item name="category" label={t('product.category')} rules={required} extra={t('product.categorySays')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="status" label={t('product.status')} hidden={isNew}>
          <Select options={saleStates(t)} />
        </Form.Item>
      </div>
    </>
  );
}

/** What each SKU has cost in the customer's eyes; read when somebody opens it. */
function PriceHistory({ product }: { product: Product }) {
  const t = useT();
  const [sku, setSku] = useState(product.skus[0]?.sku);
  if (sku === undefined) return null;
  const chart = (
    <Suspense fallback={<Loading heightPx={180} />}>
      {product.skus.length > 1 && (
        <Select
          value={sku}
          onChange={setSku}
          aria-label={t('sku.code')}
          style={{ marginBottom: 12, minWidth: 240 }}
          options={product.skus.map((s) => ({ value: s.sku, label: `${s.sku} ${s.title}` }))}
        />
      )}
      <PriceChart sku={sku} />
    </Suspense>
  );
  return <Collapse items={[{ key: 'prices', label: t('price.history'), children: chart }]} />;
}

/** Adds or edits one product with its SKUs; an edit is refused when someone else was faster. */
export default function ProductDrawer({ product, onClose }: { product: Product | undefined; onClose: () => void }) {
  const t = useT();
  const maySeeStock = can(useQuery(meQuery).data, 'inventory.stock.read');
  const [form] = Form.useForm<ProductForm>();
  const save = useSubmit(
    (values: ProductForm, idempotencyKey) =>
      product
        ? client.patch('/products/{productId}', {
            path: { productId: product.id },
            body: toChange(values),
            version: product.version,
          })
        : client.post('/products', { body: toNew(values), idempotencyKey }),
    { onSuccess: onClose },
  );
  return (
    <Drawer
      open
      size={720}
      title={product ? product.title : t('product.new')}
      onClose={onClose}
      extra={
        <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('ui.save')}
        </Button>
      }
    >
      <Form form={form} layout="vertical" initialValues={toForm(product)} onFinish={(values) => save.mutate(values)}>
        <FormErrors form={form} error={save.error} rename={renameMoney} />
        <ProductFields product={product} />
        <Form.List name="skus">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field) => (
                <SkuFields
                  key={field.key}
                  name={field.name}
                  isNew={product === undefined}
                  onRemove={!product && fields.length > 1 ? () => remove(field.name) : undefined}
                />
              ))}
              {!product && (
                <Button type="dashed" block icon={<PlusOutlined />} onClick={() => add({ reserveOn: 'order' })}>
                  {t('sku.add')}
                </Button>
              )}
            </>
          )}
        </Form.List>
      </Form>
      {product && <PriceHistory product={product} />}
      {product && maySeeStock && (
        <div className="stack" style={{ marginTop: 16 }}>
          {product.skus.map((s) => (
            <Link key={s.sku} to="/stock/sku/$sku" params={{ sku: s.sku } as never} className="wrap">
              {t('product.stockOf', { sku: s.sku })}
            </Link>
          ))}
        </div>
      )}
    </Drawer>
  );
}
