import { Form, Input } from 'antd';
import { useT } from '../../../ui/i18n.ts';

/** To whom cash is transferred. Left empty as a whole where it need not be told yet. */
export function PayeeFields({ need }: { need: boolean }) {
  const t = useT();
  const required = need ? [{ required: true, whitespace: true, message: t('ui.required') }] : [];
  return (
    <>
      <Form.Item name={['payee', 'name']} label={t('goodwill.payeeName')} rules={required}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['payee', 'bank']} label={t('goodwill.payeeBank')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name={['payee', 'account']}
        label={t('goodwill.payeeAccount')}
        rules={required}
        extra={t('goodwill.payeeSays')}
      >
        <Input maxLength={60} className="mono" autoComplete="off" />
      </Form.Item>
    </>
  );
}

export type PayeeValues = { payee?: { name?: string; bank?: string; account?: string } };

/** What was filled in; nothing where it was left empty. */
export function payeeOf({ payee }: PayeeValues): { payee?: { name: string; bank: string; account: string } } {
  const { name = '', bank = '', account = '' } = payee ?? {};
  return name.trim() === '' && account.trim() === '' ? {} : { payee: { name, bank, account } };
}
