import { isCron, isCronInZone, isScheduleInWords } from "../../policies/schedule";

test.each(["0 3 * * 1", "*/15 * * * *", "0 8-18/2 1,15 jan-jun MON-FRI", "59 23 31 12 7", " 0  3 * * * "])(
  "%j is a cron schedule",
  (text) => {
    expect([isCron(text), isCronInZone(text), isScheduleInWords(text)]).toEqual([true, true, false]);
  },
);

test.each(["TZ=Europe/Amsterdam 0 3 * * 1", "CRON_TZ=Etc/UTC 0 3 * * 1"])("%j is one in a time zone", (text) => {
  expect([isCron(text), isCronInZone(text)]).toEqual([false, true]);
});

test.each([
  "bogus",
  "",
  "0 3 * *",
  "0 0 3 * * *",
  "60 3 * * *",
  "0 24 * * *",
  "0 3 0 * *",
  "0 3 * 13 *",
  "0 3 * * 8",
  "0 3 * * someday",
  "*/0 * * * *",
  "a b c d e",
  "*-5 * * * *",
  "1,,2 * * * *",
  "TZ=Mars 0 3 * * 1",
  undefined,
  5,
  {},
])("%j is no cron schedule", (text) => {
  expect([isCron(text), isCronInZone(text)]).toEqual([false, false]);
});

test.each([
  "every 24 hours",
  "every 15 minutes from 08:00 to 18:00",
  "every 5 mins synchronized",
  "every day 03:30",
  "every monday 09:00",
  "every wed,fri of jan,jun 13:15",
  "1st,3rd monday of month 15:30",
  "first sunday of quarter 00:00",
  "1 of jan,april,july,oct 00:00",
])("%j is a schedule in words", (text) => {
  expect(isScheduleInWords(text)).toBe(true);
});

test.each(["every banana hours", "every", "daily", "* * * * *", "0 2 * * mon", "every day at noon", "", undefined, 3])(
  "%j is none",
  (text) => {
    expect(isScheduleInWords(text)).toBe(false);
  },
);
