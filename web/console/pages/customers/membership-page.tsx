import { DeleteOutlined, HolderOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, ColorPicker, Form, Input, InputNumber, Switch } from 'antd';
import { meQuery, settingsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { SettingsSection } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import './membership.css';

const NUMBERS = [
  'pointsPerUnit',
  'pointValue',
  'pointsExpireMonths',
  'expiryWarningDays',
  'compensateWithoutApproval',
  'levelWindowDays',
  'levelGraceDays',
] as const;
type Level = {
  code: string;
  name: { 'zh-CN': string; en: string };
  color: string;
  /** In whole units of the currency on screen, minor units on the server. */
  minSpent: number | null;
  minOrders: number | null;
  multiplierPercent: number;
  vip: boolean;
  weight: number;
};
type Values = Record<(typeof NUMBERS)[number], number> & { levels: Level[] };
const MINOR = 100;

const shown = (values: Values): Values => ({
  ...values,
  levels: values.levels.map((l) => ({ ...l, minSpent: l.minSpent === null ? null : l.minSpent / MINOR })),
});
const sent = (values: Values): Values => ({
  ...values,
  levels: values.levels.map((l) => ({
    ...l,
    minSpent: l.minSpent == null ? null : Math.round(l.minSpent * MINOR),
    minOrders: l.minOrders ?? null,
  })),
});

/** One level, a row of the table; the lowest is everybody's and has no condition. */
function LevelRow({ at, onRemove }: { at: number; onRemove: () => void }) {
  const t = useT();
  const required = [{ required: true, message: t('ui.required') }];
  const item = (name: string | string[], control: React.ReactElement, more: object = {}) => (
    <td>
      <Form.Item name={[at, ...(Array.isArray(name) ? name : [name])]} {...more} style={{ margin: 0 }}>
        {control}
      </Form.Item>
    </td>
  );
  const first = at === 0;
  return (
    <tr>
      <td className="muted">{at + 1}</td>
      {item('code', <Input aria-label={t('level.code')} maxLength={40} />, { rules: required })}
      {item(['name', 'zh-CN'], <Input aria-label={t('level.nameZh')} maxLength={40} />, { rules: required })}
      {item(['name', 'en'], <Input aria-label={t('level.nameEn')} maxLength={40} />, { rules: required })}
      {item('minSpent', <InputNumber aria-label={t('level.minSpent')} min={0} disabled={first} placeholder="–" />)}
      {item('minOrders', <InputNumber aria-label={t('level.minOrders')} min={1} disabled={first} placeholder="–" />)}
      {item('multiplierPercent', <InputNumber aria-label={t('level.multiplier')} min={0} suffix="%" />, {
        rules: required,
      })}
      {item('weight', <InputNumber aria-label={t('level.weight')} min={0} max={1000} />, { rules: required })}
      {item('vip', <Switch aria-label={t('customer.vip')} />, { valuePropName: 'checked' })}
      {item('color', <ColorPicker disabledAlpha />, {
        getValueFromEvent: (color: { toHexString(): string }) => color.toHexString(),
      })}
      <td>
        {!first && <Button type="text" icon={<DeleteOutlined />} aria-label={t('level.remove')} onClick={onRemove} />}
      </td>
    </tr>
  );
}

const HEADS = ['code', 'nameZh', 'nameEn', 'minSpent', 'minOrders', 'multiplier', 'weight'] as const;

function Levels() {
  const t = useT();
  return (
    <Form.List name="levels">
      {(fields, { add, remove, move }) => (
        <div style={{ overflowX: 'auto' }}>
          <table className="zg-levels">
            <thead>
              <tr>
                <th aria-label={t('level.order')}>
                  <HolderOutlined />
                </th>
                {HEADS.map((head) => (
                  <th key={head}>{t(`level.${head}`)}</th>
                ))}
                <th>{t('customer.vip')}</th>
                <th>{t('level.color')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <LevelRow key={field.key} at={field.name} onRemove={() => remove(field.name)} />
              ))}
            </tbody>
          </table>
          <span className="row">
            <Button
              icon={<PlusOutlined />}
              onClick={() =>
                add({
                  color: '#456987',
                  minSpent: null,
                  minOrders: null,
                  multiplierPercent: 100,
                  vip: false,
                  weight: 0,
                })
              }
            >
              {t('level.add')}
            </Button>
            <Button type="text" disabled={fields.length < 3} onClick={() => move(fields.length - 1, fields.length - 2)}>
              {t('level.lastUp')}
            </Button>
          </span>
        </div>
      )}
    </Form.List>
  );
}

function MembershipForm({ settings, mayWrite }: { settings: SettingsSection; mayWrite: boolean }) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const save = useSubmit(
    (values: Values) =>
      client.put('/settings/{section}', {
        path: { section: 'membership' },
        body: { values: sent(values) },
        version: settings.version,
      }),
    { onSuccess: () => void message.success(t('ui.saved')) },
  );
  return (
    <Form
      form={form}
      layout="vertical"
      disabled={!mayWrite}
      initialValues={shown(settings.values as Values)}
      onFinish={(values) => save.mutate(values)}
    >
      <div className="stack">
        <FormErrors form={form} error={save.error} rename={(name) => (name[0] === 'values' ? name.slice(1) : name)} />
        <Panel title={t('membership.levels')}>
          <p className="muted">{t('membership.levelsSays')}</p>
          <Levels />
        </Panel>
        <Panel title={t('membership.rules')}>
          <div className="zg-membership-numbers">
            {NUMBERS.map((name) => (
              <Form.Item
                key={name}
                name={name}
                label={<span className="wrap">{t(`setting.membership.${name}`)}</span>}
                rules={[{ required: true, message: t('ui.required') }]}
              >
                <InputNumber min={0} precision={0} style={{ width: 160 }} />
              </Form.Item>
            ))}
          </div>
        </Panel>
        <div>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('ui.save')}
          </Button>
        </div>
      </div>
    </Form>
  );
}

/** What the levels are, how they are reached, and how points are earned and kept. */
export default function MembershipPage() {
  const t = useT();
  const query = useQuery(settingsQuery('membership'));
  const mayWrite = can(useQuery(meQuery).data, 'settings.write');
  return (
    <Page title={t('membership.title')} says={t('membership.says')}>
      {query.isPending && <Loading />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <MembershipForm
          key={query.data.version}
          settings={{ ...query.data, section: 'membership' } as SettingsSection}
          mayWrite={mayWrite}
        />
      )}
    </Page>
  );
}
