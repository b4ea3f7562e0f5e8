import { Alert, Button, Empty, Flex, Spin } from 'antd';
import type { ReactNode } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { useT } from '../i18n.ts';

/** Nothing here, said plainly, with what to do about it. */
export function EmptyState(props: {
  title?: string;
  action?: ReactNode;
  /** Offered where a text was found nowhere in one part of a list. */
  onSearchAll?: (() => void) | false | undefined;
}) {
  const t = useT();
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={props.title ?? t('ui.empty')} style={{ paddingBlock: 24 }}>
      {props.action}
      {props.onSearchAll && (
        <Button type="link" onClick={props.onSearchAll}>
          {t('ui.searchAll')}
        </Button>
      )}
    </Empty>
  );
}

/** Waiting, centred in the space the content will take. */
export function Loading({ heightPx = 240 }: { heightPx?: number }) {
  return (
    <Flex align="center" justify="center" style={{ minHeight: heightPx }}>
      <Spin />
    </Flex>
  );
}

/** Title of any error in the reader's language. */
export function useErrorTitle(): (error: unknown) => string {
  const t = useT();
  return (error) => {
    if (!(error instanceof ApiProblem)) return t('ui.error.unknown');
    if (error.code === 'network') return t('ui.error.network');
    return error.title.startsWith('HTTP ') ? t('ui.error.http', { status: error.status }) : error.title;
  };
}

/** A problem in full: title, detail and every field error, and a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useT();
  const title = useErrorTitle();
  const problem = error instanceof ApiProblem ? error : undefined;
  const said = (
    <>
      {problem?.detail && <div className="wrap">{problem.detail}</div>}
      {problem && problem.errors.length > 0 && (
        <ul style={{ margin: '4px 0 0', paddingInlineStart: 18 }}>
          {problem.errors.map((entry) => (
            <li key={`${entry.path} ${entry.code}`} className="wrap">
              {entry.message} {entry.path && <span className="mono muted">{entry.path}</span>}
            </li>
          ))}
        </ul>
      )}
      {problem?.requestId && problem.status >= 500 && (
        <div className="muted mono">{t('ui.error.requestId', { id: problem.requestId })}</div>
      )}
    </>
  );
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title(error)}
      description={said}
      action={onRetry && <Button onClick={onRetry}>{t('ui.retry')}</Button>}
    />
  );
}
