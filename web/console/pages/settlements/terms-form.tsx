import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import type { SettlementTerms } from '../../../api/types.ts';
import { useT, useWord } from '../../../ui/i18n.ts';
import { millionthsOf, percentOf } from './words.ts';

/** The terms as people type them: percent and yuan. */
export type TermsValues = {
  cycle: 'daily' | 'weekly' | 'monthly';
  days?: number;
  weekday?: number;
  day?: number;
  basis: 'completed' | 'shipped';
  basisDays?: number;
  rate: number;
  fixed?: number | null;
  floor?: number | null;
  cap?: number | null;
  categories?: { path: string; rate: number }[];
  onFreight: boolean;
  backOnRefund: boolean;
  onOthersMoney: boolean;
  channelFee: 'us' | 'party';
  holdRate?: number | null;
  holdAmount?: number | null;
  holdDays?: number | null;
  minimum?: number | null;
};

const minor = (yuan: number | null | undefined): number => Math.round((yuan ?? 0) * 100);
const minorOrNull = (yuan: number | null | undefined): number | null => (yuan == null ? null : minor(yuan));
const yuan = (amount: number | null): number | null => (amount === null ? null : amount / 100);

export const NEW_TERMS: TermsValues = {
  cycle: 'daily',
  days: 1,
  weekday: 1,
  day: 1,
  basis: 'completed',
  basisDays: 7,
  rate: 5,
  onFreight: false,
  backOnRefund: true,
  onOthersMoney: false,
  channelFee: 'us',
  holdDays: 30,
};

function cycleOf(v: TermsValues): SettlementTerms['cycle'] {
  if (v.cycle === 'weekly') return { kind: 'weekly', weekday: v.weekday ?? 1 };
  return v.cycle === 'monthly' ? { kind: 'monthly', day: v.day ?? 1 } : { kind: 'daily', days: v.days ?? 1 };
}

export const termsOf = (v: TermsValues): SettlementTerms => ({
  cycle: cycleOf(v),
  basis: v.basis === 'shipped' ? { kind: 'shipped', days: v.basisDays ?? 0 } : { kind: 'completed' },
  commission: {
    rateMillionths: millionthsOf(v.rate),
    fixed: minor(v.fixed),
    floor: minorOrNull(v.floor),
    cap: minorOrNull(v.cap),
    categories: (v.categories ?? []).map((c) => ({ path: c.path, rateMillionths: millionthsOf(c.rate) })),
    onFreight: v.onFreight,
    backOnRefund: v.backOnRefund,
    onOthersMoney: v.onOthersMoney,
  },
  channelFee: v.channelFee,
  hold: { rateMillionths: millionthsOf(v.holdRate), amount: minor(v.holdAmount), days: v.holdDays ?? 30 },
  minimum: minor(v.minimum),
});

/** The terms in force as the form begins with them. */
export const valuesOf = (t: SettlementTerms): TermsValues => ({
  ...NEW_TERMS,
  ...t.cycle,
  cycle: t.cycle.kind,
  basis: t.basis.kind,
  ...(t.basis.kind === 'shipped' ? { basisDays: t.basis.days } : {}),
  rate: percentOf(t.commission.rateMillionths),
  fixed: yuan(t.commission.fixed),
  floor: yuan(t.commission.floor),
  cap: yuan(t.commission.cap),
  categories: t.commission.categories.map((c) => ({ path: c.path, rate: percentOf(c.rateMillionths) })),
  onFreight: t.commission.onFreight,
  backOnRefund: t.commission.backOnRefund,
  onOthersMoney: t.commission.onOthersMoney,
  channelFee: t.channelFee,
  holdRate: percentOf(t.hold.rateMillionths),
  holdAmount: yuan(t.hold.amount),
  holdDays: t.hold.days,
  minimum: yuan(t.minimum),
});

type Field = keyof TermsValues;

function NumberField({ name, max, unit, digits = 0 }: { name: Field; max: number; unit: string; digits?: number }) {
  const t = useT();
  return (
    <Form.Item name={name} label={t(`terms.${name}`)}>
      <InputNumber min={0} max={max} precision={digits} suffix={unit} style={{ width: 170 }} />
    </Form.Item>
  );
}

function Flag({ name }: { name: Field }) {
  const t = useT();
  return (
    <Form.Item name={name} label={t(`terms.${name}`)} valuePropName="checked">
      <Switch />
    </Form.Item>
  );
}

function Choice({ name, options }: { name: Field; options: readonly string[] }) {
  const t = useT();
  return (
    <Form.Item name={name} label={t(`terms.${name}`)}>
      <Select
        style={{ width: 170 }}
        options={options.map((value) => ({ value, label: t(`terms.${name}.${value}`) }))}
      />
    </Form.Item>
  );
}

function Categories() {
  const t = useT();
  return (
    <Form.List name="categories">
      {(fields, { add, remove }) => (
        <Form.Item label={t('terms.categories')}>
          {fields.map((field) => (
            <div key={field.key} className="row" style={{ marginBottom: 8 }}>
              <Form.Item
                name={[field.name, 'path']}
                noStyle
                rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
              >
                <Input placeholder={t('terms.path')} aria-label={t('terms.path')} style={{ width: 240 }} />
              </Form.Item>
              <Form.Item name={[field.name, 'rate']} noStyle rules={[{ required: true, message: t('ui.required') }]}>
                <InputNumber min={0} max={100} precision={4} suffix="%" aria-label={t('terms.rate')} />
              </Form.Item>
              <Button
                type="text"
                aria-label={t('terms.removeCategory')}
                icon={<MinusCircleOutlined />}
                onClick={() => remove(field.name)}
              />
            </div>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ rate: 0 })}>
            {t('terms.addCategory')}
          </Button>
        </Form.Item>
      )}
    </Form.List>
  );
}

/** What is agreed with a party, inside a form of `TermsValues`. */
export function TermsFields() {
  const t = useT();
  const word = useWord();
  const cycle = Form.useWatch<string>('cycle');
  const basis = Form.useWatch<string>('basis');
  const d = t('terms.unitDays');
  return (
    <>
      <div className="row zg-terms">
        <Choice name="cycle" options={['daily', 'weekly', 'monthly']} />
        {cycle === 'daily' && <NumberField name="days" max={60} unit={d} />}
        {cycle === 'weekly' && (
          <Form.Item name="weekday" label={t('terms.weekday')}>
            <Select
              style={{ width: 170 }}
              options={[1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, label: word('weekday', String(value)) }))}
            />
          </Form.Item>
        )}
        {cycle === 'monthly' && <NumberField name="day" max={31} unit="" />}
        <Choice name="basis" options={['completed', 'shipped']} />
        {basis === 'shipped' && <NumberField name="basisDays" max={90} unit={d} />}
      </div>
      <div className="row zg-terms">
        <NumberField name="rate" max={100} unit="%" digits={4} />
        <NumberField name="fixed" max={1e8} unit="¥" digits={2} />
        <NumberField name="floor" max={1e8} unit="¥" digits={2} />
        <NumberField name="cap" max={1e8} unit="¥" digits={2} />
      </div>
      <Categories />
      <div className="row zg-terms">
        <Flag name="onFreight" />
        <Flag name="backOnRefund" />
        <Flag name="onOthersMoney" />
        <Choice name="channelFee" options={['us', 'party']} />
      </div>
      <div className="row zg-terms">
        <NumberField name="holdRate" max={100} unit="%" digits={4} />
        <NumberField name="holdAmount" max={1e8} unit="¥" digits={2} />
        <NumberField name="holdDays" max={730} unit={d} />
        <NumberField name="minimum" max={1e8} unit="¥" digits={2} />
      </div>
    </>
  );
}

/** The terms in words, for reading. */
export function useTermsText(): (terms: SettlementTerms, currency: string) => string[] {
  const t = useT();
  const word = useWord();
  return ({ cycle, basis, commission: c, channelFee, hold, minimum }, currency) => {
    const money = (amount: number) => `${currency} ${(amount / 100).toFixed(2)}`;
    const said =
      cycle.kind === 'daily'
        ? t('terms.says.daily', { n: cycle.days })
        : cycle.kind === 'weekly'
          ? t('terms.says.weekly', { day: word('weekday', String(cycle.weekday)) })
          : t('terms.says.monthly', { day: cycle.day });
    return [
      said,
      basis.kind === 'completed' ? t('terms.says.completed') : t('terms.says.shipped', { n: basis.days }),
      t('terms.says.commission', { rate: percentOf(c.rateMillionths) }),
      ...c.categories.map((x) => t('terms.says.category', { path: x.path, rate: percentOf(x.rateMillionths) })),
      ...(c.fixed > 0 ? [t('terms.says.fixed', { amount: money(c.fixed) })] : []),
      ...(c.floor === null ? [] : [t('terms.says.floor', { amount: money(c.floor) })]),
      ...(c.cap === null ? [] : [t('terms.says.cap', { amount: money(c.cap) })]),
      ...(c.backOnRefund ? [] : [t('terms.says.notBack')]),
      ...(c.onFreight ? [t('terms.says.onFreight')] : []),
      ...(c.onOthersMoney ? [t('terms.says.onOthersMoney')] : []),
      ...(channelFee === 'party' ? [t('terms.says.channelFee')] : []),
      ...(hold.rateMillionths > 0 || hold.amount > 0
        ? [t('terms.says.hold', { rate: percentOf(hold.rateMillionths), amount: money(hold.amount), n: hold.days })]
        : []),
      ...(minimum > 0 ? [t('terms.says.minimum', { amount: money(minimum) })] : []),
    ];
  };
}
