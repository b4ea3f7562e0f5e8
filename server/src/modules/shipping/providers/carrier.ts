import type { Db } from '#kernel/db/index.ts';
import type { Log } from '#kernel/log.ts';

export type CarrierEnv = { readonly db: Db; readonly log: Log };

/** A request to stop a parcel. The same number on every attempt: the carrier answers it once. */
export type InterceptRequest = {
  readonly orgId: string;
  readonly requestNo: string;
  readonly waybillNo: string;
  readonly reason: string;
};

export type InterceptAnswer =
  | { readonly state: 'accepted'; readonly ref: string }
  | { readonly state: 'refused' | 'too_late'; readonly ref?: string; readonly why: string };

/** No answer, or one that makes no sense: whether the carrier took the request is unknown, and it must be asked first. */
export class CarrierUnreachable extends Error {}

/** A request to fetch goods at somebody's door. The same number on every attempt: the carrier books it once. */
export type PickupRequest = {
  readonly orgId: string;
  readonly requestNo: string;
  readonly from: Date;
  readonly until: Date;
  readonly at: { readonly name: string; readonly phone: string; readonly address: string };
};

export type PickupAnswer =
  | { readonly state: 'booked'; readonly ref: string }
  | { readonly state: 'collected'; readonly waybillNo: string }
  | { readonly state: 'refused' | 'failed'; readonly why: string };

/** A carrier that can be spoken to. Every method may go over the network, so none is called inside a transaction. */
export type CarrierAdapter = {
  readonly code: string;
  /** Asks for a parcel to be stopped and brought back. Doing it twice under one number changes nothing. @throws CarrierUnreachable */
  intercept(env: CarrierEnv, request: InterceptRequest, now: Date): Promise<InterceptAnswer>;
  /** What was answered to a request of this number. @throws CarrierUnreachable */
  queryIntercept(
    env: CarrierEnv,
    request: InterceptRequest,
  ): Promise<InterceptAnswer | { readonly state: 'not_found' }>;
  /** Has goods fetched. Doing it twice under one number changes nothing. @throws CarrierUnreachable */
  bookPickup(env: CarrierEnv, request: PickupRequest, now: Date): Promise<PickupAnswer>;
  /** What became of a request of this number. @throws CarrierUnreachable */
  queryPickup(env: CarrierEnv, request: PickupRequest): Promise<PickupAnswer | { readonly state: 'not_found' }>;
};
