import { useState, type FormEvent } from 'react';
import { myTickets, type MyTicket } from '../../../api/portal-tickets.ts';
import { uploadShelf } from '../../../api/upload-shelf.ts';
import type { StoredFile } from '../../../api/uploads.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FileUpload } from '../../../ui/components/file-upload.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { go } from '../../location.ts';
import { ProblemNote } from '../../problem-note.tsx';
import { FILES_MAX, WORDS_MAX } from './new-ticket.tsx';

/** Writing back, and what it does to a ticket that is done. */
export function Reply({ ticket }: { ticket: MyTicket }) {
  const t = useT();
  const [sent, setSent] = useState(0);
  return (
    <section className="zp-card" aria-labelledby="ticket-reply">
      <h2 id="ticket-reply">{t(`portal.ticket.reply.${ticket.reply}`)}</h2>
      {ticket.reply !== 'goes_on' && (
        <p className="muted">
          {t(`portal.ticket.replySays.${ticket.reply}`)}{' '}
          {ticket.reopenUntil && (
            <>
              {t('portal.ticket.reopenUntil')} <TimeText at={ticket.reopenUntil} />
            </>
          )}
        </p>
      )}
      <Form key={sent} ticketId={ticket.id} onSent={() => setSent(sent + 1)} />
      {sent > 0 && (
        <p className="zp-sent" role="status">
          {t('portal.ticket.sent')}
        </p>
      )}
    </section>
  );
}

function Form({ ticketId, onSent }: { ticketId: string; onSent: () => void }) {
  const t = useT();
  const place = `ticket:${ticketId}`;
  const [body, setBody] = useState('');
  const [files, setFiles] = useState<StoredFile[]>([]);
  const [isBusy, setBusy] = useState(false);
  const write = useSubmit((given: { body: string; fileIds: string[] }, key) => myTickets.write(ticketId, given, key), {
    onSuccess: (landed) => {
      void uploadShelf.forget(place).then(() => {
        if (landed.ticketId === ticketId) onSent();
        else go(`/portal/tickets/${landed.ticketId}`);
      });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    write.mutate({ body: body.trim(), fileIds: files.map((file) => file.id) });
  };
  return (
    <form className="zp-form" onSubmit={send}>
      <label>
        <span>{t('portal.ticket.words')}</span>
        <textarea rows={3} required value={body} maxLength={WORDS_MAX} onChange={(e) => setBody(e.target.value)} />
      </label>
      <FileUpload label={t('portal.ticket.files')} place={place} max={FILES_MAX} onChange={setFiles} onBusy={setBusy} />
      <ProblemNote error={write.error} />
      <button type="submit" className="zp-button" disabled={write.isPending || isBusy || body.trim() === ''}>
        {t(isBusy ? 'portal.apply.uploading' : write.isPending ? 'ui.loading' : 'portal.ticket.send')}
      </button>
    </form>
  );
}
