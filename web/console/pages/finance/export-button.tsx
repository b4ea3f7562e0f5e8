import { DownloadOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { client } from '../../../api/instance.ts';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { useSubmit } from '../../../api/use-submit.ts';
import { useT } from '../../../ui/i18n.ts';

type Props = { filters: Record<string, string | undefined>; kind?: string; label?: string };

/** Rows as a workbook, by the filters of the page: differences, unless it says what. */
export function ExportButton({ filters, kind = 'reconciliation', label }: Props) {
  const t = useT();
  const { message } = App.useApp();
  const title = useErrorTitle();
  const navigate = useNavigate();
  const set = Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
  const start = useSubmit(
    (_: Record<never, never>, idempotencyKey) =>
      client.post('/exports', { body: { kind, format: 'xlsx', filters: set }, idempotencyKey }),
    { onSuccess: () => void navigate({ to: '/exports' }), onError: (error) => void message.error(title(error)) },
  );
  return (
    <Button icon={<DownloadOutlined />} loading={start.isPending} onClick={() => start.mutate({})}>
      {label ?? t('recon.export')}
    </Button>
  );
}
