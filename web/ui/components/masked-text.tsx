import { EyeOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Select, Tooltip } from 'antd';
import { useState } from 'react';
import { reveal, type Revealable } from '../../api/console.ts';
import { useT } from '../i18n.ts';
import { ErrorState } from './states.tsx';

/** A reason shorter than this says nothing; the server refuses it. */
const WORDS_MIN = 5;
const REASONS = ['contact', 'address', 'complaint', 'other'] as const;
/** Revealed data goes back behind its mask, so that an unattended screen shows none. */
const SHOWN_MS_MAX = 60_000;

function OwnWords() {
  const t = useT();
  return (
    <Form.Item
      name="words"
      label={t('ui.reveal.words')}
      rules={[
        {
          required: true,
          whitespace: true,
          min: WORDS_MIN,
          message: t('ui.reveal.wordsShort', { min: WORDS_MIN }),
        },
      ]}
    >
      <Input maxLength={200} autoFocus />
    </Form.Item>
  );
}

/** Personal data masked by the server, and the button that asks for a reason before showing it for a minute. */
export function useReveal(kind: Revealable, id: string) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState<Record<string, string>>({});
  const [error, setError] = useState<unknown>(undefined);
  const [form] = Form.useForm<{ reason: (typeof REASONS)[number]; words?: string }>();
  const chosen = Form.useWatch('reason', form);

  const ask = async () => {
    const values = await form.validateFields().catch(() => undefined);
    if (!values) return;
    setBusy(true);
    setError(undefined);
    try {
      const reason = values.reason === 'other' ? (values.words?.trim() ?? '') : t(`ui.reveal.reason.${values.reason}`);
      setShown(await reveal(kind, id, reason));
      setTimeout(() => setShown({}), SHOWN_MS_MAX);
      setAsking(false);
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };

  const button = (
    <Tooltip title={t('ui.reveal.button')}>
      <Button
        type="text"
        size="small"
        icon={<EyeOutlined />}
        aria-label={t('ui.reveal.button')}
        onClick={() => setAsking(true)}
      />
    </Tooltip>
  );
  const dialog = (
    <Modal
      open={asking}
      title={t('ui.reveal.title')}
      okText={t('ui.reveal.show')}
      confirmLoading={busy}
      onOk={() => void ask()}
      onCancel={() => setAsking(false)}
      destroyOnHidden
    >
      <p className="muted">{t('ui.reveal.says')}</p>
      <Form form={form} layout="vertical" initialValues={{ reason: 'contact' }}>
        <Form.Item name="reason" label={t('ui.reason')} rules={[{ required: true }]}>
          <Select options={REASONS.map((value) => ({ value, label: t(`ui.reveal.reason.${value}`) }))} />
        </Form.Item>
        {chosen === 'other' && <OwnWords />}
      </Form>
      {error !== undefined && <ErrorState error={error} />}
    </Modal>
  );
  return { shown, button, dialog };
}

/** One masked value; clear while it is revealed. */
export function MaskedText({ masked, clear }: { masked: string; clear?: string | undefined }) {
  return <span className={clear === undefined ? 'wrap' : 'wrap zg-clear'}>{clear ?? masked}</span>;
}
