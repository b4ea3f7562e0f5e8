import { Link } from '@tanstack/react-router';

/** A SKU with its title, leading to its page. */
export function SkuLink({ sku, title, warehouse }: { sku: string; title: string; warehouse?: string }) {
  return (
    <Link to="/stock/sku/$sku" params={{ sku } as never} search={(warehouse ? { warehouse } : {}) as never}>
      {title && (
        <span className="clamp2" title={title}>
          {title}
        </span>
      )}
      <span className="mono muted">{sku}</span>
    </Link>
  );
}
