import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Modal } from 'antd';
import { client } from '../../../api/instance.ts';
import { ErrorState } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';

/** Proves on demand that ledger, balances and reservations agree, and lists where they do not. */
export function StockAuditButton() {
  const t = useT();
  const audit = useMutation({ mutationFn: () => client.get('/stock/audit') });
  const verdict = audit.data;
  return (
    <>
      <Button icon={<SafetyCertificateOutlined />} loading={audit.isPending} onClick={() => audit.mutate()}>
        {t('stock.audit')}
      </Button>
      <Modal open={audit.isSuccess || audit.isError} footer={null} title={t('stock.audit')} onCancel={audit.reset}>
        {audit.isError && <ErrorState error={audit.error} />}
        {verdict && (
          <Alert
            type={verdict.ok ? 'success' : 'error'}
            showIcon
            title={t(verdict.ok ? 'stock.auditOk' : 'stock.auditBad', {
              checked: verdict.checked,
              bad: verdict.mismatches.length,
            })}
            description={
              verdict.mismatches.length > 0 && (
                <ul style={{ margin: 0, paddingInlineStart: 18 }}>
                  {verdict.mismatches.slice(0, 50).map((row) => (
                    <li key={JSON.stringify(row)} className="mono">
                      {Object.values(row).map(String).join(' · ')}
                    </li>
                  ))}
                </ul>
              )
            }
          />
        )}
      </Modal>
    </>
  );
}
