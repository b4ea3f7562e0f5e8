import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Offer } from '../../../api/types.ts';
import { showInZone } from '../../../ui/format/time.ts';
import { renameField, toChange, toDraft, toForm, type OfferForm } from './offer-form.ts';

const base = {
  id: '01a20085-3fbd-7065-b07b-0999ad826165',
  code: 'O1',
  title: '活动',
  state: 'draft',
  live: false,
  version: 1,
  startsAt: '2026-11-10T16:00:00.000Z',
  endsAt: '2026-11-11T15:59:59.000Z',
  shops: null,
  scope: null,
  createdAt: '2026-11-01T00:00:00.000Z',
  may: [],
} satisfies Omit<Offer, 'kind'>;

const OFFERS: Offer[] = [
  { ...base, kind: 'limited_time_discount', percentOff: 15 },
  { ...base, kind: 'limited_time_discount', price: 9_905 },
  { ...base, kind: 'threshold_reduction', tiers: [{ spend: 20_000, off: 3_000 }], repeat: true, shops: ['S1'] },
  { ...base, kind: 'coupon', spend: 0, off: 500, scope: { skus: ['A'], categories: ['食品'] } },
  { ...base, kind: 'nth_item', nth: 2, percentOff: 50 },
  { ...base, kind: 'gift', spend: 100, giftSku: 'G', quantity: 2 },
  { ...base, kind: 'flash_sale', price: 0, limitPerCustomer: null, quota: 10 },
  {
    ...base,
    kind: 'presale',
    deposit: 100,
    expandsTo: 300,
    balanceFrom: '2026-11-11T16:00:00.000Z',
    balanceTo: '2026-11-14T16:00:00.000Z',
    quota: null,
  },
  { ...base, kind: 'cross_shop_threshold', every: 30_000, off: 5_000 },
];

test('PRO-1 an offer of any kind is the same after the editor, to the fen and the second, in the zone of the shop', () => {
  try {
    for (const zone of ['Asia/Shanghai', 'America/New_York', undefined]) {
      showInZone(zone);
      for (const offer of OFFERS) {
        const { id: _id, state: _s, live: _l, version: _v, createdAt: _c, may: _m, ...written } = offer;
        assert.deepEqual(toDraft(toForm(offer)), written, `${offer.kind} ${zone}`);
      }
    }
  } finally {
    showInZone(undefined);
  }
});

test('PRO-1 what cannot be read as an offer is none yet', () => {
  const form = toForm(OFFERS[3]);
  const broken: Partial<OfferForm>[] = [{ off: '' }, { off: '1.234' }, { spend: 'x' }, { title: ' ' }];
  for (const part of broken) assert.equal(toDraft({ ...form, ...part }), undefined, JSON.stringify(part));
  const tiers = {
    ...toForm(OFFERS[2]),
    tiers: [
      { spend: '100', off: '10' },
      { spend: '', off: '' },
    ],
  };
  assert.equal(toDraft(tiers), undefined);
  assert.equal(toDraft({ ...form, code: '' })?.code, '-', 'to see what it does no code is needed');
});

test('PRO-1 a change sends everything but kind and code', () => {
  const draft = toDraft(toForm(OFFERS[0]));
  assert.ok(draft);
  const change = toChange(draft);
  assert.deepEqual(
    [Object.hasOwn(change, 'kind'), Object.hasOwn(change, 'code'), change.percentOff],
    [false, false, 15],
  );
});

test('PRO-1 a refusal lands on the field it is about', () => {
  assert.deepEqual(renameField(['endsAt']), ['period']);
  assert.deepEqual(renameField(['scope', 'skus', 3]), ['skus']);
  assert.deepEqual(renameField(['shops', 0]), ['shops']);
  assert.deepEqual(renameField(['tiers', 1, 'off']), ['tiers', 1, 'off']);
  assert.deepEqual(renameField(['offer', 'balanceTo']), ['balance']);
});
