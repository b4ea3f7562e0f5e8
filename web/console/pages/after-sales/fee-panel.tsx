import { useQueryClient } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useEffect } from 'react';
import type { AfterSalesCase } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { PaymentsOf } from '../orders/order-payments.tsx';
import { FactList } from './fact-list.tsx';

/** What is owed for a repair, and its payments. */
export function FeePanel({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const fee = of.repair?.fee;
  const queries = useQueryClient();
  const moved = fee ? `${fee.paid.amount}/${fee.refunded.amount}` : '';
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['/payments'] }); // money came or went: the list beside is of before
  }, [queries, moved]);
  if (!fee) return null;
  return (
    <>
      <Panel title={t('case.fee')} extra={<StatusTag kind="fee" value={fee.status} />}>
        <div className="stack">
          <FactList
            facts={{
              'case.feeAgreed': <MoneyText value={fee.amount} strong />,
              'case.feeDue': fee.due.amount > 0 && <MoneyText value={fee.due} strong />,
              'case.feePaid': fee.paid.amount > 0 && <MoneyText value={fee.paid} />,
              'case.feeRefunded': fee.refunded.amount > 0 && <MoneyText value={fee.refunded} />,
            }}
          />
          {fee.waits && (
            <Alert
              type="warning"
              showIcon
              title={t(of.status === 'repairing' ? 'case.feeWaits.finish' : 'case.feeWaits.send_back')}
            />
          )}
        </div>
      </Panel>
      {(fee.status !== 'outside' || fee.paid.amount > 0) && (
        <PaymentsOf of={{ kind: 'repair_fee', id: of.id }} may={of.may.includes('pay_fee')} title="case.feePayments" />
      )}
    </>
  );
}
