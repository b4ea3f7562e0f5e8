import { Link } from '@tanstack/react-router';

/** The way to what was paid for: an order, or the case whose repair was. */
export function SubjectLink({ kind, id, no }: { kind: string; id: string; no: string }) {
  return (
    <Link to={kind === 'repair_fee' ? '/after-sales/$id' : '/orders/$id'} params={{ id } as never} className="mono">
      {no}
    </Link>
  );
}
