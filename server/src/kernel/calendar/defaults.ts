import { chineseOverrides, springFestivalOverrides } from './china.ts';
import { WEEKDAYS, type Calendar, type Interval, type Weekday } from './schema.ts';

const FROM_YEAR = 2024;
const TO_YEAR = 2027;

const officeHours: Interval[] = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '18:00' },
];
const warehouseHours: Interval[] = [{ from: '08:00', to: '20:00' }];
const onDays = (days: readonly Weekday[], hours: Interval[]): Calendar['weekly'] =>
  Object.fromEntries(days.map((day) => [day, hours]));

/** Around the clock, every day. */
export const always: Calendar = {
  timeZone: 'UTC',
  weekly: onDays(WEEKDAYS, [{ from: '00:00', to: '24:00' }]),
  overrides: [],
};

/** A Chinese office: Monday to Friday 09:00–12:00 and 13:30–18:00, statutory holidays off, make-up workdays on. */
export const cnBusiness: Calendar = {
  timeZone: 'Asia/Shanghai',
  weekly: onDays(['mon', 'tue', 'wed', 'thu', 'fri'], officeHours),
  overrides: chineseOverrides(FROM_YEAR, TO_YEAR, officeHours),
};

/** A Chinese warehouse: every day 08:00–20:00, closed only for the Spring Festival. */
export const cnWarehouse: Calendar = {
  timeZone: 'Asia/Shanghai',
  weekly: onDays(WEEKDAYS, warehouseHours),
  overrides: springFestivalOverrides(FROM_YEAR, TO_YEAR),
};

/** The calendars every organisation starts with, by the name its settings refer to them. */
export const DEFAULT_CALENDARS = { always, cnBusiness, cnWarehouse } as const;
