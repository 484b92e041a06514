// Days as forms take them, counted from today in New York, where the walks' location is.
export type Day = { month: string; day: string; year: string };

/** The day that is so many days from today; less than 0 is past. */
export function daysFromToday(days: number): Day {
  return parts(new Date(Date.now() + days * 86_400_000));
}

/** The first Wednesday that is at least so many days ahead: no weekend, and seldom a holiday. */
export function wednesdayAfter(days: number): Day {
  const weekday = (ahead: number) =>
    new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', weekday: 'short' }).format(new Date(Date.now() + ahead * 86_400_000));
  let ahead = days;
  while (weekday(ahead) !== 'Wed') ahead += 1;
  return daysFromToday(ahead);
}

function parts(date: Date): Day {
  const words = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', month: 'numeric', day: 'numeric', year: 'numeric' }).formatToParts(date);
  const part = (type: string) => words.find((word) => word.type === type)!.value;
  return { month: part('month'), day: part('day'), year: part('year') };
}
