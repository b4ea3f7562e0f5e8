import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { EmptyState, ErrorState } from '../../ui/components/states.tsx';
import { useT } from '../../ui/i18n.ts';

/** An address that leads nowhere. */
export function NotFound() {
  const t = useT();
  return (
    <div style={{ padding: 48 }}>
      <EmptyState title={t('page.notFound')} action={<Link to="/">{t('page.home')}</Link>} />
    </div>
  );
}

/** A page that could not be shown; trying again loads it anew. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <div style={{ padding: 24 }}>
      <ErrorState error={error} onRetry={reset} />
    </div>
  );
}
