import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, InputNumber, Switch } from 'antd';
import { meQuery, oneQuery, warehousesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { CheckPlan, Warehouse } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';

type Values = {
  percent: number | null;
  everyNth: number | null;
  firstParcels: number | null;
  fragile: boolean;
  valueAbove: number | null;
};
const PER_UNIT = 100; // minor units

function PlanForm({ warehouse, plan, mayWrite }: { warehouse: Warehouse; plan?: CheckPlan; mayWrite: boolean }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const save = useSubmit(({ percent, everyNth, firstParcels, fragile, valueAbove }: Values) =>
    client.put('/check-plans', {
      body: {
        warehouse: warehouse.code,
        permille: Math.round((percent ?? 0) * 10),
        everyNth: everyNth ?? null,
        firstParcels: firstParcels ?? 0,
        fragile,
        valueAbove: valueAbove == null ? null : Math.round(valueAbove * PER_UNIT),
      },
    }),
  );
  return (
    <Panel title={<span className="wrap">{warehouse.name}</span>}>
      <Form
        form={form}
        layout="vertical"
        disabled={!mayWrite}
        initialValues={{
          percent: (plan?.permille ?? 0) / 10,
          everyNth: plan?.everyNth ?? null,
          firstParcels: plan?.firstParcels ?? 0,
          fragile: plan?.fragile ?? false,
          valueAbove: plan?.valueAbove == null ? null : plan.valueAbove / PER_UNIT,
        }}
        onFinish={(values) => save.mutate(values)}
      >
        <FormErrors form={form} error={save.error} rename={(name) => (name[0] === 'permille' ? ['percent'] : name)} />
        <div className="row" style={{ alignItems: 'flex-start' }}>
          <Form.Item name="percent" label={t('plan.percent')}>
            <InputNumber min={0} max={100} step={0.5} precision={1} suffix="%" style={{ width: 140 }} />
          </Form.Item>
          <Form.Item name="everyNth" label={t('plan.everyNth')}>
            <InputNumber min={2} max={10_000} precision={0} style={{ width: 140 }} />
          </Form.Item>
          <Form.Item name="firstParcels" label={t('plan.firstParcels')}>
            <InputNumber min={0} max={10_000} precision={0} style={{ width: 140 }} />
          </Form.Item>
          <Form.Item name="valueAbove" label={t('plan.valueAbove')}>
            <InputNumber min={0} precision={2} style={{ width: 160 }} />
          </Form.Item>
          <Form.Item name="fragile" label={t('plan.fragile')} valuePropName="checked">
            <Switch />
          </Form.Item>
        </div>
        {mayWrite && (
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('ui.save')}
          </Button>
        )}
        {save.isSuccess && <Alert style={{ marginTop: 12 }} type="success" showIcon title={t('plan.saved')} />}
      </Form>
    </Panel>
  );
}

/** Which packed parcels are opened again, warehouse by warehouse. */
export function CheckPlansTab() {
  const t = useT();
  const plans = useQuery(oneQuery('/check-plans'));
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const mayWrite = can(useQuery(meQuery).data, 'fulfilment.check_plan.write');
  if (plans.isPending) return <Loading heightPx={240} />;
  if (!plans.data) return <ErrorState error={plans.error} onRetry={() => void plans.refetch()} />;
  const { items } = plans.data;
  return (
    <>
      <p className="muted">{t('plan.says')}</p>
      {warehouses.map((w) => {
        const plan = items.find((p) => p.warehouse === w.code);
        return <PlanForm key={w.code} warehouse={w} mayWrite={mayWrite} {...(plan ? { plan } : {})} />;
      })}
    </>
  );
}
