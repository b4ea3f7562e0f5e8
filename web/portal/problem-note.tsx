import { ApiProblem } from '../api/problem.ts';
import { useT } from '../ui/i18n.ts';

/** A refusal in the customer's words, with every error it names. */
export function ProblemNote({ error }: { error: unknown }) {
  const t = useT();
  if (!error) return null;
  const problem = error instanceof ApiProblem ? error : undefined;
  const network = problem?.code === 'network';
  return (
    <div className="zp-problem" role="alert">
      <strong>{network ? t('ui.error.network') : (problem?.title ?? t('ui.error.unknown'))}</strong>
      {problem?.detail && <div>{problem.detail}</div>}
      {problem?.errors.map((entry) => (
        <div key={`${entry.path} ${entry.code}`}>{entry.message}</div>
      ))}
    </div>
  );
}
