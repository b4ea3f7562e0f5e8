import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Input, InputNumber, Modal, Segmented, Select } from 'antd';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { formatMoney, parseMoney } from '../../../ui/format/money.ts';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { PayeeFields, payeeOf, type PayeeValues } from './payee-fields.tsx';
import { type Compensation, KINDS, type Options } from './words.ts';

type Kind = (typeof KINDS)[number];
type Reason = Options['reasons'][number];
type Values = {
  reason?: string;
  points?: number;
  offerId?: string;
  amount?: string;
  units?: Record<string, number>;
  note: string;
} & PayeeValues;
type Asked = Body<'/orders/{orderId}/compensations', 'post'>;

/** What is asked for is worth, in minor units. */
function worthOf(kind: Kind, values: Values, options: Options): number {
  if (kind === 'points') return (values.points ?? 0) * options.pointValue;
  if (kind === 'cash') return parseMoney(values.amount ?? '', options.currency) ?? 0;
  if (kind === 'coupon') return options.coupons.find((c) => c.offerId === values.offerId)?.off.amount ?? 0;
  return options.lines.reduce((sum, l) => sum + (values.units?.[l.lineId] ?? 0) * l.unitValue.amount, 0);
}

function askedOf(kind: Kind, values: Values, options: Options): Asked {
  const common = { reason: values.reason ?? '', note: values.note };
  const own = {
    points: { points: values.points },
    coupon: { offerId: values.offerId },
    cash: { amount: parseMoney(values.amount ?? '', options.currency), ...payeeOf(values) },
    reship: {
      lines: Object.entries(values.units ?? {}).flatMap(([lineId, quantity]) =>
        quantity > 0 ? [{ lineId, quantity }] : [],
      ),
    },
  }[kind];
  return { kind, ...common, ...own } as Asked;
}

function KindFields({ kind, options }: { kind: Kind; options: Options }) {
  const t = useT();
  const locale = useLocale();
  const required = [{ required: true, message: t('ui.required') }];
  const isAmount = (_: unknown, text: string) =>
    (parseMoney(text ?? '', options.currency) ?? 0) > 0
      ? Promise.resolve()
      : Promise.reject(new Error(t('ui.amountBad')));
  if (kind === 'points')
    return (
      <Form.Item name="points" label={t('goodwill.points')} rules={required}>
        <InputNumber min={1} max={10_000_000} precision={0} style={{ width: '100%' }} />
      </Form.Item>
    );
  if (kind === 'cash')
    return (
      <Form.Item
        name="amount"
        label={t('goodwill.amount')}
        required
        rules={[{ validator: isAmount }]}
        extra={t('goodwill.channelLeft', { amount: formatMoney(options.channelLeft, locale) })}
      >
        <Input inputMode="decimal" suffix={options.currency} />
      </Form.Item>
    );
  if (kind === 'coupon')
    return (
      <Form.Item name="offerId" label={t('goodwill.coupon')} rules={required}>
        <Select
          notFoundContent={t('goodwill.noCoupons')}
          options={options.coupons.map((c) => ({
            value: c.offerId,
            label: `${c.title} · ${formatMoney(c.off, locale)} (${c.code})`,
          }))}
        />
      </Form.Item>
    );
  return options.lines.map((l) => (
    <Form.Item key={l.lineId} name={['units', l.lineId]} label={<span className="wrap">{`${l.sku} ${l.title}`}</span>}>
      <InputNumber min={0} max={l.quantity} precision={0} />
    </Form.Item>
  ));
}

/** One's authority for this, and what is left of the budgets: whether it is given at once, or only asked for. */
function Standing(props: { kind: Kind; reason: Reason | undefined; worth: number; options: Options }) {
  const { kind, reason, worth, options } = props;
  const t = useT();
  const word = useWord();
  const locale = useLocale();
  const money = (amount: number): string => formatMoney({ amount, currency: options.currency }, locale);
  if (!reason) return null;
  if (!reason.allowed) return <Alert type="error" showIcon title={t('goodwill.forbidden')} description={reason.text} />;
  const left = reason.left[kind];
  const tight = options.budgets.filter((b) => b.left.amount < worth);
  const atOnce = worth <= left && tight.length === 0;
  return (
    <Alert
      type={atOnce ? 'success' : 'warning'}
      showIcon
      title={t(atOnce ? 'goodwill.atOnce' : 'goodwill.askOnly')}
      description={
        <>
          <div>
            {t('goodwill.authority', {
              severity: word('severity', reason.severity),
              left: money(left),
              worth: money(worth),
            })}
          </div>
          {options.budgets.map((b) => (
            <div key={b.scope + b.ref}>
              {t('goodwill.budgetLeft', {
                name:
                  b.scope === 'organisation'
                    ? word('budgetScope', b.scope)
                    : `${word('budgetScope', b.scope)} ${b.name}`,
                left: formatMoney(b.left, locale),
                amount: formatMoney(b.amount, locale),
              })}
            </div>
          ))}
        </>
      }
    />
  );
}

function Fields({ options, orderId, onClose, onDone }: Props & { options: Options }) {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Values>();
  const [kind, choose] = useState<Kind>('points');
  const values = (Form.useWatch([], form) ?? {}) as Values;
  const reason = options.reasons.find((r) => r.reason === values.reason);
  const grant = useSubmit(
    (body: Asked, idempotencyKey) =>
      client.post('/orders/{orderId}/compensations', { path: { orderId }, body, idempotencyKey }),
    { onSuccess: onDone },
  );
  return (
    <Modal
      open
      title={t('goodwill.grant')}
      okText={t('goodwill.grant')}
      okButtonProps={{ disabled: reason?.allowed === false }}
      confirmLoading={grant.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(given) => grant.mutate(askedOf(kind, given, options))}>
        <FormErrors form={form} error={grant.error} />
        <Form.Item label={t('goodwill.kind')}>
          <Segmented<Kind>
            block
            value={kind}
            options={KINDS.map((value) => ({ value, label: word('compensationKind', value) }))}
            onChange={choose}
          />
        </Form.Item>
        <Form.Item name="reason" label={t('ui.reason')} rules={[{ required: true, message: t('ui.required') }]}>
          <Select options={options.reasons.map((r) => ({ value: r.reason, label: word('caseReason', r.reason) }))} />
        </Form.Item>
        <KindFields kind={kind} options={options} />
        {kind === 'cash' && worthOf(kind, values, options) > options.channelLeft.amount && <PayeeFields need={false} />}
        <Form.Item
          name="note"
          label={t('goodwill.note')}
          rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
        >
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
        </Form.Item>
        <Standing kind={kind} reason={reason} worth={worthOf(kind, values, options)} options={options} />
      </Form>
    </Modal>
  );
}

type Props = { orderId: string; onClose: () => void; onDone: (made: Compensation) => void };

/** Gives a customer something for their trouble, showing what one may before anything is promised. */
export function GrantDialog(props: Props) {
  const t = useT();
  const query = useQuery(oneQuery('/orders/{orderId}/compensation-options', { path: { orderId: props.orderId } }));
  if (query.data) return <Fields {...props} options={query.data} />;
  return (
    <Modal open title={t('goodwill.grant')} footer={null} onCancel={props.onClose}>
      {query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Loading heightPx={160} />
      )}
    </Modal>
  );
}
