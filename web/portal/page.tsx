import { useEffect, useRef, type ReactNode } from 'react';
import { useT } from '../ui/i18n.ts';
import { Link } from './link.tsx';
import { ProblemNote } from './problem-note.tsx';

let isFirst = true;

/**
 * The heading of a page. It names the window, and takes the focus when one comes from another page, so that whoever listens
 * or goes by keys begins at the top.
 */
export function Heading({ title, back }: { title: string; back?: { to: string; label: string } | undefined }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  return (
    <div className="zp-heading">
      {back && (
        <Link to={back.to} className="zp-back">
          <span aria-hidden>‹</span> {back.label}
        </Link>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
    </div>
  );
}

/** Waiting for a page, said to who cannot see it. */
export function Wait() {
  const t = useT();
  return (
    <div className="zp-wait" aria-busy role="status">
      <span className="sr">{t('ui.loading')}</span>
    </div>
  );
}

/** A page that could not be loaded, and how to try again. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useT();
  return (
    <>
      <ProblemNote error={error} />
      <button type="button" className="zp-button" onClick={onRetry}>
        {t('ui.retry')}
      </button>
    </>
  );
}

/** Nothing here, said plainly. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="zp-nothing muted">{children}</p>;
}
