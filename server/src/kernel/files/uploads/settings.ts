import { z } from 'zod';
import { defineSettings } from '../../settings/index.ts';

export const uploadSettings = defineSettings(
  'uploads',
  z.object({
    /** The largest photo or film that may be uploaded, in MB. */
    fileMbMax: z.int().min(1).max(500).default(50),
    /** Hours an upload may take, with all its interruptions. */
    hoursMax: z.int().min(1).max(168).default(24),
    /** Files one customer may upload in 24 hours. */
    customerFilesPerDay: z.int().min(1).max(1_000).default(30),
    /** And how much they may come to, in MB. */
    customerMbPerDay: z.int().min(1).max(10_000).default(500),
    /** Uploads one customer may have under way at once. */
    customerAtOnce: z.int().min(1).max(100).default(10),
  }),
);
