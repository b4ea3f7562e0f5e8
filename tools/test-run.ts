import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';
import { openTemporary } from '../server/src/kernel/testing/scratch.ts';
import { startTestServer } from '../server/src/kernel/testing/test-server.ts';
import { filesBelow, ROOT } from './files.ts';

export type TestCount = { passed: number; failed: number };
export type TestChoice = {
  /** Files or folders; none means all. */ paths: string[];
  /** With the tests that open a browser. */ browser: boolean;
};

const FILE_MS_MAX = 10 * 60_000; // a file that hangs is a failure, not a wait without end
const SLOW_MS = 10_000;
const OUTPUT_CHARS_MAX = 20_000; // of a failing file's own output
const TESTS = /\.test\.ts$/;
const BROWSER = /\.browser\.test\.ts$/;

function chooseFiles(choice: TestChoice): string[] {
  const all = filesBelow(ROOT, ['server', 'tools', 'web', 'bench'], TESTS);
  if (choice.paths.length === 0) return all.filter((file) => choice.browser || !BROWSER.test(file));
  return choice.paths.flatMap((given) => {
    const absolute = path.resolve(process.cwd(), given);
    if (!existsSync(absolute)) throw new Error(`no such test: ${given}`);
    const relative = path.relative(ROOT, absolute).split(path.sep).join('/');
    return statSync(absolute).isDirectory() ? all.filter((file) => file.startsWith(`${relative}/`)) : [relative];
  });
}

/**
 * Runs test files against one embedded PostgreSQL with a migrated template, and says one line per file; failures in full.
 * Two of the long files at a time, then three of the others, which mostly wait for the database; those in which a scanner types one
 * by one at the end: it is told from a person by how fast it types. A skipped test counts as failed.
 */
export async function runTests(choice: TestChoice): Promise<TestCount> {
  const files = chooseFiles(choice);
  if (files.length === 0) throw new Error('no test file was found');
  const server = await startTestServer();
  const temporary = openTemporary();
  process.env['TMPDIR'] = temporary.folder;
  process.env['ZHANGGUI_TEST_PG'] = server.url;
  process.env['ZHANGGUI_TEST_TEMPLATE'] = server.template;
  process.env['NODE_ENV'] = 'test';
  // every file is a process, and half of what it takes to begin is reading the same sources again
  process.env['NODE_COMPILE_CACHE'] ??= path.join(ROOT, '.cache', 'compile');
  const abort = new AbortController();
  const interrupted = (name: NodeJS.Signals): void => {
    abort.abort();
    setTimeout(() => process.exit(name === 'SIGINT' ? 130 : 143), 200); // the database ends with the process
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    const total = { passed: 0, failed: 0 };
    const scanning = files.filter(scans);
    const others = files.filter((file) => !scanning.includes(file));
    await runFiles(others.filter(isLong), 2, total, abort.signal);
    await runFiles(
      others.filter((file) => !isLong(file)),
      3,
      total,
      abort.signal,
    );
    await runFiles(scanning, 1, total, abort.signal);
    return total;
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await server.stop();
    temporary.remove();
  }
}

/** Whether a file takes its time: it opens a browser, or kills processes and starts them again. */
const isLong = (file: string): boolean => BROWSER.test(file) || /crash|safety|storm|restarts/.test(file);
/** Whether a scanner types in a browser of the file. */
const scans = (file: string): boolean =>
  BROWSER.test(file) && /\bscan\(/.test(readFileSync(path.join(ROOT, file), 'utf8'));

type FileReport = { failures: string[]; output: string };

async function runFiles(files: string[], concurrency: number, total: TestCount, signal: AbortSignal): Promise<void> {
  if (files.length === 0) return;
  const reports = new Map<string, FileReport>();
  const reportOf = (file: string | undefined): FileReport => {
    const key = file ?? '';
    const report = reports.get(key) ?? { failures: [], output: '' };
    reports.set(key, report);
    return report;
  };
  const seen = new Set<string>();
  const events = run({ files: files.map((file) => path.join(ROOT, file)), concurrency, timeout: FILE_MS_MAX, signal });
  for await (const event of events as AsyncIterable<TestRunEvent>) {
    const { file } = event.data;
    if (event.type === 'test:fail' && !isOnlyParent(event.data))
      reportOf(file).failures.push(describeFailure(event.data));
    if (event.type === 'test:pass' && event.data.skip !== undefined)
      reportOf(file).failures.push(`${event.data.name}\n  was skipped`);
    if (event.type === 'test:stdout' || event.type === 'test:stderr') {
      const report = reportOf(file);
      if (report.output.length < OUTPUT_CHARS_MAX) report.output += event.data.message ?? '';
    }
    if (event.type === 'test:summary' && file !== undefined) {
      seen.add(file);
      sayFile(file, event.data, reportOf(file), total);
    }
  }
  for (const file of files)
    if (!seen.has(path.join(ROOT, file))) sayFile(path.join(ROOT, file), {}, reportOf(path.join(ROOT, file)), total);
}

/** The parts of node:test's events that are used here. */
type TestRunEvent = {
  type: string;
  data: {
    file?: string;
    name?: string;
    message?: string;
    skip?: string | boolean;
    duration_ms?: number;
    counts?: { passed: number; failed: number; cancelled: number; skipped: number; todo: number };
    details?: { type?: string; error?: Error & { failureType?: string; cause?: unknown } };
  };
};

/** A suite, test or file that failed only because something inside it did is not a failure of its own. */
const isOnlyParent = (data: TestRunEvent['data']): boolean => data.details?.error?.failureType === 'subtestsFailed';

function describeFailure(data: TestRunEvent['data']): string {
  const cause = data.details?.error?.cause ?? data.details?.error;
  const text = cause instanceof Error ? textOf(cause) : String(cause);
  const own = text.split('\n').filter((line) => !/^\s+at .*(node:internal|node:async_hooks|node_modules)/.test(line));
  return `${data.name ?? '?'}\n${own.join('\n').replaceAll(/^/gm, '  ')}`;
}

/** An error with what caused it: of a property that does not hold, what went wrong in its example. */
const textOf = (error: Error): string =>
  (error.stack ?? error.message) + (error.cause instanceof Error ? `\n[cause] ${textOf(error.cause)}` : '');

function sayFile(file: string, data: TestRunEvent['data'], report: FileReport, total: TestCount): void {
  const counts = data.counts ?? { passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0 };
  const failedByCount = counts.failed + counts.cancelled + counts.skipped + counts.todo;
  // A file that never reported, or holds no test at all, proves nothing.
  const failed = failedByCount === 0 && counts.passed === 0 ? 1 : failedByCount;
  if (failed > 0 && report.failures.length === 0)
    report.failures.push('the file ended without running a test to its end');
  total.passed += counts.passed;
  total.failed += failed;
  const took = (data.duration_ms ?? 0) > SLOW_MS ? `  ${((data.duration_ms ?? 0) / 1000).toFixed(0)} s` : '';
  const name = path.relative(ROOT, file);
  const outcome = failed > 0 ? `FAIL ${failed} of ${failed + counts.passed}` : `ok   ${counts.passed}`;
  process.stdout.write(`  ${outcome}  ${name}${took}\n`);
  for (const failure of report.failures) process.stdout.write(`${failure.replaceAll(/^/gm, '      ')}\n`);
  if (failed > 0 && report.output !== '')
    process.stdout.write(`      it said:\n${report.output.trimEnd().replaceAll(/^/gm, '      | ')}\n`);
}

if (process.argv[1] === import.meta.filename) {
  const { passed, failed } = await runTests({ paths: process.argv.slice(2), browser: true });
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}
