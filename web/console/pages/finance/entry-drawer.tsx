import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Descriptions, Drawer, Table } from 'antd';
import { oneQuery } from '../../../api/console.ts';
import type { LedgerEntry } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { SideAmount } from './side.tsx';
import { SubjectLink } from '../payments/subject-link.tsx';

type Line = LedgerEntry['lines'][number];

/** Both sides of an entry. */
function Lines({ entry }: { entry: LedgerEntry }) {
  const t = useT();
  return (
    <Table<Line & { key: number }>
      size="small"
      pagination={false}
      scroll={{ x: 480 }}
      dataSource={entry.lines.map((line, key) => ({ ...line, key }))}
      columns={[
        {
          title: t('ledger.account'),
          render: (_, line) => (
            <Link
              to="/finance/ledger/$code"
              params={{ code: line.account } as never}
              search={{ currency: line.currency } as never}
            >
              <span className="mono">{line.number}</span> {line.name}
            </Link>
          ),
        },
        {
          title: t('ledger.debit'),
          width: 130,
          align: 'right',
          render: (_, line) => <SideAmount amount={line.debit} currency={line.currency} />,
        },
        {
          title: t('ledger.credit'),
          width: 130,
          align: 'right',
          render: (_, line) => <SideAmount amount={line.credit} currency={line.currency} />,
        },
      ]}
    />
  );
}

/** Who booked it: a person by name, a channel, or the system. */
function Actor({ name }: { name: string }) {
  const word = useWord();
  const channel = name.startsWith('channel:') ? name.slice('channel:'.length) : undefined;
  return <>{channel === undefined ? word('ledgerActor', name) : word('payChannel', channel)}</>;
}

/** What happened, to which document, whose money it was, and who booked it. */
function Cause({ entry, onOpen }: { entry: LedgerEntry; onOpen: (entryId: string) => void }) {
  const t = useT();
  const word = useWord();
  const other = (id: string) => (
    <Button type="link" style={{ padding: 0, height: 'auto' }} onClick={() => onOpen(id)}>
      {t('ledger.openEntry')}
    </Button>
  );
  const items = [
    { label: t('ledger.kind'), children: word('entryKind', entry.kind) },
    { label: t('ledger.when'), children: <TimeText at={entry.at} /> },
    { label: t('ledger.day'), children: entry.day },
    { label: t('ledger.document'), children: <span className="mono">{entry.subjectNo ?? '–'}</span> },
    ...(entry.about && entry.aboutNo
      ? [
          {
            label: t('order.no'),
            children: <SubjectLink kind={entry.aboutKind} id={entry.about} no={entry.aboutNo} />,
          },
        ]
      : []),
    { label: t('ledger.actor'), children: <Actor name={entry.actor} /> },
    ...(entry.reverses ? [{ label: t('ledger.reverses'), children: other(entry.reverses) }] : []),
    ...(entry.reversedBy ? [{ label: t('ledger.reversedBy'), children: other(entry.reversedBy) }] : []),
  ];
  return <Descriptions size="small" column={1} items={items.map((item) => ({ ...item, key: item.label }))} />;
}

/** An entry with both its sides and its cause. */
export function EntryDrawer(props: { entryId: string; onOpen: (entryId: string) => void; onClose: () => void }) {
  const { entryId, onOpen, onClose } = props;
  const t = useT();
  const query = useQuery(oneQuery('/ledger/entries/{entryId}', { path: { entryId } }));
  return (
    <Drawer open size={640} onClose={onClose} title={t('ledger.entry')}>
      {query.isPending && <Loading heightPx={120} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <div className="stack wide">
          <Cause entry={query.data} onOpen={onOpen} />
          <Panel flush title={t('ledger.lines')}>
            <Lines entry={query.data} />
          </Panel>
        </div>
      )}
    </Drawer>
  );
}
