import { Form, Input } from 'antd';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { feeFrom, isAmount, type Values } from './channel-form.ts';
import { feeOf, rateOf } from './fee.ts';

const EXAMPLES = [100, 9_900, 100_000, 5_000_000] as const;

/** An amount in yuan, or nothing. */
function YuanField({ name, label, extra }: { name: string[]; label: string; extra?: string }) {
  const t = useT();
  const check = (_: unknown, text: string | undefined) =>
    isAmount(text) ? Promise.resolve() : Promise.reject(new Error(t('ui.amountBad')));
  return (
    <Form.Item name={name} label={label} extra={extra} rules={[{ validator: check }]}>
      <Input inputMode="decimal" maxLength={16} suffix="CNY" allowClear />
    </Form.Item>
  );
}

/** How much may go through an account. */
export function LimitFields() {
  const t = useT();
  return (
    <div className="zg-form-grid">
      <YuanField name={['limits', 'minFen']} label={t('channel.min')} />
      <YuanField name={['limits', 'maxFen']} label={t('channel.max')} />
      <YuanField name={['limits', 'dayFen']} label={t('channel.day')} extra={t('channel.daySays')} />
    </div>
  );
}

/** What the channel takes, with what that comes to. */
export function FeeFields() {
  const t = useT();
  const fee = feeFrom(Form.useWatch('fee') as Values['fee'] | undefined);
  const check = (_: unknown, text: string | undefined) =>
    !text?.trim() || rateOf(text) !== undefined ? Promise.resolve() : Promise.reject(new Error(t('channel.rateBad')));
  return (
    <>
      <div className="zg-form-grid">
        <Form.Item
          name={['fee', 'rateMillionths']}
          label={t('channel.rate')}
          extra={t('channel.rateSays')}
          rules={[{ validator: check }]}
        >
          <Input inputMode="decimal" maxLength={8} suffix="%" allowClear />
        </Form.Item>
        <YuanField name={['fee', 'fixedFen']} label={t('channel.fixed')} />
        <YuanField name={['fee', 'floorFen']} label={t('channel.floor')} />
        <YuanField name={['fee', 'capFen']} label={t('channel.cap')} />
      </div>
      {fee && (
        <p className="row" aria-live="polite">
          <span className="muted">{t('channel.feePreview')}</span>
          {EXAMPLES.map((amount) => (
            <span key={amount} className="nowrap">
              <MoneyText value={{ amount, currency: 'CNY' }} /> →{' '}
              <MoneyText value={{ amount: feeOf(amount, fee), currency: 'CNY' }} strong />
            </span>
          ))}
        </p>
      )}
    </>
  );
}
