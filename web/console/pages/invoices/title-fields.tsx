import { Form, Input, Select } from 'antd';
import { useT, useWord } from '../../../ui/i18n.ts';

const DETAILS = ['address', 'phone', 'bank', 'account'] as const;

/** The fields of a title; a company's tax id is checked by the server. */
export function TitleFields({ kind, fixed }: { kind: string | undefined; fixed?: 'company' }) {
  const t = useT();
  const word = useWord();
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <>
      {!fixed && (
        <Form.Item name={['title', 'kind']} label={t('invoice.titleKind')}>
          <Select options={['personal', 'company'].map((value) => ({ value, label: word('titleKind', value) }))} />
        </Form.Item>
      )}
      <Form.Item name={['title', 'name']} label={t('invoice.titleName')} rules={required}>
        <Input maxLength={100} />
      </Form.Item>
      {(fixed ?? kind) === 'company' && (
        <>
          <Form.Item name={['title', 'taxId']} label={t('invoice.taxId')} rules={required}>
            <Input maxLength={30} className="mono" />
          </Form.Item>
          {DETAILS.map((field) => (
            <Form.Item key={field} name={['title', field]} label={t(`invoice.buyer.${field}`)}>
              <Input maxLength={100} />
            </Form.Item>
          ))}
        </>
      )}
    </>
  );
}

type Typed = Record<string, string | undefined>;
/** Empty fields are left out: an empty text is not the same as nothing. */
export const filled = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values as Typed).filter(([, v]) => v !== undefined && v !== '')) as T;
