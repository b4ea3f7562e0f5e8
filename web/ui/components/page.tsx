import type { ReactNode } from 'react';

/** A page's title, its actions at the right, and its content; long titles wrap, actions never overlap them. */
export function Page(props: { title: ReactNode; extra?: ReactNode; says?: ReactNode; children: ReactNode }) {
  return (
    <div className="zg-page">
      <header className="zg-page-head">
        <div style={{ minWidth: 0 }}>
          <h1 className="wrap">{props.title}</h1>
          {props.says && <div className="muted wrap">{props.says}</div>}
        </div>
        {props.extra && <div className="row">{props.extra}</div>}
      </header>
      {props.children}
    </div>
  );
}

/** A titled surface. */
export function Panel(props: { title?: ReactNode; extra?: ReactNode; children: ReactNode; flush?: boolean }) {
  return (
    <section className="zg-panel">
      {props.title && (
        <header>
          <h2 className="wrap">{props.title}</h2>
          {props.extra}
        </header>
      )}
      <div className={props.flush ? 'zg-panel-flush' : 'zg-panel-body'}>{props.children}</div>
    </section>
  );
}
