import { Button, Form, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useSubmit } from '../api/use-submit.ts';
import { FormErrors } from '../ui/components/form-errors.tsx';

/** A button that asks for some fields before it acts. */
export function FormButton<Values extends object>(props: {
  label: string;
  says?: string;
  type?: 'primary' | 'default';
  danger?: boolean;
  icon?: ReactNode;
  fields: ReactNode;
  initial?: Partial<Values>;
  wide?: boolean;
  send: (values: Values, idempotencyKey: string) => Promise<unknown>;
  onDone?: (answer: unknown) => void;
}) {
  const [form] = Form.useForm<Values>();
  const [open, setOpen] = useState(false);
  const send = useSubmit((values: Values, key) => props.send(values, key), {
    onSuccess: (answer) => {
      setOpen(false);
      form.resetFields();
      props.onDone?.(answer);
    },
  });
  return (
    <>
      <Button
        type={props.type ?? 'default'}
        danger={props.danger ?? false}
        icon={props.icon}
        onClick={() => setOpen(true)}
      >
        {props.label}
      </Button>
      <Modal
        open={open}
        title={props.label}
        confirmLoading={send.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
        {...(props.wide ? { width: 720 } : {})}
      >
        <Form
          form={form}
          layout="vertical"
          initialValues={(props.initial ?? {}) as object}
          onFinish={(values) => send.mutate(values as Values)}
        >
          <FormErrors form={form} error={send.error} />
          {props.says && <p className="muted">{props.says}</p>}
          {props.fields}
        </Form>
      </Modal>
    </>
  );
}
