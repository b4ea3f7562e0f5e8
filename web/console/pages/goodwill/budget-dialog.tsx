import { useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Select, Switch } from 'antd';
import { meQuery, rolesQuery, shopsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Schemas } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { parseMoney, toDecimal } from '../../../ui/format/money.ts';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';

export type Budget = Schemas['CompensationBudget'];
const SCOPES = ['organisation', 'shop', 'role'] as const;
type Values = { scope: (typeof SCOPES)[number]; ref?: string; monthly: string; active: boolean };

/** Whose the budget is: a shop, or a role; typed where one may not see roles. */
function RefField({ scope, fixed }: { scope: string; fixed: boolean }) {
  const t = useT();
  const locale = useLocale();
  const shops = useQuery(shopsQuery).data?.items ?? [];
  const maySee = can(useQuery(meQuery).data, 'identity.role.read');
  const roles = useQuery({ ...rolesQuery, enabled: maySee }).data?.items ?? [];
  const options =
    scope === 'shop'
      ? shops.map((s) => ({ value: s.code, label: `${s.name} (${s.code})` }))
      : roles.map((r) => ({ value: r.code, label: `${r.name[locale]} (${r.code})` }));
  return (
    <Form.Item name="ref" label={t(`goodwill.ref.${scope}`)} rules={[{ required: true, message: t('ui.required') }]}>
      {scope === 'role' && !maySee ? (
        <Input className="mono" maxLength={60} disabled={fixed} />
      ) : (
        <Select showSearch={{ optionFilterProp: 'label' }} options={options} disabled={fixed} />
      )}
    </Form.Item>
  );
}

/** Sets what may be given in a month; the month that runs too. */
export function BudgetDialog({ row, onClose }: { row: Budget | undefined; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const currency = useQuery(meQuery).data?.org.currency ?? 'CNY';
  const [form] = Form.useForm<Values>();
  const scope = Form.useWatch('scope', form) ?? row?.scope ?? 'organisation';
  const save = useSubmit(
    ({ monthly, ref = '', ...rest }: Values) =>
      client.put('/after-sales/compensation-budgets', {
        body: {
          ...rest,
          ref: rest.scope === 'organisation' ? '' : ref,
          currency: row?.monthly.currency ?? (currency as 'CNY'),
          monthly: parseMoney(monthly, currency) ?? 0,
        },
      }),
    { onSuccess: onClose },
  );
  const isAmount = (_: unknown, text: string) =>
    (parseMoney(text ?? '', currency) ?? -1) >= 0 ? Promise.resolve() : Promise.reject(new Error(t('ui.amountBad')));
  return (
    <Modal
      open
      title={t('goodwill.setBudget')}
      okText={t('ui.save')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={
          row
            ? { scope: row.scope, ref: row.ref, monthly: toDecimal(row.monthly), active: row.active }
            : { scope: 'organisation', active: true }
        }
        onFinish={(values) => save.mutate(values)}
      >
        <FormErrors form={form} error={save.error} />
        <Form.Item name="scope" label={t('goodwill.scope')}>
          <Select
            disabled={Boolean(row)}
            options={SCOPES.map((value) => ({ value, label: word('budgetScope', value) }))}
          />
        </Form.Item>
        {scope !== 'organisation' && <RefField key={scope} scope={scope} fixed={Boolean(row)} />}
        <Form.Item name="monthly" label={t('goodwill.monthly')} required rules={[{ validator: isAmount }]}>
          <Input inputMode="decimal" suffix={currency} />
        </Form.Item>
        <Form.Item name="active" label={t('goodwill.active')} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </Modal>
  );
}
