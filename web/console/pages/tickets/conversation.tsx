import { SendOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Input, Segmented, Select, Tag } from 'antd';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import type { Ticket, TicketMessage } from '../../../api/types.ts';
import { uploadShelf } from '../../../api/upload-shelf.ts';
import type { StoredFile } from '../../../api/uploads.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FileUpload } from '../../../ui/components/file-upload.tsx';
import { Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { FileThumbs } from '../../file-thumbs.tsx';
import { useDraft } from '../../use-draft.ts';
import './tickets.css';

const PAGE = 50;
const FILES_MAX = 20;
const POLL_MS = 10_000;

function Message({
  ticket,
  message: m,
  chosen,
  onChoose,
}: {
  ticket: Ticket;
  message: TicketMessage;
  chosen: boolean | undefined;
  onChoose: (on: boolean) => void;
}) {
  const t = useT();
  const word = useWord();
  const known = ['customer', 'system'].includes(m.author.name);
  return (
    <li className="zg-msg" data-kind={m.kind}>
      <div className="row tight zg-msg-head">
        {chosen !== undefined && m.kind !== 'notice' && (
          <Checkbox checked={chosen} aria-label={t('ticket.choose')} onChange={(e) => onChoose(e.target.checked)} />
        )}
        <strong>{known ? word('actor', m.author.name) : m.author.name}</strong>
        <span className="muted">{word('ticketKind', m.kind)}</span>
        {m.auto && m.kind !== 'notice' && <Tag variant="filled">{t('ticket.auto')}</Tag>}
        {m.solution && (
          <Tag color="success" variant="filled">
            {t('ticket.solution')}
          </Tag>
        )}
        {m.origin.id !== ticket.id && <Tag variant="filled">{t('ticket.from', { no: m.origin.no })}</Tag>}
        <span className="muted">
          <TimeText at={m.at} />
        </span>
      </div>
      <div className="zg-msg-body">{m.body}</div>
      <FileThumbs
        files={m.files}
        at={(f, isSmall) => `/api/v1/tickets/${ticket.id}/files/${f.id}${isSmall ? '/thumbnail' : ''}`}
      />
    </li>
  );
}

type Kind = 'outbound' | 'internal' | 'inbound';

type Next = 'wait_customer' | 'wait_third_party';
/** What an answer is besides: a solution, and what becomes of the ticket with it. */
function AnswerFields(props: {
  solution: boolean;
  onSolution: (on: boolean) => void;
  next: Next | undefined;
  onNext: (next: Next | undefined) => void;
}) {
  const t = useT();
  const word = useWord();
  return (
    <>
      <Checkbox checked={props.solution} onChange={(e) => props.onSolution(e.target.checked)}>
        {t('ticket.isSolution')}
      </Checkbox>
      <Select<Next | null>
        allowClear
        placeholder={t('ticket.then')}
        aria-label={t('ticket.then')}
        value={props.next ?? null}
        popupMatchSelectWidth={false}
        style={{ minWidth: 150 }}
        onChange={(value) => props.onNext(value ?? undefined)}
        options={(['wait_customer', 'wait_third_party'] as const).map((value) => ({
          value,
          label: word('ticketAct', value),
        }))}
      />
    </>
  );
}

/** Files that go along: sent at once, and kept for this ticket until the message is. */
function useAttached(ticketId: string) {
  const t = useT();
  const [files, setFiles] = useState<StoredFile[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [sent, setSent] = useState(0);
  const place = `ticket:${ticketId}`;
  return {
    ids: files.map((f) => f.id),
    isBusy,
    forget: () => void uploadShelf.forget(place).then(() => setSent(sent + 1)),
    field: (
      <FileUpload
        key={sent}
        label={t('ticket.files')}
        place={place}
        purpose="upload"
        accept={null}
        max={FILES_MAX}
        onChange={setFiles}
        onBusy={setBusy}
      />
    ),
  };
}

function Composer({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const [kind, setKind] = useState<Kind>('outbound');
  const [body, setBody] = useDraft(`ticket.${ticket.id}`);
  const [solution, setSolution] = useState(false);
  const [next, setNext] = useState<Next>();
  const attached = useAttached(ticket.id);
  const isAnswer = kind === 'outbound';
  const send = useSubmit(
    (_: Record<never, never>, idempotencyKey) =>
      client.post('/tickets/{ticketId}/messages', {
        path: { ticketId: ticket.id },
        body: {
          body,
          kind,
          channel: kind === 'inbound' ? 'phone' : 'console',
          solution: isAnswer && solution,
          files: attached.ids,
          ...(next && isAnswer ? { next } : {}),
        },
        idempotencyKey,
      }),
    {
      onSuccess: () => {
        setBody('');
        attached.forget();
        setSolution(false);
        setNext(undefined);
      },
    },
  );
  const submit = () => body.trim() !== '' && !attached.isBusy && send.mutate({});
  const kinds = (['outbound', 'internal', 'inbound'] as const).map((value) => ({
    value,
    label: t(`ticket.compose.${value}`),
  }));
  return (
    <div className="zg-composer" data-kind={kind}>
      <Segmented<Kind> value={kind} onChange={setKind} options={kinds} />
      <Input.TextArea
        id="ticket-reply"
        value={body}
        maxLength={20_000}
        autoSize={{ minRows: 3, maxRows: 14 }}
        aria-label={t(`ticket.compose.${kind}`)}
        placeholder={t(`ticket.composeSays.${kind}`)}
        onChange={(e) => setBody(e.target.value)}
        onKeyDown={(e) => (e.ctrlKey || e.metaKey) && e.key === 'Enter' && submit()}
      />
      {send.isError && <ErrorState error={send.error} />}
      {attached.field}
      <div className="row">
        {isAnswer && <AnswerFields solution={solution} onSolution={setSolution} next={next} onNext={setNext} />}
        <span style={{ flex: 1 }} />
        <Button
          type="primary"
          icon={<SendOutlined />}
          loading={send.isPending}
          disabled={body.trim() === '' || attached.isBusy}
          onClick={submit}
        >
          {t(`ticket.send.${kind}`)}
        </Button>
      </div>
    </div>
  );
}

/** What was said, newest at the bottom, older pages on demand; and where one answers. */
export function Conversation(props: {
  ticket: Ticket;
  /** Messages chosen to be split off; undefined when none are chosen. */
  chosen: readonly string[] | undefined;
  onChoose: (ids: string[]) => void;
}) {
  const { ticket, chosen } = props;
  const t = useT();
  const query = useInfiniteQuery({
    queryKey: ['ticket-messages', ticket.id],
    queryFn: ({ pageParam, signal }) =>
      client.get('/tickets/{ticketId}/messages', {
        path: { ticketId: ticket.id },
        query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: POLL_MS,
  });
  const messages = (query.data?.pages.flatMap((p) => p.items) ?? []).toReversed();
  return (
    <Panel title={t('ticket.conversation')}>
      {query.isPending && <Loading heightPx={160} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.hasNextPage && (
        <Button block type="text" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('ticket.older')}
        </Button>
      )}
      {chosen && <Alert type="info" showIcon title={t('ticket.chooseSays')} />}
      <ol className="zg-msgs" aria-live="polite">
        {messages.map((m) => (
          <Message
            key={m.id}
            ticket={ticket}
            message={m}
            chosen={chosen?.includes(m.id)}
            onChoose={(on) =>
              props.onChoose(on ? [...(chosen ?? []), m.id] : (chosen ?? []).filter((id) => id !== m.id))
            }
          />
        ))}
      </ol>
      {ticket.may.includes('reply') && <Composer ticket={ticket} />}
    </Panel>
  );
}
