/** Carriers known by name. `sandbox` moves nothing and is there from the start. */
export const KNOWN_CARRIERS = [
  { code: 'sandbox', name: '沙箱快递', adapter: 'sandbox' },
  { code: 'sf', name: '顺丰速运', adapter: 'manual' },
  { code: 'jd', name: '京东物流', adapter: 'manual' },
  { code: 'ems', name: '中国邮政 EMS', adapter: 'manual' },
  { code: 'zto', name: '中通快递', adapter: 'manual' },
  { code: 'yto', name: '圆通速递', adapter: 'manual' },
  { code: 'sto', name: '申通快递', adapter: 'manual' },
  { code: 'yunda', name: '韵达速递', adapter: 'manual' },
  { code: 'jt', name: '极兔速递', adapter: 'manual' },
  { code: 'deppon', name: '德邦快递', adapter: 'manual' },
] as const;

/** The check digit of a string of digits (Luhn): finds every single wrong digit and most swapped neighbours. */
export function checkDigit(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const value = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return (10 - (sum % 10)) % 10;
}

/** `SBX` and 12 digits, the last a check digit. `series` is below 10¹¹. */
export function sandboxWaybill(series: number): string {
  const digits = String(series).padStart(11, '0');
  return `SBX${digits}${checkDigit(digits)}`;
}

/** Whether the number is one the sandbox carrier could have given. */
export const isSandboxWaybill = (text: string): boolean =>
  /^SBX\d{12}$/.test(text) && checkDigit(text.slice(3, 14)) === Number(text[14]);

// The forms in common use; carriers publish none of them, so a match is a good guess and no proof. First match wins.
const PATTERNS: readonly (readonly [carrier: string, form: RegExp])[] = [
  ['sf', /^SF\d{13}$/],
  ['yto', /^YT\d{13,15}$/],
  ['jd', /^JD[A-Z0-9]{11,16}$/],
  ['jt', /^JT\d{13}$/],
  ['deppon', /^DPK\d{10,12}$/],
  ['ems', /^[A-Z]{2}\d{9}CN$/],
  ['ems', /^(?:1[01]|50|51|9[5-9])\d{11}$/],
  ['sto', /^(?:77[2367]|268|468|588|888)\d{9,12}$/],
  ['zto', /^7[3-9]\d{12}$/],
  ['yunda', /^(?:3[01]|4[3-6]|1[0-9])\d{11,13}$/],
];

/** As carriers print it: no spaces or dashes, capital letters, full-width characters made plain. */
export const normaliseWaybill = (text: string): string => text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();

/** The carrier a waybill number looks like, or undefined. */
export function recogniseCarrier(waybillNo: string): string | undefined {
  const no = normaliseWaybill(waybillNo);
  if (isSandboxWaybill(no)) return 'sandbox';
  return PATTERNS.find(([, form]) => form.test(no))?.[0];
}
