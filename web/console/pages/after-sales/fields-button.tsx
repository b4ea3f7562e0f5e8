import { Button, type ButtonProps, Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { evidenceSent } from './evidence-field.tsx';

// oxlint-disable-next-line no-explicit-any -- each dialog knows the names of its own fields
export type Typed = Record<string, any>;

/** A button that asks for some fields before it acts; a refusal is shown in place. */
export function FieldsButton(props: {
  label: string;
  says?: ReactNode;
  button?: ButtonProps;
  initial?: Typed;
  widthPx?: number;
  fields: (form: FormInstance<Typed>) => ReactNode;
  send: (values: Typed, idempotencyKey: string) => Promise<unknown>;
}) {
  const [form] = Form.useForm<Typed>();
  const [open, setOpen] = useState(false);
  const send = useSubmit((values: Typed, idempotencyKey) => props.send(values, idempotencyKey), {
    onSuccess: (_, values) => {
      evidenceSent(values);
      setOpen(false);
    },
  });
  return (
    <>
      <Button {...props.button} onClick={() => setOpen(true)}>
        {props.label}
      </Button>
      <Modal
        open={open}
        title={props.label}
        width={props.widthPx ?? 520}
        confirmLoading={send.isPending}
        okButtonProps={{ danger: props.button?.danger === true }}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Form
          form={form}
          layout="vertical"
          preserve={false}
          initialValues={props.initial ?? {}}
          onFinish={(values) => send.mutate(values)}
        >
          <FormErrors form={form} error={send.error} />
          {props.says && <p className="muted wrap">{props.says}</p>}
          {props.fields(form)}
        </Form>
      </Modal>
    </>
  );
}
