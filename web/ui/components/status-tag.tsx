import { Tag } from 'antd';
import { useWord } from '../i18n.ts';

const COLOURS: Record<string, string> = {
  pending_payment: 'warning',
  paid: 'processing',
  shipped: 'geekblue',
  delivered: 'cyan',
  completed: 'success',
  cancelled: 'default',
  closed: 'default',
  pending: 'warning',
  succeeded: 'success',
  failed: 'error',
  queued: 'default',
  running: 'processing',
  active: 'success',
  disabled: 'default',
  locked: 'error',
  open: 'processing',
  on_sale: 'success',
  off_sale: 'default',
  warned: 'warning',
  breached: 'error',
  met: 'success',
  created: 'default',
  picking: 'processing',
  verified: 'cyan',
  exception: 'error',
  in_transit: 'geekblue',
  done: 'success',
  requested: 'warning',
  processing: 'processing',
  abnormal: 'error',
  picked: 'cyan',
  posted: 'success',
  received: 'success',
  awaiting_approval: 'warning',
  rejected: 'error',
  returned: 'volcano',
  approved: 'success',
  accepted: 'processing',
  refused: 'error',
  too_late: 'error',
  offered: 'warning',
  answered: 'cyan',
  compensated: 'volcano',
  resolved: 'success',
  waiting: 'processing',
  told: 'success',
  draft: 'default',
  live: 'success',
  upcoming: 'processing',
  paused: 'warning',
  free: 'processing',
  used: 'success',
  personal: 'geekblue',
  corrected: 'success',
  dismissed: 'default',
  error_confirmed: 'error',
  as_agreed: 'success',
  cannot_tell: 'warning',
  expected: 'processing',
  partly: 'warning',
  reversed: 'default',
};

/** A state in its colour and in the reader's language; `kind` names the catalogue (`status.order`, …). */
export function StatusTag({ kind, value }: { kind: string; value: string }) {
  const word = useWord();
  return (
    <Tag color={COLOURS[value] ?? 'default'} variant="filled" style={{ marginInlineEnd: 0 }}>
      {word(`status.${kind}`, value)}
    </Tag>
  );
}
