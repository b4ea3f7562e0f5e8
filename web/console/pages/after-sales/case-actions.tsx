import { useQuery } from '@tanstack/react-query';
import { Checkbox, DatePicker, Form, Input, InputNumber, Radio, Select } from 'antd';
import { carriersQuery, warehousesQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { AfterSalesCase } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { parseMoney, toDecimal } from '../../../ui/format/money.ts';
import { useT, useWord } from '../../../ui/i18n.ts';
import { EvidenceField, evidenceOf } from './evidence-field.tsx';
import { FieldsButton } from './fields-button.tsx';
import { InspectButton } from './inspect-button.tsx';
import { FeeReference, Repairs, yesNo } from './repair-actions.tsx';

type Path = { caseId: string };
type Sent = { path: Path; idempotencyKey: string };
/** What is done without more than a note, by the name the server gives it. */
const ACTS = {
  accept: (to: Sent) => client.post('/after-sales/{caseId}/accept', to),
  diagnose: (to: Sent, diagnosis: string) =>
    client.post('/after-sales/{caseId}/diagnose', { ...to, body: { diagnosis } }),
  reject: (to: Sent, note: string) => client.post('/after-sales/{caseId}/reject', { ...to, body: { note } }),
  ask_goodwill: (to: Sent, note: string) =>
    client.post('/after-sales/{caseId}/ask-goodwill', { ...to, body: { note } }),
  repair: (to: Sent) => client.post('/after-sales/{caseId}/repair', to),
  escalate: (to: Sent, note: string) => client.post('/after-sales/{caseId}/escalate', { ...to, body: { note } }),
  give_up_repair: (to: Sent, note: string) =>
    client.post('/after-sales/{caseId}/give-up-repair', { ...to, body: { note } }),
  refund_instead: (to: Sent) => client.post('/after-sales/{caseId}/execute', { ...to, body: { refundInstead: true } }),
  cancel: (to: Sent, note: string) => client.post('/after-sales/{caseId}/cancel', { ...to, body: { note } }),
} as const;
type Act = keyof typeof ACTS;
const REASONED: Partial<Record<Act, 'required' | 'optional'>> = {
  diagnose: 'required',
  reject: 'required',
  ask_goodwill: 'required',
  give_up_repair: 'required',
  escalate: 'optional',
  cancel: 'optional',
};

function ActButton({ of, act }: { of: AfterSalesCase; act: Act }) {
  const t = useT();
  const send = useSubmit(
    (note: string, idempotencyKey) => ACTS[act]({ path: { caseId: of.id }, idempotencyKey }, note) as Promise<unknown>,
  );
  const reason = REASONED[act];
  return (
    <ConfirmButton
      danger={act === 'reject' || act === 'cancel' || act === 'give_up_repair'}
      title={t(`case.act.${act}`)}
      {...(reason ? { reason } : {})}
      act={(text) => send.mutateAsync(text)}
    >
      {t(`case.act.${act}`)}
    </ConfirmButton>
  );
}

const required = (t: ReturnType<typeof useT>) => [{ required: true, message: t('ui.required') }];

function Waybill({ need }: { need: boolean }) {
  const t = useT();
  const carriers = useQuery(carriersQuery).data?.items ?? [];
  return (
    <>
      <Form.Item name="carrier" label={t('case.carrier')}>
        <Select allowClear options={carriers.map((c) => ({ value: c.code, label: c.name }))} />
      </Form.Item>
      <Form.Item name="waybillNo" label={t('case.waybillNo')} {...(need ? { rules: required(t) } : {})}>
        <Input maxLength={60} className="mono" autoFocus />
      </Form.Item>
    </>
  );
}

function Approve({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const comes = of.type === 'return' || of.type === 'exchange' || of.type === 'repair';
  return (
    <FieldsButton
      label={t('case.act.approve')}
      button={{ type: 'primary' }}
      says={of.policy.text}
      fields={() => (
        <>
          {comes && (
            <Form.Item name="warehouse" label={t('case.warehouse')}>
              <Select allowClear options={warehouses.map((w) => ({ value: w.code, label: w.name }))} />
            </Form.Item>
          )}
          <Form.Item name="note" label={t('case.note')}>
            <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} />
          </Form.Item>
        </>
      )}
      send={(body, idempotencyKey) =>
        client.post('/after-sales/{caseId}/approve', { path: { caseId: of.id }, body, idempotencyKey })
      }
    />
  );
}

function Receive({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const left = of.lines.filter((l) => l.received < l.quantity);
  return (
    <FieldsButton
      label={t('case.act.receive')}
      button={{ type: 'primary' }}
      initial={Object.fromEntries(left.map((l) => [l.lineId, l.quantity - l.received]))}
      fields={() => (
        <>
          {left.map((l) => (
            <Form.Item key={l.lineId} name={l.lineId} label={`${l.title}（${l.sku}）`}>
              <InputNumber min={0} max={l.quantity - l.received} precision={0} style={{ width: '100%' }} />
            </Form.Item>
          ))}
          <Form.Item name="warehouse" label={t('case.warehouse')}>
            <Select allowClear options={warehouses.map((w) => ({ value: w.code, label: w.name }))} />
          </Form.Item>
        </>
      )}
      send={({ warehouse, ...counts }, idempotencyKey) =>
        client.post('/after-sales/{caseId}/receive', {
          path: { caseId: of.id },
          body: {
            lines: left.map((l) => ({ lineId: l.lineId, quantity: Number(counts[l.lineId] ?? 0) })),
            ...(warehouse ? { warehouse } : {}),
          },
          idempotencyKey,
        })
      }
    />
  );
}

function Execute({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const repair = of.type === 'repair';
  return (
    <FieldsButton
      label={t(repair ? 'case.act.return_repaired' : 'case.act.execute')}
      button={{ type: 'primary' }}
      says={t('case.executeSays', { amount: toDecimal(of.refund.amount), currency: of.refund.amount.currency })}
      fields={() =>
        repair && (
          <>
            <Waybill need={false} />
            {of.status === 'repaired' && <FeeReference of={of} />}
          </>
        )
      }
      send={(body, idempotencyKey) =>
        client.post('/after-sales/{caseId}/execute', { path: { caseId: of.id }, body, idempotencyKey })
      }
    />
  );
}

function Offer({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const word = useWord();
  const { currency } = of.refund.amount;
  const kinds = ['refund', 'return', 'exchange', 'repair', 'reship'] as const;
  return (
    <FieldsButton
      label={t('case.act.offer')}
      says={t('case.offerSays')}
      initial={{ kind: 'refund' }}
      fields={() => (
        <>
          <Form.Item name="kind" label={t('case.solution')} rules={required(t)}>
            <Select options={kinds.map((value) => ({ value, label: word('caseType', value) }))} />
          </Form.Item>
          <Form.Item name="amount" label={t('case.offerAmount')}>
            <Input inputMode="decimal" suffix={currency} />
          </Form.Item>
          <Form.Item name="note" label={t('case.note')}>
            <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
          </Form.Item>
        </>
      )}
      send={({ kind, amount, note }, idempotencyKey) => {
        const parsed = amount ? parseMoney(String(amount), currency) : undefined;
        return client.post('/after-sales/{caseId}/offers', {
          path: { caseId: of.id },
          body: { kind, ...(parsed ? { amount: parsed } : {}), ...(note ? { note } : {}) },
          idempotencyKey,
        });
      }}
    />
  );
}

function Pickup({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const carriers = useQuery(carriersQuery).data?.items ?? [];
  return (
    <FieldsButton
      label={t('case.act.book_pickup')}
      fields={() => (
        <>
          <Form.Item name="carrier" label={t('case.carrier')} rules={required(t)}>
            <Select options={carriers.filter((c) => c.enabled).map((c) => ({ value: c.code, label: c.name }))} />
          </Form.Item>
          <Form.Item name="window" label={t('case.pickupWindow')} rules={required(t)}>
            <DatePicker.RangePicker
              showTime={{ format: 'HH:mm' }}
              format="YYYY-MM-DD HH:mm"
              style={{ width: '100%' }}
            />
          </Form.Item>
        </>
      )}
      send={({ carrier, window }, idempotencyKey) =>
        client.post('/after-sales/{caseId}/pickup', {
          path: { caseId: of.id },
          body: { carrier, from: window[0].toISOString(), until: window[1].toISOString() },
          idempotencyKey,
        })
      }
    />
  );
}

function Arbitrate({ of }: { of: AfterSalesCase }) {
  const t = useT();
  return (
    <FieldsButton
      label={t('case.act.arbitrate')}
      button={{ type: 'primary' }}
      fields={() => (
        <>
          <Form.Item name="verdict" label={t('case.verdict')} rules={required(t)}>
            <Radio.Group
              options={[
                { value: 'uphold', label: t('case.verdict.uphold') },
                { value: 'overrule', label: t('case.verdict.overrule') },
              ]}
            />
          </Form.Item>
          <Form.Item name="note" label={t('case.note')} rules={required(t)}>
            <Input.TextArea maxLength={1000} autoSize={{ minRows: 3 }} />
          </Form.Item>
          <EvidenceField label={t('case.evidence')} place={`case:${of.id}:arbitrate`} />
        </>
      )}
      send={(values, idempotencyKey) =>
        client.post('/after-sales/{caseId}/arbitrate', {
          path: { caseId: of.id },
          body: { verdict: values['verdict'], note: values['note'], evidence: evidenceOf(values) },
          idempotencyKey,
        })
      }
    />
  );
}

function Afterwards({ of, may }: { of: AfterSalesCase; may: (act: string) => boolean }) {
  const t = useT();
  const path = { caseId: of.id };
  return (
    <>
      {may('follow_up') && (
        <FieldsButton
          label={t('case.act.follow_up')}
          initial={{ satisfied: true }}
          fields={() => (
            <>
              <Form.Item name="satisfied" valuePropName="checked">
                <Checkbox>{t('case.satisfied')}</Checkbox>
              </Form.Item>
              <Form.Item name="note" label={t('case.note')}>
                <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} autoFocus />
              </Form.Item>
            </>
          )}
          send={({ satisfied, note }, idempotencyKey) =>
            client.post('/after-sales/{caseId}/follow-up', {
              path,
              body: { satisfied: satisfied === true, note: note ?? '' },
              idempotencyKey,
            })
          }
        />
      )}
      {may('add_evidence') && (
        <FieldsButton
          label={t('case.act.add_evidence')}
          fields={() => <EvidenceField label={t('case.evidence')} place={`case:${of.id}`} />}
          send={(values, idempotencyKey) =>
            client.post('/after-sales/{caseId}/evidence', {
              path,
              body: { fileIds: evidenceOf(values) },
              idempotencyKey,
            })
          }
        />
      )}
    </>
  );
}

/** What may be done with a case, as the server says. */
export function CaseActions({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const may = (act: string): boolean => of.may.includes(act);
  const path = { caseId: of.id };
  const assign = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/after-sales/{caseId}/assign', { path, body: { ownerId: 'me' }, idempotencyKey }),
  );
  return (
    <>
      {may('approve') && <Approve of={of} />}
      {may('receive') && <Receive of={of} />}
      {may('inspect') && <InspectButton of={of} />}
      {may('execute') && <Execute of={of} />}
      {may('arbitrate') && <Arbitrate of={of} />}
      <Repairs of={of} may={may} />
      {may('offer') && <Offer of={of} />}
      {may('answer_offer') && (
        <FieldsButton
          label={t('case.act.answer_offer')}
          fields={() => yesNo(t)}
          send={({ answer }, idempotencyKey) =>
            client.post('/after-sales/{caseId}/answer-offer', { path, body: { answer }, idempotencyKey })
          }
        />
      )}
      {may('ship') && (
        <FieldsButton
          label={t('case.act.ship')}
          fields={() => <Waybill need />}
          send={(body, idempotencyKey) =>
            client.post('/after-sales/{caseId}/ship', { path, body: body as never, idempotencyKey })
          }
        />
      )}
      {may('book_pickup') && <Pickup of={of} />}
      {may('send_back') && (
        <FieldsButton
          label={t('case.act.send_back')}
          fields={() => <Waybill need />}
          send={({ carrier, waybillNo }, idempotencyKey) =>
            client.post('/after-sales/{caseId}/send-back', {
              path,
              body: { carrier: carrier ?? 'unknown', waybillNo },
              idempotencyKey,
            })
          }
        />
      )}
      <Afterwards of={of} may={may} />
      {may('assign') && (
        <ConfirmButton title={t('case.act.assign')} act={() => assign.mutateAsync({})}>
          {t('case.act.assign')}
        </ConfirmButton>
      )}
      {(Object.keys(ACTS) as Act[]).filter(may).map((act) => (
        <ActButton key={act} of={of} act={act} />
      ))}
    </>
  );
}
