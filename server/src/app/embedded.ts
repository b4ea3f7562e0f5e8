import { type EmbeddedPg, startEmbeddedPg } from '#kernel/embedded-pg/index.ts';
import type { Log } from '#kernel/log.ts';

// Tables grow from nothing to thousands of rows in seconds here: statistics must not wait a minute.
const SETTINGS = { autovacuum_naptime: '10s', autovacuum_analyze_scale_factor: '0.05' };
const LOOK_MS = 1000;

export type KeptPg = { url: string; stop(): Promise<void> };

/**
 * Starts (or joins) the embedded database and starts it again on the same port when it dies under us. Requests are
 * answered 503 meanwhile; what was committed is there when it is back.
 */
export async function keepEmbeddedPg(dataDir: string, log: Log): Promise<KeptPg> {
  let handle: EmbeddedPg = await startEmbeddedPg({ dataDir, settings: SETTINGS });
  const { url, port } = handle;
  let stopping = false;
  let raising: Promise<void> | undefined;

  const raise = async (): Promise<void> => {
    try {
      await handle.stop(); // strikes the dead server off the list of users, so that the last one stops the new server
      handle = await startEmbeddedPg({ dataDir, port, settings: SETTINGS });
      log.warn({ port, pid: handle.pid }, 'the embedded database had died and was started again');
    } catch (error) {
      log.error({ err: error }, 'the embedded database died and could not be started; trying again');
    } finally {
      raising = undefined;
    }
  };
  const timer = setInterval(() => {
    if (!stopping && !raising && !isAlive(handle.pid)) raising = raise();
  }, LOOK_MS).unref();

  return {
    url,
    stop: async () => {
      stopping = true;
      clearInterval(timer);
      await raising;
      await handle.stop();
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, and another user's
  }
}
