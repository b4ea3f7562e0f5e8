import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useT } from '../../../ui/i18n.ts';

/** Facts with their names, by the key of the name's text; what is not there is left out. */
export function FactList({ facts }: { facts: Record<string, ReactNode> }) {
  const t = useT();
  return (
    <Descriptions
      column={1}
      size="small"
      items={Object.entries(facts)
        .filter(([, children]) => Boolean(children))
        .map(([key, children]) => ({ key, label: t(key), children }))}
    />
  );
}
