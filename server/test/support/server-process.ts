import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const REPOSITORY = path.resolve(import.meta.dirname, '../../..');
const READY_MS_MAX = 60_000;

/** The real server as a process of its own, with its own embedded PostgreSQL in its own folder. */
export class ServerProcess {
  readonly dataDir: string;
  url = '';
  #child: ChildProcess | undefined;
  #said = '';
  /** What the server logged of requests that failed, over all its starts. */
  readonly failures: string[] = [];
  readonly #more: Readonly<Record<string, string>>;

  private constructor(dataDir: string, more: Readonly<Record<string, string>>) {
    this.dataDir = dataDir;
    this.#more = more;
  }

  /** `more` is what its environment holds besides. */
  static async create(more: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    return new ServerProcess(await mkdtemp(path.join(tmpdir(), 'zhanggui-crash-')), more);
  }

  get #env(): NodeJS.ProcessEnv {
    const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
    return {
      PATH,
      HOME,
      NODE_COMPILE_CACHE, // as `npm start` has it: a third of a start is reading the sources
      PORT: '0',
      HOST: '127.0.0.1',
      ZHANGGUI_DATA: this.dataDir,
      ZHANGGUI_DEMO: '0',
      LOG_LEVEL: 'warn',
      ...this.#more,
    };
  }

  /** Resolves when the server says where it listens. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['server/src/app/main.ts'], {
      cwd: REPOSITORY,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#said = '';
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the server did not start: ${this.#said}`)), READY_MS_MAX);
      const hear = (chunk: Buffer): void => {
        const text = chunk.toString();
        this.#said = (this.#said + text).slice(-20_000);
        this.failures.push(
          ...text.split('\n').filter((line) => line.includes('request failed') && line.includes('"status":500')),
        );
        const found = /(http:\/\/127\.0\.0\.1:\d+)\n/.exec(this.#said);
        if (!found) return;
        this.url = found[1] as string;
        clearTimeout(timer);
        resolve();
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`the server ended (${code ?? signal}): ${this.#said}`));
      });
    });
  }

  /** What the server has written, for the message of a failed test. */
  get said(): string {
    return this.#said;
  }

  /** The most memory the server has held so far, in bytes. */
  get memoryPeak(): number {
    const kb = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.#child?.pid}/status`, 'utf8'))?.[1];
    return Number(kb) * 1024;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (!child || !this.isRunning) return null;
    const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill(signal);
    return gone;
  }

  /** The file PostgreSQL keeps while it runs; its first line is the process id. */
  get postmasterFile(): string {
    const { cluster } = JSON.parse(readFileSync(path.join(this.dataDir, 'embedded-pg.json'), 'utf8')) as {
      cluster: string;
    };
    return path.join(cluster, 'postmaster.pid');
  }

  /** Kills the PostgreSQL server without warning. */
  killDatabase(): void {
    process.kill(Number(readFileSync(this.postmasterFile, 'utf8').split('\n')[0]), 'SIGKILL');
  }

  /** Runs the command line beside the server; answers with its standard output. */
  async cli(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, ['server/src/app/cli.ts', ...args], {
      cwd: REPOSITORY,
      env: this.#env,
    });
    return stdout.trim();
  }

  async discard(): Promise<void> {
    await this.end('SIGTERM');
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
