import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Form, Input, InputNumber, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import { categoriesQuery } from '../../../api/console.ts';
import { useT, useWord } from '../../../ui/i18n.ts';
import { EVIDENCES, FREIGHTS, placeOf, REASONS, REVIEWS, type Rule, STARTS, TYPES, UNITS } from './words.ts';

type Values = Omit<Rule, 'window'> & { window: Exclude<Rule['window'], null>; ends: boolean };

const BLANK: Values = {
  category: '',
  type: 'return',
  reason: 'no_reason',
  allowed: true,
  ends: true,
  window: { count: 7, unit: 'day', from: 'receipt' },
  freight: 'buyer',
  evidence: 'none',
  review: 'reviewed',
  clause: '',
  text: { 'zh-CN': '', en: '' },
};

const valuesOf = (rule: Rule | undefined): Values =>
  rule ? { ...rule, ends: rule.window !== null, window: rule.window ?? BLANK.window } : BLANK;
const ruleOf = ({ ends, window, ...rest }: Values): Rule => ({ ...rest, window: rest.allowed && ends ? window : null });

function WindowFields() {
  const t = useT();
  const word = useWord();
  return (
    <Form.Item label={t('policy.window')}>
      <span className="row tight">
        <Form.Item name={['window', 'count']} noStyle>
          <InputNumber min={0} max={100_000} precision={0} aria-label={t('policy.window')} />
        </Form.Item>
        <Form.Item name={['window', 'unit']} noStyle>
          <Select
            style={{ width: 110 }}
            aria-label={t('policy.unit')}
            options={UNITS.map((value) => ({ value, label: word('policyUnit', value) }))}
          />
        </Form.Item>
        <Form.Item name={['window', 'from']} noStyle>
          <Select
            style={{ width: 150 }}
            aria-label={t('policy.from')}
            options={STARTS.map((value) => ({ value, label: word('policyFrom', value) }))}
          />
        </Form.Item>
      </span>
    </Form.Item>
  );
}

function TermFields({ ends }: { ends: boolean }) {
  const t = useT();
  const word = useWord();
  return (
    <>
      <Form.Item name="ends" label={t('policy.ends')} valuePropName="checked">
        <Switch />
      </Form.Item>
      {ends && <WindowFields />}
      <Form.Item name="freight" label={t('policy.freight')}>
        <Select options={FREIGHTS.map((value) => ({ value, label: word('policyFreight', value) }))} />
      </Form.Item>
      <Form.Item name="evidence" label={t('policy.evidence')}>
        <Select options={EVIDENCES.map((value) => ({ value, label: word('policyEvidence', value) }))} />
      </Form.Item>
      <Form.Item name="review" label={t('policy.review')}>
        <Select options={REVIEWS.map((value) => ({ value, label: word('policyReview', value) }))} />
      </Form.Item>
    </>
  );
}

/** Categories to choose from, whatever else may be typed: a name after two signs stands for every category called so. */
function CategoryField() {
  const t = useT();
  const [q, search] = useState('');
  const found = useQuery(categoriesQuery(q)).data?.items ?? [];
  return (
    <Form.Item name="category" label={t('policy.category')} extra={t('policy.categorySays')}>
      <AutoComplete
        allowClear
        options={found.map((value) => ({ value }))}
        showSearch={{ onSearch: search }}
        maxLength={300}
      />
    </Form.Item>
  );
}

/** One rule of the draft: where it stands, what it gives, and what the customer reads. */
export function RuleDialog(props: {
  rule: Rule | undefined;
  taken: ReadonlySet<string>;
  onSave: (rule: Rule) => void;
  onClose: () => void;
}) {
  const { rule, taken, onSave, onClose } = props;
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Values>();
  const allowed = Form.useWatch('allowed', form) ?? true;
  const ends = Form.useWatch('ends', form) ?? true;
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  const save = (values: Values) => {
    const next = ruleOf({ ...valuesOf(rule), ...values, category: values.category?.trim() ?? '' });
    const place = placeOf(next);
    if (taken.has(place) && place !== (rule && placeOf(rule))) {
      form.setFields([{ name: 'reason', errors: [t('policy.taken')] }]);
      return;
    }
    onSave(next);
  };
  return (
    <Modal open title={t(rule ? 'policy.editRule' : 'policy.addRule')} onOk={() => form.submit()} onCancel={onClose}>
      <Form form={form} layout="vertical" initialValues={valuesOf(rule)} onFinish={save}>
        <CategoryField />
        <Form.Item name="type" label={t('policy.type')}>
          <Select options={TYPES.map((value) => ({ value, label: word('caseType', value) }))} />
        </Form.Item>
        <Form.Item name="reason" label={t('policy.reason')}>
          <Select
            options={[
              { value: '*', label: t('policy.anyReason') },
              ...REASONS.map((value) => ({ value, label: word('caseReason', value) })),
            ]}
          />
        </Form.Item>
        <Form.Item name="allowed" label={t('policy.allowed')} valuePropName="checked">
          <Switch />
        </Form.Item>
        {allowed && <TermFields ends={ends} />}
        <Form.Item
          name="clause"
          label={t('policy.clause')}
          rules={[{ required: true, pattern: /^[a-z][a-z0-9_.-]{0,79}$/, message: t('policy.clauseSays') }]}
        >
          <Input className="mono" maxLength={80} />
        </Form.Item>
        <Form.Item name={['text', 'zh-CN']} label={t('policy.textZh')} rules={required}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
        </Form.Item>
        <Form.Item name={['text', 'en']} label={t('policy.textEn')} rules={required}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
