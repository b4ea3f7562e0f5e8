import { useState } from 'react';
import type { Offer } from '../../../api/types.ts';
import { StatusTag } from '../../../ui/components/status-tag.tsx';

/** The state of an offer; of a published one, whether its time is now. */
export function OfferState({ offer }: { offer: Pick<Offer, 'state' | 'live' | 'startsAt'> }) {
  const [now] = useState(() => Date.now());
  const published = Date.parse(offer.startsAt) > now ? 'upcoming' : 'over';
  return <StatusTag kind="offer" value={offer.live ? 'live' : offer.state === 'published' ? published : offer.state} />;
}
