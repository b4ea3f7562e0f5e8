import { MailOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Tag } from 'antd';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { IncomingMail, OutgoingMail } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { ErrorState } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import './mail.css';

const POLL_MS = 10_000;
const POLL_SENDING_MS = 1_500;
const TONES: Readonly<Record<OutgoingMail['state'], string>> = {
  queued: 'processing',
  sent: 'success',
  failed: 'error',
  bounced: 'error',
};

/** A mail of ours: whether it arrived, and why not. */
function Outgoing({ mail }: { mail: OutgoingMail }) {
  const t = useT();
  const word = useWord();
  const retry = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/mail/outgoing/{outgoingId}/retry', { path: { outgoingId: mail.id }, idempotencyKey }),
  );
  return (
    <div className="stack tight">
      <span className="row tight">
        <Tag color={TONES[mail.state]}>{word('mailState', mail.state)}</Tag>
        <span>{word('mailKind', mail.kind)}</span>
        <span className="muted wrap">{[mail.to, ...mail.cc].join(', ')}</span>
        <span className="muted">
          <TimeText at={mail.sentAt ?? mail.createdAt} />
        </span>
        {mail.may.includes('retry') && (
          <Button size="small" loading={retry.isPending} onClick={() => retry.mutate({})}>
            {t('mail.retry')}
          </Button>
        )}
      </span>
      {mail.problem && <span className="zg-mail-problem wrap">{mail.problem.says}</span>}
      {retry.isError && <ErrorState error={retry.error} />}
    </div>
  );
}

/** A mail that came in: who wrote it, and what is folded away of it. */
export function Incoming({ mail }: { mail: IncomingMail }) {
  const t = useT();
  const word = useWord();
  const folded = [mail.signature, mail.quoted].filter((text) => text !== '').join('\n\n');
  return (
    <div className="stack tight">
      <span className="row tight">
        <Tag>{word('mailWhat', mail.what)}</Tag>
        <span className="wrap">{mail.from ? `${mail.from.name} ${mail.from.address}` : t('mail.noSender')}</span>
        <span className="muted">
          <TimeText at={mail.cameAt} />
        </span>
        {mail.stranger && <Tag color="warning">{t('mail.stranger')}</Tag>}
        {mail.doubtful && <Tag color="error">{t('mail.doubtful')}</Tag>}
      </span>
      {mail.why && <span className="muted wrap">{mail.why.says}</span>}
      {mail.refused.map((r) => (
        <span key={r.name} className="zg-mail-problem wrap">
          {r.name}: {r.says}
        </span>
      ))}
      {folded !== '' && (
        <details>
          <summary>{t('mail.folded')}</summary>
          <pre className="zg-mail-text">{folded}</pre>
        </details>
      )}
    </div>
  );
}

/** What of a ticket came and went by e-mail; nothing where it is not talked about by e-mail. */
export function TicketMail({ ticketId }: { ticketId: string }) {
  const t = useT();
  const query = useQuery({
    ...oneQuery('/tickets/{ticketId}/mail', { path: { ticketId } }),
    refetchInterval: ({ state }) =>
      state.data?.outgoing.some((m) => m.state === 'queued') ? POLL_SENDING_MS : POLL_MS,
  });
  if (!query.data || (query.data.incoming.length === 0 && query.data.outgoing.length === 0)) return null;
  const { thread, incoming, outgoing } = query.data;
  return (
    <Panel
      title={
        <span className="row tight">
          <MailOutlined />
          {t('mail.ofTicket')}
        </span>
      }
    >
      <div className="stack">
        {thread?.undeliveredAt && <Alert type="error" showIcon title={t('mail.undelivered')} />}
        {outgoing.map((mail) => (
          <Outgoing key={mail.id} mail={mail} />
        ))}
        {incoming.map((mail) => (
          <Incoming key={mail.id} mail={mail} />
        ))}
      </div>
    </Panel>
  );
}
