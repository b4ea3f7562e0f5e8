import { CloudSyncOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useT } from '../i18n.ts';
import type { QueueState, Refused } from '../scan-queue.ts';
import './scan-queue-notice.css';

/** What is on its way, and that it is safe while nobody answers. */
export function QueueNotice({ state, retry }: { state: QueueState<unknown>; retry: () => void }) {
  const t = useT();
  const { waiting, offline } = state;
  if (!offline) return waiting.length > 0 ? <CloudSyncOutlined aria-label={t('ui.queue.sending')} /> : null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('ui.queue.offline', { scans: waiting.length })}
      action={<Button onClick={retry}>{t('ui.retry')}</Button>}
    />
  );
}

/** Scans that were refused when others had been made already: large, each with what to do, until they have been seen. */
export function RefusedScans<T>(props: {
  refused: readonly Refused<T>[];
  /** What was scanned, and into what. */
  name: (item: T) => ReactNode;
  onSeen: (scanId: string) => void;
  /** The key that says the first has been seen. */
  hotkey?: string;
}) {
  const { refused, name, onSeen, hotkey } = props;
  const t = useT();
  const section = useRef<HTMLElement>(null);
  useEffect(() => section.current?.scrollIntoView({ block: 'nearest' }), [refused.length]);
  if (refused.length === 0) return null;
  return (
    <section ref={section} className="zg-refused" role="alert">
      <h2 className="zg-refused-head">{t('ui.queue.refused', { n: refused.length })}</h2>
      <ul className="zg-refused-list">
        {refused.map((one, i) => (
          <li key={one.scanId}>
            <span className="wrap">
              <strong className="zg-refused-why">{one.why}</strong>
              <br />
              <span className="mono">{name(one.item)}</span>
            </span>
            <Button size="large" onClick={() => onSeen(one.scanId)}>
              {t('ui.queue.seen')} {hotkey !== undefined && i === 0 && <kbd>{hotkey}</kbd>}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
