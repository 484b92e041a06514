// Days as forms take them, counted from today in New York, where the walks' location is.
export type Day = { month: string; day: string; year: string };

/** The day that is so many days from today; less than 0 is past. */
export function daysFromToday(days: number): Day {
  const date = dateFromToday(days);
  return { month: String(date.getUTCMonth() + 1), day: String(date.getUTCDate()), year: String(date.getUTCFullYear()) };
}

/** The first Wednesday that is at least so many days ahead: no weekend, and seldom a holiday. */
export function wednesdayAfter(days: number): Day {
  let ahead = days;
  while (dateFromToday(ahead).getUTCDay() !== 3) ahead += 1;
  return daysFromToday(ahead);
}

// Counted on the calendar: a day on which the clocks change has no 24 hours, and near midnight that is another day.
function dateFromToday(days: number): Date {
  const words = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', month: 'numeric', day: 'numeric', year: 'numeric' }).formatToParts(new Date());
  const part = (type: string) => Number(words.find((word) => word.type === type)!.value);
  return new Date(Date.UTC(part('year'), part('month') - 1, part('day') + days));
}
