import { setFlagsFromString } from 'node:v8';

// Reading the program makes much garbage at once, and the room V8 takes for it is never given back: an idle server would hold a
// third more. The factor is V8's own again once the server is up, so it costs no throughput.
setFlagsFromString('--semi-space-growth-factor=1');
await import('./start.ts');
setFlagsFromString('--semi-space-growth-factor=2');
