import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Drawer, Form, Input, InputNumber } from 'antd';
import { meQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Warehouse } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { parseMoney, toDecimal } from '../../../ui/format/money.ts';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import './warehouse-service.css';

const ROWS_MAX = 500;

type Row = { region: string; excluded: boolean; cost: string; days: number | null };
type Values = { rows: Row[] };
type Saved = { region: string; excluded: boolean; cost: number | null; days: number | null };

function Rows({ mayWrite, currency }: { mayWrite: boolean; currency: string }) {
  const t = useT();
  const form = Form.useFormInstance<Values>();
  const rows = Form.useWatch('rows', form) ?? [];
  return (
    <Form.List name="rows">
      {(fields, { add, remove }) => (
        <div className="stack">
          {fields.map(({ key, name }) => {
            const excluded = rows[name]?.excluded ?? false;
            return (
              <div key={key} className="zg-service-row">
                <Form.Item name={[name, 'region']} label={t('service.region')}>
                  <Input maxLength={200} placeholder={t('service.everywhere')} />
                </Form.Item>
                <Form.Item
                  name={[name, 'cost']}
                  label={t('service.cost')}
                  rules={[
                    {
                      validator: (_, text: string | undefined) =>
                        excluded || (parseMoney(text ?? '', currency) ?? -1) >= 0
                          ? Promise.resolve()
                          : Promise.reject(new Error(t('service.costBad'))),
                    },
                  ]}
                >
                  <Input maxLength={14} inputMode="decimal" suffix={currency} disabled={excluded} />
                </Form.Item>
                <Form.Item name={[name, 'days']} label={t('service.days')}>
                  <InputNumber min={0} max={90} precision={0} disabled={excluded} style={{ width: '100%' }} />
                </Form.Item>
                <Form.Item name={[name, 'excluded']} valuePropName="checked" label={t('service.excluded')}>
                  <Checkbox aria-label={t('service.excluded')} />
                </Form.Item>
                {mayWrite && (
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t('service.remove')}
                    onClick={() => remove(name)}
                  />
                )}
              </div>
            );
          })}
          {fields.length === 0 && <p className="muted wrap">{t('service.none')}</p>}
          {mayWrite && (
            <Button
              icon={<PlusOutlined />}
              disabled={fields.length >= ROWS_MAX}
              onClick={() => add({ region: '', excluded: false, cost: '', days: null })}
            >
              {t('service.add')}
            </Button>
          )}
        </div>
      )}
    </Form.List>
  );
}

function ServiceForm(props: { warehouse: Warehouse; saved: Saved[]; onClose: () => void }) {
  const { warehouse, saved, onClose } = props;
  const t = useT();
  const { message } = App.useApp();
  const me = useQuery(meQuery).data;
  const currency = me?.org.currency ?? 'CNY';
  const mayWrite = can(me, 'inventory.warehouse.write');
  const [form] = Form.useForm<Values>();
  const save = useSubmit(
    ({ rows }: Values) =>
      client.put('/warehouses/{warehouseId}/service', {
        path: { warehouseId: warehouse.id },
        body: {
          rows: rows.map(({ region, excluded, cost, days }) => ({
            region: region.trim(),
            excluded,
            cost: excluded ? null : (parseMoney(cost, currency) ?? null),
            days: excluded ? null : days,
          })),
        },
      }),
    { onSuccess: () => (void message.success(t('ui.saved')), onClose()) },
  );
  const rows = saved.map((row) => ({
    ...row,
    cost: row.cost === null ? '' : toDecimal({ amount: row.cost, currency }),
  }));
  return (
    <Form
      form={form}
      layout="vertical"
      disabled={!mayWrite}
      initialValues={{ rows }}
      onFinish={(values) => save.mutate(values)}
    >
      <FormErrors form={form} error={save.error} />
      <Rows mayWrite={mayWrite} currency={currency} />
      {mayWrite && (
        <div className="row" style={{ marginTop: 16 }}>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('ui.save')}
          </Button>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
        </div>
      )}
    </Form>
  );
}

/** Where a warehouse sends to, at what cost and how fast. */
export function WarehouseService({ warehouse, onClose }: { warehouse: Warehouse; onClose: () => void }) {
  const t = useT();
  const query = useQuery(oneQuery('/warehouses/{warehouseId}/service', { path: { warehouseId: warehouse.id } }));
  return (
    <Drawer open size={720} title={t('service.title', { name: warehouse.name })} onClose={onClose}>
      <p className="muted wrap">{t('service.says')}</p>
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading heightPx={200} />}
      {query.data && !query.isFetching && (
        <ServiceForm warehouse={warehouse} saved={query.data.rows} onClose={onClose} />
      )}
    </Drawer>
  );
}
