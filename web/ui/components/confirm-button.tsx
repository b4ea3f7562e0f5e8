import { Button, Form, Input, Modal, type ButtonProps } from 'antd';
import { useState, type ReactNode } from 'react';
import { useT } from '../i18n.ts';
import { ErrorState } from './states.tsx';

type Props = Omit<ButtonProps, 'onClick'> & {
  title: string;
  /** What will happen, in one sentence. */
  says?: ReactNode;
  /** Ask for a reason, required when 'required'. */
  reason?: 'required' | 'optional';
  reasonLabel?: string;
  children: ReactNode;
  /** Resolves when done; a refusal is shown in the dialog and keeps it open. */
  act: (reason: string) => Promise<unknown>;
};

/** A button that asks first, keeps the dialog until the server has answered, and shows a refusal in place. */
export function ConfirmButton({ title, says, reason, reasonLabel, act, children, ...button }: Props) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const [form] = Form.useForm<{ reason?: string }>();

  const confirm = async () => {
    const values = await form.validateFields().catch(() => undefined);
    if (!values) return;
    setBusy(true);
    setError(undefined);
    try {
      await act(values.reason?.trim() ?? '');
      setOpen(false);
      form.resetFields();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <Button {...button} onClick={() => setOpen(true)}>
        {children}
      </Button>
      <Modal
        open={open}
        title={title}
        okText={t('ui.confirm')}
        okButtonProps={{ danger: button.danger === true, loading: busy, autoFocus: !reason }}
        onOk={() => void confirm()}
        onCancel={() => (setOpen(false), setError(undefined))}
        destroyOnHidden
      >
        <Form form={form} layout="vertical" onFinish={() => void confirm()} preserve={false}>
          {says && <p className="wrap">{says}</p>}
          {reason && (
            <Form.Item
              name="reason"
              label={reasonLabel ?? t('ui.reason')}
              rules={reason === 'required' ? [{ required: true, whitespace: true, message: t('ui.required') }] : []}
            >
              <Input.TextArea maxLength={200} showCount autoFocus autoSize={{ minRows: 2, maxRows: 5 }} />
            </Form.Item>
          )}
          {error !== undefined && <ErrorState error={error} />}
        </Form>
      </Modal>
    </>
  );
}
