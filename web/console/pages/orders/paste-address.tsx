import { Button, Form, Input, Tag } from 'antd';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ErrorState } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';

const SURE = 0.8; // below this a field is to be looked at
const FIELDS = ['name', 'phone', 'province', 'city', 'district', 'address'] as const;

/** Splits what the customer wrote in a chat into the fields of the form; what is not sure is named. */
export function PasteAddress() {
  const t = useT();
  const form = Form.useFormInstance();
  const [text, setText] = useState('');
  const split = useSubmit((pasted: string) => client.repeatable('/orders/split-address', { body: { text: pasted } }), {
    refresh: false,
    onSuccess: (found) => {
      const extension = found.extension === '' ? '' : t('order.extension', { digits: found.extension });
      for (const field of FIELDS)
        if (found[field] !== '')
          form.setFieldValue(['shipTo', field], field === 'address' ? `${found.address}${extension}` : found[field]);
    },
  });
  const fill = () => text.trim() !== '' && split.mutate(text);
  const found = split.data;
  const doubtful = found ? FIELDS.filter((field) => found.confidence[field] < SURE) : [];
  return (
    <div style={{ marginBottom: 16 }}>
      <Input.TextArea
        value={text}
        maxLength={1000}
        autoSize={{ minRows: 2, maxRows: 5 }}
        placeholder={t('order.pasteHere')}
        aria-label={t('order.paste')}
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text');
          if (text === '' && pasted.trim() !== '') split.mutate(pasted.slice(0, 1000));
        }}
      />
      <div className="row" style={{ marginTop: 8 }}>
        <Button size="small" disabled={text.trim() === ''} loading={split.isPending} onClick={fill}>
          {t('order.paste')}
        </Button>
        {found && doubtful.length === 0 && found.rest === '' && <Tag color="success">{t('order.pasteDone')}</Tag>}
        {doubtful.map((field) => (
          <Tag key={field} color="warning">
            {t('order.pasteLook', { field: t(`shipTo.${field}`) })}
          </Tag>
        ))}
        {found && found.rest !== '' && <span className="muted wrap">{t('order.pasteRest', { rest: found.rest })}</span>}
      </div>
      {split.isError && <ErrorState error={split.error} />}
    </div>
  );
}
