import { useEffect, useRef, useState } from 'react';
import { portal } from '../../api/portal.ts';
import { useT } from '../../ui/i18n.ts';
import { Link } from '../link.tsx';
import { Wait } from '../page.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { useEnter } from '../session.ts';

/** A shop's site sends its customer here; what it signed stands behind the #, which no server and no log is told. */
export default function FromShop() {
  const t = useT();
  const enter = useEnter();
  const [error, setError] = useState<unknown>();
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true; // it is good once
    const token = window.location.hash.slice(1);
    window.history.replaceState(null, '', window.location.pathname);
    portal.enterFromShop(token).then(enter, setError);
  }, [enter]);
  if (error === undefined) return <Wait />;
  return (
    <>
      <ProblemNote error={error} />
      <Link to="/portal/" className="zp-button zp-second zp-go">
        {t('portal.otherWay')}
      </Link>
    </>
  );
}
