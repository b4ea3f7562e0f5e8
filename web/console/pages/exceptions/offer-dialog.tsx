import { App, Button, Checkbox, DatePicker, Form, Input, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Exception } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { toWall } from '../../../ui/format/time.ts';
import { useT, useWord } from '../../../ui/i18n.ts';
import { SkuPicker } from './substitute-picker.tsx';
import { momentOf } from './answer-buttons.tsx';

type Options = Body<'/exceptions/{exceptionId}/offer', 'post'>['options'];
type Values = { choices: string[]; skus?: string[]; expectedAt?: Dayjs; send: boolean };
const WAIT_DAYS = 7;

/** What was picked, in the order the customer sees it: something similar, waiting, money. */
function optionsOf(values: Values): Options {
  const has = (choice: string) => values.choices.includes(choice);
  return [
    ...(has('substitute') ? (values.skus ?? []).map((sku) => ({ kind: 'substitute' as const, sku })) : []),
    ...(has('wait') ? [{ kind: 'wait' as const, expectedAt: momentOf(values.expectedAt ?? dayjs()) }] : []),
    ...(has('refund') ? [{ kind: 'refund' as const }] : []),
  ];
}

/** The link, once: it is not kept, and cannot be asked for again. */
function Made({ link, sent, onClose }: { link: string; sent: boolean; onClose: () => void }) {
  const t = useT();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    void message.success(t('exception.copied'));
  };
  return (
    <Modal
      open
      title={t('exception.offerMade')}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('ui.close')}</Button>}
    >
      <p>{t(sent ? 'exception.linkSent' : 'exception.linkNotSent')}</p>
      <span className="row" style={{ flexWrap: 'nowrap' }}>
        <Input
          readOnly
          value={link}
          className="mono"
          aria-label={t('exception.link')}
          onFocus={(e) => e.target.select()}
        />
        <Button type="primary" onClick={() => void copy()}>
          {t('exception.copy')}
        </Button>
      </span>
      <p className="muted">{t('exception.linkOnce')}</p>
    </Modal>
  );
}

/** What may be chosen, and what each choice needs to be known of. */
function Fields({ exception, choices }: { exception: Exception; choices: readonly string[] }) {
  const t = useT();
  const word = useWord();
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <>
      <Form.Item name="choices" label={t('exception.choices')} rules={required}>
        <Checkbox.Group
          options={['substitute', 'wait', 'refund'].map((value) => ({
            value,
            label: word('exceptionChoice', value),
          }))}
        />
      </Form.Item>
      {choices.includes('substitute') && (
        <Form.Item name="skus" label={t('exception.substitute')} rules={required} extra={t('exception.substituteSays')}>
          <SkuPicker suggested={exception.substitutes} />
        </Form.Item>
      )}
      {choices.includes('wait') && (
        <Form.Item name="expectedAt" label={t('exception.expected')} rules={required}>
          <DatePicker showTime={{ format: 'HH:mm' }} />
        </Form.Item>
      )}
      {choices.includes('refund') && (
        <p>
          {word('exceptionChoice', 'refund')} <MoneyText value={exception.worth} strong />
        </p>
      )}
      <Form.Item name="send" valuePropName="checked" style={{ marginBottom: 0 }}>
        <Checkbox>{t('exception.send')}</Checkbox>
      </Form.Item>
    </>
  );
}

/** Offers the customer what they may choose from; the link goes out by e-mail, and can be copied. */
export function OfferDialog({ exception, onClose }: { exception: Exception; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const choices = Form.useWatch('choices', form) ?? [];
  const [made, setMade] = useState<{ link: string; sent: boolean }>();
  const send = useSubmit(
    (values: Values, idempotencyKey) =>
      client.post('/exceptions/{exceptionId}/offer', {
        path: { exceptionId: exception.id },
        body: { options: optionsOf(values), send: values.send },
        idempotencyKey,
      }),
    { onSuccess: ({ link, sent }) => setMade({ link, sent }) },
  );
  if (made) return <Made {...made} onClose={onClose} />;
  const suggested = exception.substitutes;
  return (
    <Modal
      open
      width={600}
      title={t('exception.makeOffer')}
      okText={t('exception.makeOffer')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          choices: [...(suggested.length > 0 ? ['substitute'] : []), 'wait', 'refund'],
          skus: suggested.slice(0, 1).map((s) => s.sku),
          expectedAt: exception.expectedAt ? dayjs(toWall(exception.expectedAt)) : dayjs().add(WAIT_DAYS, 'day'),
          send: true,
        }}
        onFinish={(values) => send.mutate(values)}
      >
        <FormErrors form={form} error={send.error} />
        <Fields exception={exception} choices={choices} />
      </Form>
    </Modal>
  );
}
