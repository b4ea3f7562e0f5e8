import { useQuery } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Form, Input, Modal, Select, Switch } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { shopsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Party } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { NEW_TERMS, TermsFields, termsOf, type TermsValues, valuesOf } from './terms-form.tsx';
import { PARTY_KINDS } from './words.ts';

const WIDE = 880;
type NewParty = TermsValues & { kind: (typeof PARTY_KINDS)[number]; reference: string; name?: string; own?: boolean };

/** A shop of ours, or somebody known by a code. */
function WhoFields() {
  const t = useT();
  const word = useWord();
  const form = Form.useFormInstance<NewParty>();
  const kind = Form.useWatch('kind', form);
  const shops = useQuery(shopsQuery).data?.items ?? [];
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <div className="row zg-terms">
      <Form.Item name="kind" label={t('settle.kind')}>
        <Select
          style={{ width: 170 }}
          options={PARTY_KINDS.map((value) => ({ value, label: word('partyKind', value) }))}
          onChange={() => form.setFieldValue('reference', undefined)}
        />
      </Form.Item>
      {kind === 'shop' ? (
        <>
          <Form.Item name="reference" label={t('settle.shop')} rules={required}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              style={{ width: 260 }}
              options={shops.map((s) => ({ value: s.id, label: `${s.name} (${s.code})` }))}
            />
          </Form.Item>
          <Form.Item name="own" label={t('settle.ownShop')} valuePropName="checked">
            <Switch />
          </Form.Item>
        </>
      ) : (
        <>
          <Form.Item name="reference" label={t('settle.code')} rules={required}>
            <Input maxLength={80} style={{ width: 180 }} />
          </Form.Item>
          <Form.Item name="name" label={t('settle.name')} rules={required}>
            <Input maxLength={200} style={{ width: 260 }} />
          </Form.Item>
        </>
      )}
    </div>
  );
}

/** Begins to settle with somebody. */
export function CreatePartyDialog({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const t = useT();
  const [form] = Form.useForm<NewParty>();
  const make = useSubmit(
    (v: NewParty, idempotencyKey) =>
      client.post('/settlements/parties', {
        body: {
          kind: v.kind,
          reference: v.reference,
          own: v.own ?? false,
          terms: termsOf(v),
          ...(v.name ? { name: v.name } : {}),
        },
        idempotencyKey,
      }),
    { onSuccess: ({ id }) => onMade(id) },
  );
  return (
    <Modal
      open
      width={WIDE}
      title={t('settle.newParty')}
      okText={t('ui.confirm')}
      confirmLoading={make.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ ...NEW_TERMS, kind: 'shop' }}
        onFinish={(values) => make.mutate(values)}
      >
        <FormErrors form={form} error={make.error} />
        <WhoFields />
        <TermsFields />
      </Form>
    </Modal>
  );
}

type NewAgreement = TermsValues & { effectiveFrom: Dayjs; note?: string };

/** What terms would have cost in the last thirty days. */
function usePreview(partyId: string) {
  return useSubmit(
    (v: NewAgreement, idempotencyKey) =>
      client.post('/settlements/parties/{partyId}/preview', {
        path: { partyId },
        body: {
          terms: termsOf(v),
          from: dayjs().subtract(30, 'day').format('YYYY-MM-DD'),
          to: dayjs().format('YYYY-MM-DD'),
        },
        idempotencyKey,
      }),
    { refresh: false },
  );
}

function Preview({ of }: { of: NonNullable<ReturnType<typeof usePreview>['data']> }) {
  const t = useT();
  const money = (amount: number) => `${of.currency} ${(amount / 100).toFixed(2)}`;
  const facts = { n: of.orders, sales: money(of.sales), was: money(of.commission), wouldBe: money(of.wouldBe) };
  return (
    <Alert
      type="info"
      showIcon
      title={t('settle.previewSays', facts)}
      description={of.exact ? undefined : t('settle.previewRough')}
    />
  );
}

/** A new version of what was agreed, and what it would have cost in the last thirty days. */
export function AgreementDialog({ party, onClose }: { party: Party; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<NewAgreement>();
  const inForce = party.agreements.find((a) => a.inForce) ?? party.agreements[0];
  const path = { partyId: party.id };
  const add = useSubmit(
    (v: NewAgreement, idempotencyKey) =>
      client.post('/settlements/parties/{partyId}/agreements', {
        path,
        body: { terms: termsOf(v), effectiveFrom: v.effectiveFrom.toISOString(), note: v.note ?? '' },
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  const preview = usePreview(party.id);
  return (
    <Modal
      open
      width={WIDE}
      title={t('settle.newAgreement')}
      okText={t('ui.confirm')}
      confirmLoading={add.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      footer={(_, { OkBtn, CancelBtn }) => (
        <>
          <Button loading={preview.isPending} onClick={() => preview.mutate(form.getFieldsValue(true) as NewAgreement)}>
            {t('settle.preview')}
          </Button>
          <CancelBtn />
          <OkBtn />
        </>
      )}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          ...(inForce ? valuesOf(inForce.terms) : NEW_TERMS),
          effectiveFrom: dayjs().add(1, 'day').startOf('day'),
        }}
        onFinish={(values) => add.mutate(values)}
      >
        <FormErrors form={form} error={add.error ?? preview.error} />
        <div className="row zg-terms">
          <Form.Item
            name="effectiveFrom"
            label={t('settle.effectiveFrom')}
            rules={[{ required: true, message: t('ui.required') }]}
          >
            <DatePicker showTime allowClear={false} />
          </Form.Item>
          <Form.Item name="note" label={t('settle.remark')}>
            <Input maxLength={500} style={{ width: 420 }} />
          </Form.Item>
        </div>
        <TermsFields />
        {preview.data && <Preview of={preview.data} />}
      </Form>
    </Modal>
  );
}

type NewAccount = { payee: string; bank: string; branch?: string; account: string };

/** Where money goes: written once, seen masked afterwards, used when a second person has agreed. */
export function AccountDialog({ partyId, onClose }: { partyId: string; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<NewAccount>();
  const ask = useSubmit(
    (v: NewAccount, idempotencyKey) =>
      client.post('/settlements/parties/{partyId}/account', {
        path: { partyId },
        body: { ...v, branch: v.branch ?? '' },
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  const rules = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <Modal
      open
      title={t('settle.do.account')}
      okText={t('ui.confirm')}
      confirmLoading={ask.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" autoComplete="off" onFinish={(values) => ask.mutate(values)}>
        <FormErrors form={form} error={ask.error} />
        <p className="muted">{t('settle.accountSays')}</p>
        <Form.Item name="payee" label={t('settle.payee')} rules={rules}>
          <Input maxLength={120} autoFocus />
        </Form.Item>
        <Form.Item name="bank" label={t('settle.bank')} rules={rules}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="branch" label={t('settle.branch')}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="account" label={t('settle.accountNo')} rules={rules}>
          <Input maxLength={60} inputMode="numeric" className="mono" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
