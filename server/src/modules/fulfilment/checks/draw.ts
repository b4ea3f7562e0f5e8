import { createHmac } from 'node:crypto';
import type { Draw } from '../domain/sampling.ts';

/** Draws as the seed says: without it the past tells nothing of what comes. */
export const drawFrom =
  (seed: Buffer): Draw =>
  (text, below) => {
    const bytes = createHmac('sha256', seed).update(text).digest();
    return Math.floor((bytes.readUIntBE(0, 6) / 2 ** 48) * below);
  };
