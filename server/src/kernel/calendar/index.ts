export { CalendarSchema, IntervalSchema, OverrideSchema, WEEKDAYS } from './schema.ts';
export type { Calendar, Interval, Override, Weekday } from './schema.ts';
export {
  addBusinessDays,
  addBusinessTime,
  businessTimeBetween,
  CalendarNeverOpen,
  isOpen,
  nextOpen,
  openingsBetween,
} from './calendar.ts';
export { chineseOverrides, chineseYear, springFestivalOverrides } from './china.ts';
export type { ChineseDay, ChineseYear } from './china.ts';
export { always, cnBusiness, cnWarehouse, DEFAULT_CALENDARS } from './defaults.ts';
