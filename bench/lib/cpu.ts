import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10; // USER_HZ is 100 on every Linux Node runs on

/** CPU milliseconds a process and its children that have ended have used so far, 0 when it is gone or this is no Linux. */
function used(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0) * TICK_MS;
  } catch {
    return 0;
  }
}

function childrenOf(parent: number): number[] {
  try {
    return readdirSync('/proc')
      .filter((p) => /^\d+$/.test(p))
      .map(Number)
      .filter((pid) => {
        try {
          return (
            Number(
              readFileSync(`/proc/${pid}/stat`, 'utf8')
                .replace(/^.*\) /, '')
                .split(' ')[1],
            ) === parent
          );
        } catch {
          return false;
        }
      });
  } catch {
    return [];
  }
}

export type Cpu = { serverMs: number; databaseMs: number; generatorMs: number };

/** Where the CPU went so far: the server, PostgreSQL with its backends, and this process. */
export function cpu(serverPid: number, postmasterPid: number): Cpu {
  const own = process.cpuUsage();
  return {
    serverMs: used(serverPid),
    databaseMs: [postmasterPid, ...childrenOf(postmasterPid)].reduce((sum, pid) => sum + used(pid), 0),
    generatorMs: (own.user + own.system) / 1000,
  };
}
