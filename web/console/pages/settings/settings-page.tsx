import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Tabs } from 'antd';
import { meQuery, oneQuery, settingsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { JsonSchema, SettingsSection } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { fromFormValues, toFormValues } from './schema.ts';
import { SchemaFields } from './schema-form.tsx';

function SectionForm({ settings, mayWrite }: { settings: SettingsSection; mayWrite: boolean }) {
  const t = useT();
  const { message } = App.useApp();
  const { section, values, version } = settings;
  const schema = settings.schema as JsonSchema;
  const [form] = Form.useForm<Record<string, unknown>>();
  const save = useSubmit(
    (body: Record<string, unknown>) =>
      client.put('/settings/{section}', { path: { section }, body: { values: body }, version }),
    { onSuccess: () => void message.success(t('ui.saved')) },
  );
  return (
    <Form
      form={form}
      layout="vertical"
      disabled={!mayWrite}
      initialValues={toFormValues(schema, values)}
      onFinish={(typed) => save.mutate(fromFormValues(schema, typed))}
      style={{ maxWidth: 760 }}
    >
      <FormErrors form={form} error={save.error} rename={(name) => (name[0] === 'values' ? name.slice(1) : name)} />
      <SchemaFields section={section} schema={schema} />
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t('ui.save')}
      </Button>
    </Form>
  );
}

function Section({ section, mayWrite }: { section: string; mayWrite: boolean }) {
  const query = useQuery(settingsQuery(section));
  if (query.isPending) return <Loading />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <SectionForm key={`${section} ${query.data.version}`} settings={{ ...query.data, section }} mayWrite={mayWrite} />
  );
}

/** The organisation's numbers and switches, by area; the areas and their fields come from the server. */
export default function SettingsPage() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(['section']);
  const sections = useQuery(oneQuery('/settings'));
  const mayWrite = can(useQuery(meQuery).data, 'settings.write');
  const items = sections.data?.items ?? [];
  const active = filters.search.section ?? items[0]?.section;
  return (
    <Page title={t('settings.title')}>
      {sections.isError && <ErrorState error={sections.error} onRetry={() => void sections.refetch()} />}
      {sections.isPending && <Loading />}
      {active && (
        <Panel>
          <Tabs
            activeKey={active}
            tabBarGutter={24}
            style={{ marginTop: -10 }}
            onChange={(section) => filters.set({ section })}
            items={items.map(({ section }) => ({ key: section, label: word('settings', section) }))}
          />
          <Section section={active} mayWrite={mayWrite} />
        </Panel>
      )}
    </Page>
  );
}
