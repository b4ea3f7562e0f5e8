import { Progress } from 'antd';
import { isRunning } from '../../../api/console.ts';
import { percentOf } from './kinds.ts';

type Run = Parameters<typeof percentOf>[0];

/** How far an import or export is, in the colour of how it ended. */
export function RunProgress({ run }: { run: Run }) {
  const status = isRunning(run) ? 'active' : run.status === 'done' ? 'success' : 'exception';
  return <Progress percent={percentOf(run)} size="small" status={status} style={{ maxWidth: 260, margin: 0 }} />;
}
