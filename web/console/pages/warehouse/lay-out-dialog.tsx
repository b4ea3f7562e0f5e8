import { useDeferredValue, useMemo } from 'react';
import { Alert, App, Form, InputNumber, Modal, Select, Switch } from 'antd';
import { client } from '../../../api/instance.ts';
import type { WarehousePlan } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FloorPlan } from '../../../ui/components/floor-plan.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { floorOf } from '../../../ui/floor/plan.ts';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { floorBins } from './plan-view.ts';
import { binCount, layoutWith, rackBins, type Racks } from './racks.ts';

/** Lengths in metres, as people measure; aisles from 1, as they stand on the plan. */
type Values = Omit<Racks, 'aislePitchMm' | 'bayPitchMm' | 'endMm' | 'depot' | 'firstAisle'> & {
  aislePitch: number;
  bayPitch: number;
  end: number;
  firstAisle: number;
  depotAisle: number;
  depotEnd: 'front' | 'back';
};
const PREVIEW_MAX = 20_000;
const mm = (metres: number): number => Math.round(metres * 1_000);

const toRacks = ({ aislePitch, bayPitch, end, firstAisle, depotAisle, depotEnd, ...same }: Values): Racks => ({
  ...same,
  firstAisle: firstAisle - 1,
  aislePitchMm: mm(aislePitch),
  bayPitchMm: mm(bayPitch),
  endMm: mm(end),
  depot: { aisle: depotAisle - 1, end: depotEnd },
});

/** Undefined while a number is missing. */
function readRacks(values: Partial<Values> | undefined): Racks | undefined {
  if (!values?.zone) return undefined;
  const numbers = ['aisles', 'bays', 'levels', 'firstAisle', 'aislePitch', 'bayPitch', 'end', 'depotAisle'] as const;
  return numbers.every((name) => typeof values[name] === 'number') ? toRacks(values as Values) : undefined;
}

/** The size of the racks that are there, so that new ones line up with them. */
function usualRacks(plan: WarehousePlan): { bays: number; levels: number } {
  const laid = plan.bins.filter((b) => b.bay !== null && b.level !== null);
  if (laid.length === 0) return { bays: 10, levels: 4 };
  const most = (of: 'bay' | 'level') => laid.reduce((n, b) => Math.max(n, b[of] ?? 0), 0);
  return { bays: most('bay') + 1, levels: Math.max(1, most('level')) };
}

function Preview({ plan, racks }: { plan: WarehousePlan; racks: Racks | undefined }) {
  const t = useT();
  const locale = useLocale();
  const drawn = useMemo(() => {
    if (!racks || binCount(racks) > PREVIEW_MAX) return undefined;
    const layout = layoutWith(plan.layout, racks);
    const made = rackBins(racks);
    const have = new Set(plan.bins.map((b) => b.code));
    const taken = made.filter((b) => have.has(b.code)).map((b) => b.code);
    const bins = layout && [
      ...floorBins(plan.bins, layout),
      ...floorBins(
        made.filter((b) => !have.has(b.code)).map((b) => ({ ...b, zone: t('bin.newBins') })),
        layout,
      ),
    ];
    return { taken, bins, floor: layout && floorOf(layout) };
  }, [plan, racks, t]);
  if (!racks) return <EmptyState title={t('bin.previewFill')} />;
  const count = binCount(racks).toLocaleString(locale);
  return (
    <div className="stack">
      <div>
        {t('bin.previewCount', { bins: count, first: rackBins({ ...racks, aisles: 1, bays: 1, levels: 1 })[0]!.code })}
      </div>
      {drawn && !drawn.floor && <Alert type="error" showIcon title={t('bin.doesNotFit')} />}
      {drawn && drawn.taken.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={t('bin.taken', { bins: drawn.taken.slice(0, 5).join(', '), count: drawn.taken.length })}
        />
      )}
      {drawn?.floor && drawn.bins && <FloorPlan floor={drawn.floor} bins={drawn.bins} heightPx={380} />}
    </div>
  );
}

function RackFields({ plan }: { plan: WarehousePlan }) {
  const t = useT();
  const rules = [{ required: true, message: t('ui.required') }];
  const field = (name: keyof Values, label: string, min: number, max: number, metres = false) => (
    <Form.Item name={name} label={label} rules={rules}>
      <InputNumber
        min={min}
        max={max}
        precision={metres ? 2 : 0}
        step={metres ? 0.1 : 1}
        suffix={metres ? t('bin.metres') : undefined}
        style={{ width: '100%' }}
      />
    </Form.Item>
  );
  return (
    <div>
      <Form.Item
        name="zone"
        label={t('bin.zone')}
        rules={rules}
        extra={plan.zones.length === 0 ? t('zone.none') : undefined}
      >
        <Select options={plan.zones.map((z) => ({ value: z.code, label: `${z.code} ${z.name}` }))} />
      </Form.Item>
      <div className="zg-formgrid">
        {field('aisles', t('bin.aisles'), 1, 200)}
        {field('firstAisle', t('bin.firstAisle'), 1, 1_000)}
        {field('bays', t('bin.bays'), 1, 200)}
        {field('levels', t('bin.levels'), 1, 20)}
        <Form.Item name="sides" label={t('bin.sides')}>
          <Select
            options={(['both', 'left', 'right'] as const).map((value) => ({ value, label: t(`bin.sides.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="middleCrossAisle" label={t('bin.middle')} valuePropName="checked">
          <Switch />
        </Form.Item>
        {field('aislePitch', t('bin.aislePitch'), 0.5, 100, true)}
        {field('bayPitch', t('bin.bayPitch'), 0.1, 100, true)}
        {field('end', t('bin.end'), 0, 100, true)}
        {field('depotAisle', t('bin.depotAisle'), 1, 1_000)}
        <Form.Item name="depotEnd" label={t('bin.depotEnd')}>
          <Select options={(['front', 'back'] as const).map((value) => ({ value, label: t(`bin.end.${value}`) }))} />
        </Form.Item>
      </div>
    </div>
  );
}

/** Racks along straight aisles, seen on the plan before they are made. */
export default function LayOutDialog({ plan, onClose }: { plan: WarehousePlan; onClose: () => void }) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch([], form) as Partial<Values> | undefined;
  const text = useDeferredValue(JSON.stringify(values ?? {}));
  const racks = useMemo(() => readRacks(JSON.parse(text) as Partial<Values>), [text]);
  const save = useSubmit(
    (given: Values, idempotencyKey) =>
      client.post('/warehouses/{warehouse}/lay-out', {
        path: { warehouse: plan.warehouse },
        body: toRacks(given),
        idempotencyKey,
      }),
    {
      onSuccess: (made) => {
        void message.success(t('bin.made', { bins: made.bins }));
        onClose();
      },
    },
  );
  const { layout } = plan;
  const pitch = layout && layout.aislesMm.length > 1 ? (layout.aislesMm[1]! - layout.aislesMm[0]!) / 1_000 : 3;
  const usual = usualRacks(plan);
  const zone = plan.zones.find((z) => !plan.bins.some((b) => b.zone === z.code)) ?? plan.zones[0];
  return (
    <Modal
      open
      width={1180}
      title={t('bin.layOut')}
      okText={t('bin.layOutDo')}
      okButtonProps={{ disabled: !racks || !layoutWith(layout, racks) }}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          ...(zone ? { zone: zone.code } : {}),
          aisles: 4,
          firstAisle: (layout?.aislesMm.length ?? 0) + 1,
          bays: usual.bays,
          levels: usual.levels,
          sides: 'both',
          middleCrossAisle: (layout?.crossAislesMm.length ?? 2) > 2,
          aislePitch: pitch,
          bayPitch: 1.2,
          end: 1.5,
          depotAisle: (layout?.depot.aisle ?? 0) + 1,
          depotEnd: layout?.depot.end ?? 'front',
        }}
        onFinish={(given) => save.mutate(given)}
      >
        <FormErrors form={form} error={save.error} />
        <div className="zg-layout-dialog">
          <RackFields plan={plan} />
          <Preview plan={plan} racks={racks} />
        </div>
      </Form>
    </Modal>
  );
}
