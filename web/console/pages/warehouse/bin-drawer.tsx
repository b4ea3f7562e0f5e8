import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Drawer, Form, InputNumber, Select, Switch, Table, Tag } from 'antd';
import { binSearchQuery, listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Bin, BinStock, WarehousePlan } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { CountText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';

type Change = Body<'/warehouses/{warehouse}/bins/{bin}', 'patch'>;
const ROWS_MAX = 100;
const MM_MAX = 10_000_000;

function Standing({ warehouse, code }: { warehouse: string; code: string }) {
  const t = useT();
  const query = useQuery(listQuery('/stock/bins', { warehouse, bin: code, limit: ROWS_MAX }));
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <Table<BinStock>
        size="small"
        rowKey={(row) => `${row.sku} ${row.batch} ${row.state}`}
        loading={query.isPending}
        pagination={false}
        scroll={{ x: 520 }}
        dataSource={query.data?.items ?? []}
        locale={{ emptyText: <EmptyState title={t('bin.empty')} /> }}
        columns={[
          {
            title: t('stock.sku'),
            render: (_, row) => (
              <>
                <div className="clamp2" title={row.title}>
                  {row.title}
                </div>
                <span className="mono muted">{row.sku}</span>
              </>
            ),
          },
          {
            title: t('stock.batch'),
            width: 130,
            render: (_, row) => (
              <>
                <div className="wrap">{row.batch ?? '–'}</div>
                {row.expiresOn && <span className="muted">{row.expiresOn}</span>}
              </>
            ),
          },
          { title: t('binStock.state'), width: 80, render: (_, row) => t(`stockState.${row.state}`) },
          {
            title: t('move.quantity'),
            width: 90,
            align: 'right',
            render: (_, row) => <CountText value={row.quantity} />,
          },
        ]}
      />
      <Link to="/stock/bins" search={{ warehouse, bin: code } as never}>
        {t('bin.toStock')}
      </Link>
    </>
  );
}

function PlaceFields() {
  const t = useT();
  const whole = (name: keyof Change, label: string, max: number, min = 0) => (
    <Form.Item name={name} label={label}>
      <InputNumber min={min} max={max} precision={0} style={{ width: '100%' }} />
    </Form.Item>
  );
  return (
    <div className="zg-formgrid">
      {whole('aisle', t('bin.aisle'), 1_000, 1)}
      <Form.Item name="side" label={t('bin.sideTitle')}>
        <Select allowClear options={(['L', 'R'] as const).map((value) => ({ value, label: t(`bin.side.${value}`) }))} />
      </Form.Item>
      {whole('bay', t('bin.bay'), 10_000, 1)}
      {whole('level', t('bin.level'), 99)}
      {whole('xMm', t('bin.xMm'), MM_MAX)}
      {whole('yMm', t('bin.yMm'), MM_MAX)}
    </div>
  );
}

/** People count aisles and bays from 1, the server from 0. */
const shifted = (value: number | null | undefined, by: number): number | null => (value == null ? null : value + by);

function ChangeForm({ warehouse, bin, plan }: { warehouse: string; bin: Bin; plan: WarehousePlan }) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Change>();
  const fixed = bin.kind === 'floor' || bin.kind === 'staging';
  const save = useSubmit(
    ({ zone, kind, closed, side, ...at }: Change, idempotencyKey) =>
      client.patch('/warehouses/{warehouse}/bins/{bin}', {
        path: { warehouse, bin: bin.code },
        body: {
          ...at,
          aisle: shifted(at.aisle, -1),
          bay: shifted(at.bay, -1),
          side: side ?? null,
          zone: zone ?? null,
          ...(fixed ? {} : { kind, closed }),
        } as Change,
        idempotencyKey,
      }),
    { onSuccess: () => void message.success(t('ui.saved')) },
  );
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={{ ...bin, aisle: shifted(bin.aisle, 1), bay: shifted(bin.bay, 1) }}
      onFinish={(values) => save.mutate(values)}
    >
      <FormErrors form={form} error={save.error} />
      <div className="zg-formgrid">
        <Form.Item name="zone" label={t('bin.zone')}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={plan.zones.map((z) => ({ value: z.code, label: `${z.code} ${z.name}` }))}
          />
        </Form.Item>
        {!fixed && (
          <Form.Item name="kind" label={t('bin.kind')}>
            <Select
              options={(['storage', 'quarantine'] as const).map((value) => ({ value, label: t(`binKind.${value}`) }))}
            />
          </Form.Item>
        )}
        {!fixed && (
          <Form.Item name="closed" label={t('bin.closedSays')} valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
      </div>
      <PlaceFields />
      <Button htmlType="submit" type="primary" loading={save.isPending}>
        {t('ui.save')}
      </Button>
    </Form>
  );
}

/** One bin: what stands in it, and its zone, kind and place to change. */
export default function BinDrawer(props: {
  warehouse: string;
  code: string;
  plan: WarehousePlan;
  onClose: () => void;
}) {
  const { warehouse, code, plan, onClose } = props;
  const t = useT();
  const mayWrite = can(useQuery(meQuery).data, 'inventory.warehouse.write');
  const found = useQuery(binSearchQuery(warehouse, code));
  const bin = found.data?.items.find((b) => b.code === code);
  const word = useWord();
  return (
    <Drawer
      open
      size={620}
      mask={false}
      onClose={onClose}
      title={
        <span className="row">
          <span className="mono">{code}</span>
          {bin && <Tag>{word('binKind', bin.kind)}</Tag>}
          {bin?.closed && <Tag color="warning">{t('bin.closed')}</Tag>}
        </span>
      }
    >
      <div className="stack wide">
        <Standing warehouse={warehouse} code={code} />
        {found.isPending && <Loading heightPx={120} />}
        {bin && mayWrite && <ChangeForm key={bin.version} warehouse={warehouse} bin={bin} plan={plan} />}
      </div>
    </Drawer>
  );
}
