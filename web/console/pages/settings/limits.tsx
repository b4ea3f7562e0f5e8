import { useQuery } from '@tanstack/react-query';
import { App, Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { limitsQuery, meQuery } from '../../../api/console.ts';
import type { Limit } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { formatMoney, parseMoney, toDecimal } from '../../../ui/format/money.ts';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';

/** Limits there are, for those who may see roles. */
export function useLimits(): Limit[] {
  const maySee = can(useQuery(meQuery).data, 'identity.role.read');
  return useQuery({ ...limitsQuery, enabled: maySee }).data?.items ?? [];
}

/** Writes and reads what a limit counts, in the organisation's currency. */
export function useLimitText() {
  const locale = useLocale();
  const currency = useQuery(meQuery).data?.org.currency ?? 'CNY';
  return {
    currency,
    show: (limit: Limit, amount: number): string =>
      limit.unit === 'money' ? formatMoney({ amount, currency }, locale) : String(amount),
    write: (limit: Limit, amount: number | undefined): string => {
      if (amount === undefined) return '';
      return limit.unit === 'money' ? toDecimal({ amount, currency }) : String(amount);
    },
    read: (limit: Limit, text: string): number | undefined => {
      const amount = limit.unit === 'money' ? parseMoney(text, currency) : Number(text);
      return amount !== undefined && Number.isSafeInteger(amount) && amount >= 0 ? amount : undefined;
    },
  };
}

type Values = { limits: Record<string, string | undefined> };

/** How much a role or a person decides alone: one field per limit, empty for what holds otherwise. */
export function LimitsDialog(props: {
  title: ReactNode;
  says: string;
  limits: Record<string, number>;
  save: (limits: Record<string, number | null>) => Promise<unknown>;
  onClose: () => void;
}) {
  const { title, says, limits, save, onClose } = props;
  const t = useT();
  const word = useWord();
  const { message } = App.useApp();
  const known = useLimits();
  const { currency, show, write, read } = useLimitText();
  const [form] = Form.useForm<Values>();
  const submit = useSubmit(
    (values: Values) =>
      save(
        Object.fromEntries(
          known.map((limit) => {
            const text = values.limits[key(limit)]?.trim() ?? '';
            return [limit.name, text === '' ? null : (read(limit, text) ?? null)];
          }),
        ),
      ),
    { onSuccess: () => (void message.success(t('ui.saved')), onClose()) },
  );
  return (
    <Modal
      open
      title={title}
      okText={t('ui.save')}
      confirmLoading={submit.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="muted wrap">{says}</p>
      <Form form={form} layout="vertical" onFinish={(values) => submit.mutate(values)}>
        <FormErrors form={form} error={submit.error} />
        {known.map((limit) => (
          <Form.Item
            key={limit.name}
            name={['limits', key(limit)]}
            label={word('limit', limit.name)}
            initialValue={write(limit, limits[limit.name])}
            extra={t('limit.organisation', { amount: show(limit, limit.organisation) })}
            rules={[
              {
                validator: (_, text: string | undefined) =>
                  !text?.trim() || read(limit, text) !== undefined
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('limit.bad'))),
              },
            ]}
          >
            <Input
              maxLength={20}
              inputMode="decimal"
              allowClear
              placeholder={t('limit.none')}
              {...(limit.unit === 'money' ? { suffix: currency } : {})}
            />
          </Form.Item>
        ))}
      </Form>
    </Modal>
  );
}

const key = (limit: Limit): string => limit.name.replaceAll('.', ' '); // a dot would be a path to the form
