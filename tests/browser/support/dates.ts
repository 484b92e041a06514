// Days as forms take them, counted from today in New York, where the walks' location is.
export type Day = { month: string; day: string; year: string };

/** The day that is so many days from today; less than 0 is past. */
export function daysFromToday(days: number): Day {
  const { month, day, year } = parts(new Date());
  // From noon, because days on which the clocks change are shorter or longer.
  return parts(new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), 12 + 5) + days * 86_400_000));
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
