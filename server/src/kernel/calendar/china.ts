import chineseDays from 'chinese-days';
import type { Interval, Override } from './schema.ts';

/** A statutory day off, or a weekend day worked in exchange (调休补班). */
export type ChineseDay = { date: string; name: string; work: boolean };
/** `published` is false while the State Council's notice for the year is unknown to the data: see {@link chineseYear}. */
export type ChineseYear = { days: readonly ChineseDay[]; published: boolean };

const years = new Map<number, ChineseYear>();

/**
 * Statutory holidays and make-up workdays of one year, in date order. A year whose notice is not in the data yet
 * (it comes out each November) has only the days the law itself fixes, without bridge days and make-up workdays.
 */
export function chineseYear(year: number): ChineseYear {
  let known = years.get(year);
  if (!known) {
    const days = publishedDays(year);
    known = days.length > 0 ? { days, published: true } : { days: legalDays(year), published: false };
    years.set(year, known);
  }
  return known;
}

/** The data names an arranged day `English,中文,days`; an ordinary one only by its weekday. */
function publishedDays(year: number): ChineseDay[] {
  const days: ChineseDay[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    const detail = chineseDays.getDayDetail(date);
    const name = detail.name.split(',')[1];
    if (name !== undefined) days.push({ date, name, work: detail.work });
  }
  return days;
}

/** 全国年节及纪念日放假办法 as amended for 2025: thirteen days, four of them at Spring Festival from its eve. */
function legalDays(year: number): ChineseDay[] {
  const lunar = (monthDay: string): string => chineseDays.getSolarDateFromLunar(`${year}-${monthDay}`).date;
  const runs: [name: string, first: string, days: number][] = [
    ['元旦', `${year}-01-01`, 1],
    ['春节', shift(lunar('01-01'), -1), 4],
    ['清明', chineseDays.getSolarTermDate(year, 4, 'pure_brightness'), 1],
    ['劳动节', `${year}-05-01`, 2],
    ['端午', lunar('05-05'), 1],
    ['中秋', lunar('08-15'), 1],
    ['国庆节', `${year}-10-01`, 3],
  ];
  const dates = new Map<string, ChineseDay>();
  for (const [name, first, days] of runs) {
    for (let i = 0; i < days; i += 1) {
      const date = shift(first, i);
      if (!dates.has(date)) dates.set(date, { date, name, work: false });
    }
  }
  return [...dates.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

function shift(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Closes the holidays of these years and opens the make-up workdays with the hours of an ordinary workday. */
export function chineseOverrides(from: number, to: number, workday: readonly Interval[]): Override[] {
  return chineseDaysOf(from, to).map(({ date, name, work }) => ({
    date,
    name: work ? `${name}调休上班` : name,
    intervals: work ? [...workday] : [],
  }));
}

/** Closes only the Spring Festival, for places that work through every other holiday. */
export function springFestivalOverrides(from: number, to: number): Override[] {
  return chineseDaysOf(from, to)
    .filter((day) => day.name === '春节' && !day.work)
    .map(({ date, name }) => ({ date, name, intervals: [] }));
}

function chineseDaysOf(from: number, to: number): ChineseDay[] {
  const all: ChineseDay[] = [];
  for (let year = from; year <= to; year += 1) all.push(...chineseYear(year).days);
  return all;
}
