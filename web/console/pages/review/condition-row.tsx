import { DeleteOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, InputNumber, Radio, Select } from 'antd';
import { shopsQuery } from '../../../api/console.ts';
import { useT } from '../../../ui/i18n.ts';

export type FieldKind = 'money' | 'number' | 'text' | 'path' | 'choice' | 'set' | 'flag';
/** What a rule can look at, as the server knows it. */
export const FIELDS: Record<string, FieldKind> = {
  total: 'money',
  units: 'number',
  lineCount: 'number',
  quantityOfNorm: 'number',
  priceDeviation: 'number',
  discountShare: 'number',
  remark: 'text',
  remarkLength: 'number',
  region: 'path',
  shop: 'choice',
  channel: 'choice',
  payment: 'choice',
  customerLevel: 'choice',
  sku: 'set',
  blacklisted: 'set',
  newCustomer: 'flag',
  addressDoubtful: 'flag',
  couponUsed: 'flag',
  hour: 'number',
};
export const OPERATORS: Record<FieldKind, readonly string[]> = {
  money: ['at_least', 'at_most'],
  number: ['at_least', 'at_most'],
  text: ['contains_any', 'contains_none'],
  path: ['starts_with_any', 'starts_with_none'],
  choice: ['any_of', 'none_of'],
  set: ['any_of', 'none_of'],
  flag: ['is'],
};

/** What a field is compared with before anything was typed. */
export function blankValue(field: string): unknown {
  const kind = FIELDS[field] ?? 'number';
  if (kind === 'money') return { amount: 0, currency: 'CNY' };
  if (kind === 'number') return 0;
  return kind === 'flag' ? true : [];
}

const MINOR = 100; // all currencies a rule may name but the yen, which is typed in hundreds
type Money = { amount: number; currency: string };

function MoneyValue({ value, onChange, ...rest }: { value?: Money; onChange?: (value: Money) => void }) {
  const { amount = 0, currency = 'CNY' } = value ?? {};
  return (
    <InputNumber<number>
      {...rest}
      style={{ width: '100%' }}
      min={0}
      precision={2}
      prefix={currency === 'CNY' ? '¥' : currency}
      value={amount / MINOR}
      onChange={(typed) => onChange?.({ amount: Math.round((typed ?? 0) * MINOR), currency })}
    />
  );
}

const SUFFIX: Record<string, string> = { quantityOfNorm: '×', priceDeviation: '%', discountShare: '%' };

function useChoices(field: string): { value: string; label: string }[] | undefined {
  const t = useT();
  const shops = useQuery({ ...shopsQuery, enabled: field === 'shop' }).data?.items ?? [];
  if (field === 'shop') return shops.map((shop) => ({ value: shop.code, label: shop.name }));
  if (field === 'payment')
    return ['online', 'prepaid', 'cod'].map((value) => ({ value, label: t(`paymentTerm.${value}`) }));
  if (field === 'blacklisted')
    return ['phone', 'address', 'device'].map((value) => ({ value, label: t(`blacklist.kind.${value}`) }));
  return undefined;
}

/** The value of a condition in the input its field wants. */
function ValueItem({ at, field }: { at: number; field: string }) {
  const t = useT();
  const kind = FIELDS[field] ?? 'number';
  const choices = useChoices(field);
  const input = () => {
    if (kind === 'money') return <MoneyValue />;
    if (kind === 'number')
      return <InputNumber style={{ width: '100%' }} min={0} {...(SUFFIX[field] ? { suffix: SUFFIX[field] } : {})} />;
    if (kind === 'flag')
      return (
        <Radio.Group
          options={[
            { value: true, label: t('rule.yes') },
            { value: false, label: t('rule.no') },
          ]}
        />
      );
    return (
      <Select
        mode={choices ? 'multiple' : 'tags'}
        options={choices ?? []}
        tokenSeparators={[',', '，', '、', ';', '；']}
        placeholder={t(choices ? 'rule.choose' : 'rule.typeWords')}
        {...(choices ? {} : { open: false, suffixIcon: null })}
      />
    );
  };
  return (
    <Form.Item name={[at, 'value']} noStyle>
      {input()}
    </Form.Item>
  );
}

/** One condition: field, operator, value; another field empties the value. */
export function ConditionRow({ at, onRemove }: { at: number; onRemove: () => void }) {
  const t = useT();
  const form = Form.useFormInstance();
  const field = (Form.useWatch(['conditions', at, 'field'], form) as string | undefined) ?? 'total';
  const kind = FIELDS[field] ?? 'number';
  const changeField = (next: string) => {
    form.setFieldValue(['conditions', at, 'operator'], OPERATORS[FIELDS[next] ?? 'number'][0]);
    form.setFieldValue(['conditions', at, 'value'], blankValue(next));
  };
  return (
    <div className="zg-condition">
      <Form.Item name={[at, 'field']} noStyle>
        <Select
          aria-label={t('rule.field')}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          options={Object.keys(FIELDS).map((value) => ({ value, label: t(`rule.field.${value}`) }))}
          onChange={changeField}
        />
      </Form.Item>
      <Form.Item name={[at, 'operator']} noStyle>
        <Select
          aria-label={t('rule.operator')}
          popupMatchSelectWidth={false}
          options={OPERATORS[kind].map((value) => ({ value, label: t(`rule.operator.${value}`) }))}
        />
      </Form.Item>
      <ValueItem at={at} field={field} />
      <Button type="text" danger icon={<DeleteOutlined />} aria-label={t('rule.removeCondition')} onClick={onRemove} />
    </div>
  );
}
