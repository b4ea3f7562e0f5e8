import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { caseQuery, evidenceBytes, type PortalCase } from '../../api/portal-cases.ts';
import { TimeText } from '../../ui/components/text.tsx';
import { useT, useWord } from '../../ui/i18n.ts';
import { Failed, Heading, Wait } from '../page.tsx';
import { Thumb } from '../thumb.tsx';
import { Breakdown } from './apply-proof.tsx';
import { FeedbackCard } from './feedback-card.tsx';
import { CaseActions } from './case-actions.tsx';
import { FeeCard } from './fee-card.tsx';

/** 受理 → 诊断 → 方案 → 执行 → 回访, each with when it was reached; and what is waited for now. */
function Steps({ c }: { c: PortalCase }) {
  const t = useT();
  const word = useWord();
  const next = c.endedAt ? -1 : c.steps.findIndex((s) => s.at === null);
  const waits = word('portal.caseWaits', c.status);
  return (
    <section className="zp-card" aria-labelledby="case-steps">
      <h2 id="case-steps">{t('portal.case.steps')}</h2>
      <ol className="zp-way">
        {c.steps.map((s, i) => (
          <li
            key={s.step}
            data-state={s.at ? 'done' : i === next ? 'now' : 'ahead'}
            aria-current={i === next ? 'step' : undefined}
          >
            <span>{word('portal.caseStep', s.step)}</span>
            <span className="muted">{s.at ? <TimeText at={s.at} /> : i === next ? t('portal.case.now') : ''}</span>
          </li>
        ))}
      </ol>
      {waits !== c.status && <p>{waits}</p>}
      {c.dueAt && c.status === 'submitted' && (
        <p className="muted">
          {t('portal.case.answerBy')} <TimeText at={c.dueAt} />
        </p>
      )}
      {c.note && <p className="wrap">{c.note}</p>}
    </section>
  );
}

function EvidenceThumb({ caseId, file }: { caseId: string; file: PortalCase['evidence'][number] }) {
  const read = useCallback((isSmall: boolean) => evidenceBytes(caseId, file.fileId, isSmall), [caseId, file.fileId]);
  return <Thumb name={file.name} read={read} />;
}

function Evidence({ c }: { c: PortalCase }) {
  const t = useT();
  if (c.evidence.length === 0) return null;
  return (
    <section className="zp-card" aria-labelledby="case-evidence">
      <h2 id="case-evidence">{t('portal.case.evidence')}</h2>
      <div className="zp-thumbs">
        {c.evidence.map((file) => (
          <EvidenceThumb key={`${file.fileId} ${file.purpose}`} caseId={c.id} file={file} />
        ))}
      </div>
    </section>
  );
}

function Facts({ c }: { c: PortalCase }) {
  const t = useT();
  const word = useWord();
  const { pickup, waybillNo, carrier, warehouse } = c.returning;
  return (
    <section className="zp-card" aria-labelledby="case-facts">
      <h2 id="case-facts">{t('portal.facts')}</h2>
      <dl className="zp-facts">
        <dt>{t('portal.case.no')}</dt>
        <dd className="mono">{c.no}</dd>
        <dt>{t('portal.apply.why')}</dt>
        <dd className="wrap">{c.said ?? word('portal.caseReason', c.reason)}</dd>
        <dt>{t('portal.goods')}</dt>
        <dd>
          {c.lines.map((line) => (
            <div key={line.lineId} className="wrap">
              {line.title} ×{line.quantity}
            </div>
          ))}
        </dd>
        <dt>{t('portal.apply.clause')}</dt>
        <dd className="wrap">{c.policy.text}</dd>
        {pickup && (
          <>
            <dt>{t('portal.case.pickup')}</dt>
            <dd>
              {word('portal.pickupState', pickup.state)} <TimeText at={pickup.from} /> – <TimeText at={pickup.until} />
            </dd>
          </>
        )}
        {waybillNo && (
          <>
            <dt>{t('portal.case.waybill')}</dt>
            <dd>
              {carrier && word('carrier', carrier)} <span className="mono">{waybillNo}</span>
            </dd>
          </>
        )}
        {warehouse?.address && c.status === 'approved' && (
          <>
            <dt>{t('portal.case.sendTo')}</dt>
            <dd className="wrap">{warehouse.address}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** One request after the sale: how far it has come, what comes of it, and what the customer may do. */
export default function CasePage({ caseId }: { caseId: string }) {
  const t = useT();
  const word = useWord();
  const query = useQuery(caseQuery(caseId));
  if (query.isPending) return <Wait />;
  if (!query.data) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const c = query.data;
  return (
    <>
      <section className="zp-card">
        <Heading
          title={`${word('portal.caseType', c.type)} · ${word('portal.caseStatus', c.status)}`}
          back={{ to: `/portal/orders/${c.orderId}`, label: t('portal.toOrder') }}
        />
        {c.refund.amount.amount > 0 && (
          <>
            <p className="muted">{t(c.refund.granted ? 'portal.case.granted' : 'portal.case.expected')}</p>
            <Breakdown refund={c.refund} />
          </>
        )}
      </section>
      {c.endedAt && <FeedbackCard of={{ caseId: c.id }} />}
      <Steps c={c} />
      <FeeCard c={c} />
      <Evidence c={c} />
      <Facts c={c} />
      <CaseActions c={c} />
    </>
  );
}
