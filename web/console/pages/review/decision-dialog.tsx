import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useT } from '../../../ui/i18n.ts';

type Asked = 'reject' | 'ask' | 'require_id';

/** What is said again and again; a click writes it, and it can be changed. */
const CANNED: Record<Asked, readonly string[]> = {
  reject: ['scalper', 'blacklist', 'wrongPrice', 'noAnswer', 'fakeAddress'],
  ask: ['address', 'quantity', 'phone', 'remark'],
  require_id: [],
};

/** Asks for the words that go with a decision; Enter in the dialog sends it, Escape leaves the order as it is. */
export function DecisionDialog(props: {
  decision: Asked;
  orderNo: string;
  onCancel: () => void;
  onDecide: (note: string) => void;
}) {
  const { decision, orderNo, onCancel, onDecide } = props;
  const t = useT();
  const [form] = Form.useForm<{ note?: string }>();
  const finish = ({ note }: { note?: string }) => onDecide(note?.trim() ?? '');
  return (
    <Modal
      open
      title={t(`review.title.${decision}`, { orderNo })}
      okText={t(`review.do.${decision}`)}
      okButtonProps={{ danger: decision === 'reject' }}
      onOk={() => form.submit()}
      onCancel={onCancel}
    >
      <p className="muted wrap">{t(`review.says.${decision}`)}</p>
      <div className="row tight" style={{ marginBottom: 10 }}>
        {CANNED[decision].map((name) => {
          const words = t(`review.canned.${decision}.${name}`);
          return (
            <Button key={name} size="small" type="dashed" onClick={() => form.setFieldsValue({ note: words })}>
              {words}
            </Button>
          );
        })}
      </div>
      <Form form={form} layout="vertical" preserve={false} onFinish={finish}>
        <Form.Item
          name="note"
          label={t('order.note')}
          rules={decision === 'require_id' ? [] : [{ required: true, whitespace: true, message: t('ui.required') }]}
        >
          <Input.TextArea
            maxLength={200}
            showCount
            autoFocus
            autoSize={{ minRows: 2, maxRows: 5 }}
            onPressEnter={(event) => {
              if (event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              form.submit();
            }}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Which decision is being worded, if any. */
export const useAsking = () => useState<Asked>();
