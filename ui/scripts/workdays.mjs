// workdays.mjs prints every working day of 2024 to 2026, one a line, as the
// package chinese-days knows them: an opinion independent of our own calendar
// files. pb_hooks/workday/oracle_test.go compares the two. Run it with
// TZ=Asia/Shanghai: west of Greenwich the package is a day early.
import chineseDays from 'chinese-days'

const day = new Date('2024-01-01T00:00:00Z')
while (day.getUTCFullYear() <= 2026) {
  const text = day.toISOString().slice(0, 10)
  if (chineseDays.isWorkday(text)) console.log(text)
  day.setUTCDate(day.getUTCDate() + 1)
}
