import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Input, InputNumber, Modal, Select } from 'antd';
import { can } from '../../permissions.ts';
import { meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Answer } from '../../../api/paths.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { EvidenceField, evidenceOf, evidenceSent } from './evidence-field.tsx';
import type { Typed } from './fields-button.tsx';
import { type CaseType, REASONS, TYPES } from './words.ts';

type Lines = Answer<'/orders/{orderId}/after-sales', 'get'>['lines'];
const leftOf = (type: CaseType, l: Lines[number]): number => (type === 'refund' ? l.free : l.out);

function chosen(lines: Lines, values: Typed): { lineId: string; quantity: number; sku?: string }[] {
  return lines.flatMap((l) => {
    const quantity = Number(values[`q-${l.lineId}`] ?? 0);
    const sku = values[`s-${l.lineId}`] ? String(values[`s-${l.lineId}`]).trim() : undefined;
    return quantity > 0 ? [{ lineId: l.lineId, quantity, ...(sku ? { sku } : {}) }] : [];
  });
}

/** What it would come to, and what the policy says, as soon as there is something to say it of. */
function Preview({ orderId, lines, values }: { orderId: string; lines: Lines; values: Typed }) {
  const t = useT();
  const type: CaseType = values['type'];
  const body = { orderId, type, lines: chosen(lines, values), reason: values['reason'] as string };
  const may = can(useQuery(meQuery).data, 'aftersales.case.read');
  const known = may && body.lines.length > 0 && Boolean(body.reason) && (type === 'refund' || type === 'return');
  const query = useQuery({
    queryKey: ['after-sales preview', body],
    queryFn: () => client.repeatable('/after-sales/preview', { body: body as never }),
    enabled: known,
    retry: false,
  });
  if (!known || !query.data) return null;
  return (
    <Alert
      type={query.data.policy.allowed ? 'info' : 'warning'}
      showIcon
      title={
        <span className="row tight">
          {t('case.refundPreview')} <MoneyText value={query.data.amount} strong />
        </span>
      }
      description={
        <>
          <div className="wrap">{query.data.policy.text}</div>
          {query.data.breakdown.map((b, n) => (
            <div key={n} className="muted">
              {b.text} <MoneyText value={b.amount} />
            </div>
          ))}
        </>
      }
    />
  );
}

function LineFields({ type, lines }: { type: CaseType; lines: Lines }) {
  const t = useT();
  return (
    <>
      {lines.map((l) => (
        <div key={l.lineId} className="row" style={{ alignItems: 'end' }}>
          <Form.Item name={`q-${l.lineId}`} label={`${l.title}（${l.sku}）`} style={{ flex: 1 }}>
            <InputNumber
              min={0}
              max={leftOf(type, l)}
              precision={0}
              style={{ width: '100%' }}
              suffix={t('case.ofLeft', { left: leftOf(type, l) })}
            />
          </Form.Item>
          {type === 'exchange' && (
            <Form.Item name={`s-${l.lineId}`} label={t('case.wantedSku')} style={{ width: 180 }}>
              <Input maxLength={80} className="mono" placeholder={l.sku} />
            </Form.Item>
          )}
        </div>
      ))}
    </>
  );
}

/** Opens a case for the customer. */
export function CaseDialog(props: {
  orderId: string;
  lines: Lines;
  onClose: () => void;
  onDone: (id: string) => void;
}) {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Typed>();
  const values = (Form.useWatch([], form) as Typed | undefined) ?? { type: 'return' };
  const type: CaseType = values['type'] ?? 'return';
  const send = useSubmit(
    (typed: Typed, idempotencyKey) =>
      client.post('/after-sales', {
        body: {
          orderId: props.orderId,
          type,
          lines: chosen(props.lines, typed),
          reason: typed['reason'],
          description: typed['description'] ?? '',
          evidence: evidenceOf(typed),
        },
        idempotencyKey,
      }),
    {
      onSuccess: (made, typed) => {
        evidenceSent(typed);
        props.onDone(made.id);
      },
    },
  );
  const lines = props.lines.filter((l) => leftOf(type, l) > 0);
  return (
    <Modal
      open
      title={t('case.apply')}
      width={640}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={props.onClose}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ type: 'return', reason: 'no_reason' }}
        onFinish={(typed) => send.mutate(typed)}
      >
        <FormErrors form={form} error={send.error} />
        <Form.Item name="type" label={t('case.type')}>
          <Select options={TYPES.map((value) => ({ value, label: word('caseType', value) }))} />
        </Form.Item>
        <Form.Item name="reason" label={t('case.reason')}>
          <Select options={REASONS.map((value) => ({ value, label: word('caseReason', value) }))} />
        </Form.Item>
        {lines.length === 0 && <Alert type="warning" showIcon title={t('case.nothingLeft')} />}
        <LineFields type={type} lines={lines} />
        <Form.Item name="description" label={t('case.description')}>
          <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} />
        </Form.Item>
        <EvidenceField label={t('case.evidence')} place={`apply:${props.orderId}`} />
        <Preview orderId={props.orderId} lines={props.lines} values={values} />
      </Form>
    </Modal>
  );
}
