import { useT } from '../ui/i18n.ts';
import { Link } from './link.tsx';

const PAGES = { orders: '/portal/orders', tickets: '/portal/tickets' } as const;
type Page = keyof typeof PAGES;

/** The two halves of the portal, for whoever sees all that is theirs. */
export function MainNav({ current }: { current: Page }) {
  const t = useT();
  return (
    <nav className="zp-nav" aria-label={t('portal.sections')}>
      {(Object.keys(PAGES) as Page[]).map((page) => (
        <Link key={page} to={PAGES[page]} current={page === current}>
          {t(`portal.section.${page}`)}
        </Link>
      ))}
    </nav>
  );
}
