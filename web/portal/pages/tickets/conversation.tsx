import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { myMessagesQuery, ticketFileBytes, type MyTicketMessage } from '../../../api/portal-tickets.ts';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { Failed, Wait } from '../../page.tsx';
import { Thumb } from '../../thumb.tsx';

function FileThumb({ ticketId, file }: { ticketId: string; file: MyTicketMessage['files'][number] }) {
  const read = useCallback((isSmall: boolean) => ticketFileBytes(ticketId, file.id, isSmall), [ticketId, file.id]);
  return <Thumb name={file.name} read={read} />;
}

function Message({ ticketId, message }: { ticketId: string; message: MyTicketMessage }) {
  const t = useT();
  return (
    <li className="zp-said" data-from={message.from}>
      <div className="zp-said-head">
        <strong>{t(`portal.ticketFrom.${message.from}`)}</strong>
        <span className="muted">
          <TimeText at={message.at} />
        </span>
      </div>
      {message.origin && <div className="muted">{t('portal.ticket.saidIn', { no: message.origin })}</div>}
      {message.solution && <em className="zp-tag">{t('portal.ticket.solution')}</em>}
      <div className="zp-words">{message.body}</div>
      {message.files.length > 0 && (
        <div className="zp-thumbs">
          {message.files.map((file) => (
            <FileThumb key={file.id} ticketId={ticketId} file={file} />
          ))}
        </div>
      )}
    </li>
  );
}

/** What was said, as one reads it: the oldest first, earlier pages on request. */
export function Conversation({ ticketId }: { ticketId: string }) {
  const t = useT();
  const query = useInfiniteQuery(myMessagesQuery(ticketId));
  if (query.isPending) return <Wait />;
  if (!query.data) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const messages = query.data.pages.flatMap((page) => page.items).toReversed();
  return (
    <section className="zp-card" aria-labelledby="ticket-talk">
      <h2 id="ticket-talk">{t('portal.ticket.talk')}</h2>
      {query.hasNextPage && (
        <button
          type="button"
          className="zp-link"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t(query.isFetchingNextPage ? 'ui.loading' : 'portal.ticket.earlier')}
        </button>
      )}
      <ol className="zp-talk" aria-live="polite">
        {messages.map((message) => (
          <Message key={message.id} ticketId={ticketId} message={message} />
        ))}
      </ol>
    </section>
  );
}
