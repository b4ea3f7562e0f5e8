import type { MouseEvent, ReactNode } from 'react';
import { go } from './location.ts';

type Props = { to: string; className?: string; current?: boolean; label?: string; children: ReactNode };

/** A way to another page of the portal: a real link, followed without loading the page anew. */
export function Link({ to, className, current, label, children }: Props) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} className={className} onClick={follow} aria-current={current ? 'page' : undefined} aria-label={label}>
      {children}
    </a>
  );
}
