import { ChannelSilent } from './errors.ts';
import { ChannelUnreachable } from './providers/channel.ts';

/** For somebody who waits at a page: a channel that does not answer is told as what it is. @throws ChannelSilent */
export async function heard<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ChannelUnreachable) throw new ChannelSilent({ why: error.message });
    throw error;
  }
}
