package workday

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
)

// Year is one year's notice of holidays, in the shape of the public holiday-cn data set. Year is the title year of the
// notice: a few of its days may lie in the December before.
type Year struct {
	Year   int      `json:"year"`
	Papers []string `json:"papers"` // addresses of the notices, may be empty
	Days   []Day    `json:"days"`
}

// Day is one day a notice names: off (放假) or worked though it is a weekend day (调休上班).
type Day struct {
	Name     string `json:"name"` // 春节, 国庆节 …
	Date     Date   `json:"date"`
	IsOffDay bool   `json:"isOffDay"`
}

// BadYear is the error of ParseYear. Year is zero if the file does not even say its year; Reason is a Chinese clause
// that says what is wrong and where.
type BadYear struct {
	Year   int
	Reason string
}

// Error is the sentence for the person who chose the file.
func (e BadYear) Error() string {
	if e.Year == 0 {
		return "节假日文件无法使用：" + e.Reason
	}
	return fmt.Sprintf("%d 年节假日文件无法使用：%s", e.Year, e.Reason)
}

// Code is the machine code of the error.
func (e BadYear) Code() string { return "calendar_invalid" }

// Params are the values in the sentence.
func (e BadYear) Params() map[string]any {
	return map[string]any{"year": e.Year, "reason": e.Reason}
}

// ParseYear reads one year's file. Any doubt is a BadYear, because a wrong calendar silently moves lawful deadlines:
// an empty list (the data set holds such files for years not yet announced), a date of another year, a day named
// twice, a missing isOffDay, a weekday that is "worked in place".
func ParseYear(file []byte) (Year, error) {
	var raw struct {
		Year   int      `json:"year"`
		Papers []string `json:"papers"`
		Days   []struct {
			Name     string `json:"name"`
			Date     string `json:"date"`
			IsOffDay *bool  `json:"isOffDay"`
		} `json:"days"`
	}
	if err := json.Unmarshal(file, &raw); err != nil {
		return Year{}, BadYear{Reason: "不是规定格式的 JSON 文件"}
	}
	if raw.Year < 2000 || raw.Year > 2999 {
		return Year{}, BadYear{Reason: "缺少年份（year），或年份不合理"}
	}
	if len(raw.Days) == 0 {
		return Year{}, BadYear{raw.Year, "没有列出任何日期，当年的放假安排可能尚未公布"}
	}
	year := Year{Year: raw.Year, Papers: raw.Papers}
	seen := map[Date]bool{}
	for i, d := range raw.Days {
		bad := func(reason string) (Year, error) {
			return Year{}, BadYear{raw.Year, fmt.Sprintf("第 %d 项（%s）%s", i+1, d.Date, reason)}
		}
		date, err := Parse(d.Date)
		switch {
		case err != nil:
			return bad("不是有效日期")
		case d.Name == "":
			return bad("没有节日名称（name）")
		case d.IsOffDay == nil:
			return bad("没有写明放假还是上班（isOffDay）")
		case !belongsTo(raw.Year, date):
			return bad("不属于这一年")
		case seen[date]:
			return bad("重复出现")
		case !*d.IsOffDay && (Calendar{}).IsWorkday(date):
			return bad("写为调休上班，但这一天本来就是工作日")
		}
		seen[date] = true
		year.Days = append(year.Days, Day{Name: d.Name, Date: date, IsOffDay: *d.IsOffDay})
	}
	return year, nil
}

// belongsTo reports whether a notice for year may speak about d: New Year's holiday can begin in December.
func belongsTo(year int, d Date) bool {
	return d.Year() == year || d >= Date(fmt.Sprintf("%04d-12-01", year-1)) && d.Year() == year-1
}

//go:embed calendars/*.json
var calendars embed.FS

// OfficialYears returns the notices compiled into the program, oldest first, to be combined by New with files a
// district imported later. An error means the program was built from a bad file.
func OfficialYears() ([]Year, error) {
	names, err := fs.Glob(calendars, "calendars/*.json")
	if err != nil {
		return nil, fmt.Errorf("list calendars: %w", err)
	}
	var years []Year
	for _, name := range names {
		file, err := calendars.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		year, err := ParseYear(file)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		years = append(years, year)
	}
	return years, nil
}

// Official returns the calendar of all notices compiled into the program: 2024 (国办发明电〔2023〕7号), 2025
// (国办发明电〔2024〕12号) and 2026 (notice of 4 November 2025).
func Official() (Calendar, error) {
	years, err := OfficialYears()
	if err != nil {
		return Calendar{}, err
	}
	return New(years...), nil
}
