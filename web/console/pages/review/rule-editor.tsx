import { PlusOutlined } from '@ant-design/icons';
import { Button, Drawer, Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { client } from '../../../api/instance.ts';
import type { ReviewRule } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { blankValue, ConditionRow } from './condition-row.tsx';
import { bodyOf, type RuleBody, type RuleValues, valuesOf } from './rule-form.ts';
import { RuleTrial } from './rule-trial.tsx';

const HOLDS = ['review', 'high_value', 'quantity', 'remark', 'blacklist', 'scalper', 'address', 'cod', 'risk'];

function WindowFields() {
  const t = useT();
  const windowed = Form.useWatch('windowed') as boolean | undefined;
  return (
    <>
      <Form.Item name="windowed" label={t('rule.window')} valuePropName="checked" style={{ marginBottom: 8 }}>
        <Switch size="small" />
      </Form.Item>
      <div className="row" style={{ display: windowed ? 'flex' : 'none', marginBottom: 16 }}>
        {t('rule.window.one')}
        <Form.Item name={['window', 'by']} noStyle>
          <Select
            style={{ width: 110 }}
            options={(['phone', 'address', 'device', 'customer'] as const).map((value) => ({
              value,
              label: t(`rule.by.${value}`),
            }))}
          />
        </Form.Item>
        {t('rule.window.within')}
        <Form.Item name={['window', 'minutes']} noStyle>
          <InputNumber min={1} max={43_200} style={{ width: 90 }} aria-label={t('rule.window.minutes')} />
        </Form.Item>
        {t('rule.window.minutes')}
        <Form.Item name={['window', 'count']} noStyle>
          <InputNumber min={2} max={1000} style={{ width: 80 }} aria-label={t('rule.window.orders')} />
        </Form.Item>
        {t('rule.window.orders')}
      </div>
    </>
  );
}

function ActionFields() {
  const t = useT();
  const word = useWord();
  const action = Form.useWatch('do') as RuleValues['do'] | undefined;
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <>
      <Form.Item name="do" label={t('rule.then')}>
        <Radio.Group
          options={(['hold', 'require_id', 'refuse', 'tag'] as const).map((value) => ({
            value,
            label: t(`rule.do.${value}`),
          }))}
        />
      </Form.Item>
      {action === 'hold' && (
        <Form.Item name="hold" label={t('rule.hold')} rules={required}>
          <Select showSearch options={HOLDS.map((value) => ({ value, label: word('hold', value) }))} />
        </Form.Item>
      )}
      {action === 'refuse' && (
        <Form.Item name="message" label={t('rule.message')} extra={t('rule.messageSays')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
      )}
      {action === 'tag' && (
        <Form.Item name="tag" label={t('rule.tag')} rules={required}>
          <Input maxLength={40} />
        </Form.Item>
      )}
    </>
  );
}

function ConditionFields() {
  const t = useT();
  return (
    <Form.Item label={t('rule.conditions')} extra={t('rule.conditionsSay')}>
      <Form.List name="conditions">
        {(fields, { add, remove }) => (
          <div className="stack">
            {fields.map(({ key, name }) => (
              <ConditionRow key={key} at={name} onRemove={() => remove(name)} />
            ))}
            <Button
              size="small"
              icon={<PlusOutlined />}
              style={{ alignSelf: 'flex-start', justifySelf: 'start' }}
              onClick={() => add({ field: 'units', operator: 'at_least', value: blankValue('units') })}
            >
              {t('rule.addCondition')}
            </Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}

/** Writes or changes a rule, and tries it against past orders before it is saved. */
export function RuleEditor(props: { rule: ReviewRule | undefined; open: boolean; onClose: () => void }) {
  const { rule, open, onClose } = props;
  const t = useT();
  const [form] = Form.useForm<RuleValues>();
  const save = useSubmit(
    ({ code, ...body }: RuleBody, idempotencyKey) =>
      rule
        ? client.patch('/review-rules/{ruleId}', { path: { ruleId: rule.id }, body, version: rule.version })
        : client.post('/review-rules', { body: { code, ...body }, idempotencyKey }),
    { onSuccess: onClose },
  );
  const read = async (): Promise<RuleBody | undefined> => {
    // A rule can be tried before it has a name.
    const { code, title, ...values } = form.getFieldsValue(true) as RuleValues;
    return bodyOf({ ...values, code: code || 'trial', title: title || 'trial' });
  };
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={760}
      title={rule ? rule.title : t('rule.new')}
      destroyOnHidden
      extra={
        <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('rule.save')}
        </Button>
      }
    >
      <Form<RuleValues>
        form={form}
        layout="vertical"
        initialValues={valuesOf(rule)}
        onFinish={() => save.mutate(bodyOf(form.getFieldsValue(true) as RuleValues))}
      >
        <FormErrors form={form} error={save.error} />
        <div className="zg-formgrid">
          <Form.Item
            name="title"
            label={t('rule.title')}
            rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
          >
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item
            name="code"
            label={t('rule.code')}
            rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t('rule.codeSays') }]}
          >
            <Input maxLength={40} disabled={rule !== undefined} className="mono" />
          </Form.Item>
        </div>
        <ConditionFields />
        <WindowFields />
        <ActionFields />
      </Form>
      <RuleTrial read={read} />
    </Drawer>
  );
}
