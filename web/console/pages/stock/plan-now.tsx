import { SyncOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';

/** Has demand counted, forecasts made and alerts looked for now instead of at night. */
export function PlanNowButton() {
  const t = useT();
  const { message } = App.useApp();
  const title = useErrorTitle();
  const mayWrite = can(useQuery(meQuery).data, 'inventory.replenishment.write');
  const plan = useSubmit((_: Record<never, never>, idempotencyKey) => client.post('/stock/plan', { idempotencyKey }), {
    refresh: false,
    onSuccess: () => void message.success(t('plan.started')),
    onError: (error) => void message.error(title(error)),
  });
  if (!mayWrite) return null;
  return (
    <Button icon={<SyncOutlined />} loading={plan.isPending} onClick={() => plan.mutate({})}>
      {t('plan.now')}
    </Button>
  );
}
