import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { listQuery, settingsQuery, warehousesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { ReplenishmentRule } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT } from '../../../ui/i18n.ts';
import { RULE_NUMBERS, type RuleForm, type RuleNumber, toRule } from './rule-form.ts';

type Props = {
  sku: string;
  title: string;
  /** The rule to change; undefined: a new one. */
  rule: ReplenishmentRule | undefined;
  /** What a new rule is proposed for: a warehouse's code, or null for all. */
  warehouse?: string | null;
  onClose: () => void;
};
const ALL = '*';

/** How a SKU is bought where it is not as usual. What is left empty is as in the rule above it, or in the settings. */
export default function RuleDialog({ sku, title, rule, warehouse = null, onClose }: Props) {
  const t = useT();
  const [form] = Form.useForm<RuleForm>();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const usual = useQuery({ ...settingsQuery('replenishment'), retry: false }).data?.values;
  const rules = useQuery(listQuery('/stock/rules', { sku, limit: 200 })).data?.items ?? [];
  const where = Form.useWatch('warehouse', form);
  const above = where === ALL ? undefined : rules.find((r) => r.warehouse === null);
  const save = useSubmit(
    (values: RuleForm) => client.put('/stock/rules', { body: toRule(sku, values), version: rule?.version ?? 0 }), // a new one overwrites none
    { onSuccess: onClose },
  );
  const usually = (name: RuleNumber) => {
    const value = above?.[name] ?? usual?.[name];
    return typeof value === 'number' ? t('rule.usual', { value }) : t('rule.inherited');
  };
  return (
    <Modal
      open
      width={640}
      title={t(rule ? 'rule.edit' : 'rule.new')}
      okText={t('ui.save')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="wrap">
        {title} <span className="mono muted">{sku}</span>
      </p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ ...rule, warehouse: (rule ? rule.warehouse : warehouse) ?? ALL }}
        onFinish={(values) => save.mutate(values)}
      >
        <FormErrors form={form} error={save.error} />
        <div className="zg-formgrid">
          <Form.Item name="warehouse" label={t('stock.warehouse')} extra={t('rule.warehouseSays')}>
            <Select
              disabled={rule !== undefined}
              options={[
                { value: ALL, label: t('rule.everyWarehouse') },
                ...warehouses.map((w) => ({ value: w.code, label: w.name })),
              ]}
            />
          </Form.Item>
          <Form.Item name="supplier" label={t('rule.supplier')}>
            <Input maxLength={200} />
          </Form.Item>
          {RULE_NUMBERS.map(({ name, min, max, digits }, i) => (
            <Form.Item key={name} name={name} label={t(`rule.${name}`)}>
              <InputNumber
                autoFocus={i === 0}
                min={min}
                max={max}
                precision={digits}
                placeholder={usually(name)}
                style={{ width: '100%' }}
              />
            </Form.Item>
          ))}
        </div>
      </Form>
    </Modal>
  );
}
