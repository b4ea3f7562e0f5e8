import { PlusOutlined } from '@ant-design/icons';
import { Alert, App, Button, DatePicker, Form, Input, Modal } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { ErrorState } from '../../../ui/components/states.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { RuleDialog } from './rule-dialog.tsx';
import { RuleTable } from './rule-table.tsx';
import { placeOf, type PolicyVersion, type Rule } from './words.ts';

function PublishDialog({ onClose, onDone }: { onClose: () => void; onDone: (no: number) => void }) {
  const t = useT();
  const [form] = Form.useForm<{ effectiveFrom?: Dayjs }>();
  const publish = useSubmit(
    ({ effectiveFrom }: { effectiveFrom?: Dayjs }, idempotencyKey) =>
      client.post('/after-sales/policies/draft/publish', {
        body: effectiveFrom ? { effectiveFrom: effectiveFrom.toISOString() } : {},
        idempotencyKey,
      }),
    { onSuccess: ({ no }) => onDone(no) },
  );
  return (
    <Modal
      open
      title={t('policy.publish')}
      okText={t('policy.publish')}
      confirmLoading={publish.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="wrap">{t('policy.publishSays')}</p>
      <Form form={form} layout="vertical" onFinish={(values) => publish.mutate(values)}>
        <FormErrors form={form} error={publish.error} />
        <Form.Item name="effectiveFrom" label={t('policy.effectiveFrom')} extra={t('policy.effectiveSays')}>
          <DatePicker showTime style={{ width: '100%' }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Warnings({ draft }: { draft: PolicyVersion }) {
  const word = useWord();
  return draft.warnings.map((w) => (
    <Alert
      key={w.code + w.clause}
      type="warning"
      showIcon
      style={{ marginBottom: 8 }}
      title={word('policyWarning', w.code)}
      description={<span className="mono">{w.clause}</span>}
    />
  ));
}

/** What of the rules does not hold together, each with what it stands for. */
function Refused({ error, rules }: { error: unknown; rules: readonly Rule[] }) {
  const word = useWord();
  if (!error) return null;
  const problems = error instanceof ApiProblem ? error.errors : [];
  if (problems.length === 0) return <ErrorState error={error} />;
  const ruleAt = (path: string): Rule | undefined => rules[Number(/\d+/.exec(path)?.[0] ?? -1)];
  return (
    <Alert
      type="error"
      showIcon
      style={{ marginBottom: 8 }}
      title={(error as ApiProblem).title}
      description={problems.map((p) => {
        const rule = ruleAt(p.path);
        return (
          <div key={p.path} className="wrap">
            {rule ? `${rule.category} ${word('caseType', rule.type)} ${word('caseReason', rule.reason)}: ` : ''}
            {p.message}
          </div>
        );
      })}
    />
  );
}

/** The rules as they are being changed, and what sends them. */
function useDraft(draft: PolicyVersion) {
  const t = useT();
  const { message } = App.useApp();
  const [rules, setRules] = useState<Rule[]>(draft.rules);
  const [note, setNote] = useState(draft.note);
  const [version, setVersion] = useState(draft.version);
  const [touched, touch] = useState(false);
  const save = useSubmit(
    (_: Record<never, never>) => client.put('/after-sales/policies/draft', { body: { note, rules }, version }),
    {
      onSuccess: (saved) => {
        setVersion(saved.version);
        touch(false);
        void message.success(t('ui.saved'));
      },
    },
  );
  const discard = useSubmit((_: Record<never, never>) => client.delete('/after-sales/policies/draft', { version }));
  return {
    rules,
    note,
    touched,
    save,
    discard,
    setNote: (text: string) => (setNote(text), touch(true)),
    setRules: (next: Rule[]) => (setRules(next), touch(true)),
  };
}

function Toolbar(props: {
  draft: PolicyVersion;
  state: ReturnType<typeof useDraft>;
  add: () => void;
  publish: () => void;
}) {
  const { draft, state, add, publish } = props;
  const t = useT();
  const maySave = draft.may.includes('save');
  return (
    <div className="row" style={{ marginBottom: 12 }}>
      <Input
        style={{ flex: 1, minWidth: 160 }}
        value={state.note}
        maxLength={500}
        placeholder={t('policy.note')}
        aria-label={t('policy.note')}
        disabled={!maySave}
        onChange={(e) => state.setNote(e.target.value)}
      />
      {maySave && (
        <>
          <Button icon={<PlusOutlined />} onClick={add}>
            {t('policy.addRule')}
          </Button>
          <Button
            type={state.touched ? 'primary' : 'default'}
            loading={state.save.isPending}
            onClick={() => state.save.mutate({})}
          >
            {t('ui.save')}
          </Button>
        </>
      )}
      {draft.may.includes('publish') && (
        <Button type={state.touched ? 'default' : 'primary'} disabled={state.touched} onClick={publish}>
          {t('policy.publish')}
        </Button>
      )}
      {draft.may.includes('discard') && (
        <ConfirmButton
          danger
          title={t('policy.discard')}
          says={t('policy.discardSays')}
          act={() => state.discard.mutateAsync({})}
        >
          {t('policy.discard')}
        </ConfirmButton>
      )}
    </div>
  );
}

/** The draft: its rules are changed here and saved all at once; nobody is bound by it until it is published. */
export function DraftPanel({ draft, onPublished }: { draft: PolicyVersion; onPublished: (no: number) => void }) {
  const state = useDraft(draft);
  const [editing, edit] = useState<Rule | 'new'>();
  const [publishing, publish] = useState(false);
  const { rules } = state;
  const put = (rule: Rule) => {
    const was = editing === 'new' ? undefined : editing;
    state.setRules(was ? rules.map((r) => (r === was ? rule : r)) : [rule, ...rules]);
    edit(undefined);
  };
  return (
    <>
      <Warnings draft={draft} />
      <Refused error={state.save.error} rules={rules} />
      <Toolbar draft={draft} state={state} add={() => edit('new')} publish={() => publish(true)} />
      <RuleTable
        rules={rules}
        onEdit={draft.may.includes('save') ? edit : undefined}
        onRemove={(rule) => state.setRules(rules.filter((r) => r !== rule))}
      />
      {editing && (
        <RuleDialog
          rule={editing === 'new' ? undefined : editing}
          taken={new Set(rules.map(placeOf))}
          onSave={put}
          onClose={() => edit(undefined)}
        />
      )}
      {publishing && <PublishDialog onClose={() => publish(false)} onDone={onPublished} />}
    </>
  );
}
