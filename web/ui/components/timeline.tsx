import { TimeText } from './text.tsx';
import { EmptyState } from './states.tsx';
import './timeline.css';

export type TimelineEntry = {
  key: string;
  at: string;
  text: string;
  by?: string | undefined;
  tone?: 'good' | 'bad' | 'plain';
};

/** What happened, newest first, each with its moment and who did it. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  if (entries.length === 0) return <EmptyState />;
  return (
    <ol className="zg-timeline">
      {entries.map((entry) => (
        <li key={entry.key} data-tone={entry.tone ?? 'plain'}>
          <div className="wrap">{entry.text}</div>
          <div className="muted zg-timeline-foot">
            <TimeText at={entry.at} />
            {entry.by && <span className="wrap">{entry.by}</span>}
          </div>
        </li>
      ))}
    </ol>
  );
}
