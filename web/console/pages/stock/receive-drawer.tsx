import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, DatePicker, Drawer, Form, Input, InputNumber, Pagination, Switch, Tag } from 'antd';
import { useState } from 'react';
import type { FieldName } from '../../../api/field-errors.ts';
import { client } from '../../../api/instance.ts';
import type { Delivery } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT } from '../../../ui/i18n.ts';
import {
  balanceOf,
  linesMatching,
  type Balance,
  type ReceiveRow,
  type ReceiveValues,
  rowsFor,
  toReceive,
} from './delivery-body.ts';
import { BatchField, BinField } from './place-fields.tsx';
import { dayField } from './stock-lines.tsx';
import './documents.css';

const QUANTITY_MAX = 9_999_999;
/** Goods drawn at a time: a delivery may have two thousand. */
const SHOWN_MAX = 30;

function BalanceTags({ balance }: { balance: Balance | undefined }) {
  const t = useT();
  if (!balance) return null;
  if (balance.over > 0) return <Tag color="error">{t('delivery.overBy', { units: balance.over })}</Tag>;
  if (balance.short > 0) return <Tag color="warning">{t('delivery.shortBy', { units: balance.short })}</Tag>;
  return <Tag color="success">{t('delivery.exact')}</Tag>;
}

function RowFields({ name, sku, warehouse }: { name: number; sku: string; warehouse: string }) {
  const t = useT();
  return (
    <>
      <Form.Item name={[name, 'sku']} noStyle>
        <input type="hidden" />
      </Form.Item>
      <div className="zg-formgrid">
        <Form.Item name={[name, 'quantity']} label={t('delivery.counted')}>
          <InputNumber min={0} max={QUANTITY_MAX} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={[name, 'batch']} label={t('stock.batch')}>
          <BatchField sku={sku} />
        </Form.Item>
        <Form.Item name={[name, 'expiresOn']} label={t('batch.expiresOn')} {...dayField}>
          <DatePicker style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={[name, 'bin']} label={t('stock.bin')}>
          <BinField warehouse={warehouse} empty="floor" />
        </Form.Item>
      </div>
    </>
  );
}

type GroupProps = {
  delivery: Delivery;
  fields: readonly { key: number; name: number }[];
  rows: readonly (ReceiveRow | undefined)[];
  add: (row: ReceiveRow, at?: number) => void;
  remove: (name: number) => void;
};

/** The rows of a delivery by SKU, each with what is over or short of it as it is being typed. */
function Groups({ delivery, fields, rows, add, remove, lines }: GroupProps & { lines: Delivery['lines'] }) {
  const t = useT();
  const balance = balanceOf(delivery, rows);
  return lines.map((line) => {
    const mine = fields.filter((f) => rows[f.name]?.sku === line.sku);
    return (
      <section key={line.sku} className="zg-sku-fields" aria-label={line.title || line.sku}>
        <div className="row between" style={{ flexWrap: 'nowrap', marginBottom: 8, alignItems: 'flex-start' }}>
          <span>
            <span className="clamp2" title={line.title}>
              {line.title} <span className="mono muted">{line.sku}</span>
            </span>
            <span className="muted">{t('delivery.soFar', { ordered: line.ordered, received: line.received })}</span>
          </span>
          <BalanceTags balance={balance.get(line.sku)} />
        </div>
        {mine.map((field, i) => (
          <div key={field.key} className="zg-receive-row">
            <RowFields name={field.name} sku={line.sku} warehouse={delivery.warehouse} />
            {(mine.length > 1 || i > 0) && (
              <Button
                type="text"
                icon={<CloseOutlined />}
                aria-label={t('delivery.removeBatch')}
                onClick={() => remove(field.name)}
              />
            )}
          </div>
        ))}
        <Button
          size="small"
          type="link"
          icon={<PlusOutlined />}
          style={{ marginBottom: 8 }}
          onClick={() => {
            const short = balance.get(line.sku)?.short ?? 0;
            add({ sku: line.sku, ...(short > 0 ? { quantity: short } : {}) });
          }}
        >
          {t(mine.length > 0 ? 'delivery.addBatch' : 'delivery.addGoods')}
        </Button>
      </section>
    );
  });
}

/** Many goods a page at a time, found by code or title. */
function PagedGroups(props: GroupProps) {
  const t = useT();
  const [q, setQ] = useState('');
  const [page, setPage] = useState(1);
  const all = linesMatching(props.delivery, q);
  const isLong = props.delivery.lines.length > SHOWN_MAX;
  return (
    <>
      {isLong && (
        <Input
          allowClear
          value={q}
          placeholder={t('stock.search')}
          aria-label={t('stock.search')}
          style={{ marginBottom: 12 }}
          onChange={(event) => {
            setQ(event.target.value);
            setPage(1);
          }}
        />
      )}
      <Groups {...props} lines={all.slice((page - 1) * SHOWN_MAX, page * SHOWN_MAX)} />
      {isLong && (
        <Pagination
          size="small"
          current={page}
          pageSize={SHOWN_MAX}
          total={all.length}
          showSizeChanger={false}
          style={{ marginBottom: 16 }}
          onChange={setPage}
        />
      )}
    </>
  );
}

/** Counts in what has come of a delivery, with batch, expiry and bin where goods have them. */
export default function ReceiveDrawer({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<ReceiveValues>();
  const rows = (Form.useWatch('rows', { form, preserve: true }) ?? []) as (ReceiveRow | undefined)[];
  const save = useSubmit(
    (values: ReceiveValues, idempotencyKey) =>
      client.post('/stock/deliveries/{deliveryId}/receive', {
        path: { deliveryId: delivery.id },
        body: toReceive(values).body,
        idempotencyKey,
      }),
    {
      onSuccess: () => {
        void message.success(t('ui.saved'));
        onClose();
      },
    },
  );
  const rename = (name: FieldName): FieldName => {
    if (name[0] !== 'lines' || typeof name[1] !== 'number') return name;
    const { places } = toReceive({ rows: rows.map((row) => row ?? { sku: '' }), close: false });
    return ['rows', places[name[1]] ?? 0, ...name.slice(2)];
  };
  const counted = rows.reduce((n, row) => n + (row?.quantity ?? 0), 0);
  return (
    <Drawer
      open
      size={760}
      title={`${t('delivery.receive')} ${delivery.no}`}
      onClose={onClose}
      extra={
        <Button type="primary" disabled={counted === 0} loading={save.isPending} onClick={() => form.submit()}>
          {t('delivery.take', { units: counted.toLocaleString() })}
        </Button>
      }
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ rows: rowsFor(delivery), close: false }}
        onFinish={() => save.mutate(form.getFieldsValue(true) as ReceiveValues)} // also what is on other pages
      >
        <FormErrors form={form} error={save.error} rename={rename} />
        <Form.List name="rows">
          {(fields, { add, remove }) => (
            <PagedGroups delivery={delivery} fields={fields} rows={rows} add={add} remove={remove} />
          )}
        </Form.List>
        {delivery.state !== 'received' && (
          <Form.Item
            name="close"
            label={t('delivery.nothingMore')}
            extra={t('delivery.nothingMoreSays')}
            valuePropName="checked"
          >
            <Switch />
          </Form.Item>
        )}
      </Form>
    </Drawer>
  );
}
