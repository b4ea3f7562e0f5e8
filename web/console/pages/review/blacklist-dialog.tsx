import { Checkbox, DatePicker, Form, Input, Modal } from 'antd';
import type { Dayjs } from 'dayjs';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { dayStart } from '../../../ui/format/time.ts';
import { useT } from '../../../ui/i18n.ts';

type Kind = 'phone' | 'address' | 'device';
type Values = {
  kinds: Kind[];
  phone?: string;
  address?: { province: string; city: string; district: string; address: string };
  device?: string;
  reason: string;
  until?: Dayjs;
};
const KINDS = ['phone', 'address', 'device'] as const;

/** What is put on the list without an order: one field for each kind chosen. */
function Given({ kinds }: { kinds: readonly Kind[] }) {
  const t = useT();
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <>
      {kinds.includes('phone') && (
        <Form.Item name="phone" label={t('shipTo.phone')} rules={required}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
      )}
      {kinds.includes('address') && (
        <div className="zg-formgrid">
          {(['province', 'city', 'district', 'address'] as const).map((part) => (
            <Form.Item
              key={part}
              name={['address', part]}
              label={t(`shipTo.${part}`)}
              rules={part === 'district' ? [] : required}
              initialValue=""
            >
              <Input maxLength={200} autoComplete="off" />
            </Form.Item>
          ))}
        </div>
      )}
      {kinds.includes('device') && (
        <Form.Item name="device" label={t('blacklist.kind.device')} extra={t('blacklist.deviceSays')} rules={required}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      )}
    </>
  );
}

/** Puts the phone, address or device of an order on the blacklist, or one that is typed in. */
export function AddToBlacklist(props: { orderId?: string; open: boolean; onClose: () => void }) {
  const { orderId, open, onClose } = props;
  const t = useT();
  const [form] = Form.useForm<Values>();
  const kinds = Form.useWatch('kinds', form) ?? [];
  const add = useSubmit(
    (body: Body<'/blacklist', 'post'>, idempotencyKey) => client.post('/blacklist', { body, idempotencyKey }),
    { onSuccess: onClose },
  );
  const finish = ({ until, ...values }: Values) =>
    add.mutate({
      ...values,
      ...(orderId === undefined ? {} : { orderId }),
      ...(until ? { until: dayStart(until.add(1, 'day').format('YYYY-MM-DD')) } : {}),
    });
  return (
    <Modal
      open={open}
      title={t(orderId === undefined ? 'blacklist.add' : 'blacklist.addOrder')}
      okText={t('blacklist.add')}
      okButtonProps={{ danger: true }}
      confirmLoading={add.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form<Values>
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={{ kinds: ['phone'] }}
        onFinish={finish}
      >
        <FormErrors form={form} error={add.error} />
        <Form.Item name="kinds" label={t('blacklist.kinds')} rules={[{ required: true, message: t('ui.required') }]}>
          <Checkbox.Group options={KINDS.map((value) => ({ value, label: t(`blacklist.kind.${value}`) }))} />
        </Form.Item>
        {orderId === undefined && <Given kinds={kinds} />}
        <Form.Item
          name="reason"
          label={t('ui.reason')}
          rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="until" label={t('blacklist.until')} extra={t('blacklist.untilSays')}>
          <DatePicker />
        </Form.Item>
      </Form>
    </Modal>
  );
}
