package schoolcalendar_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks/schoolcalendar"
)

func TestCheckAndEventsOfOneLine(t *testing.T) {
	one := func(from, to, name string) []schoolcalendar.Event { return []schoolcalendar.Event{{from, to, name}} }
	for _, tt := range []struct {
		name, line string
		want       []schoolcalendar.Event
		reason     string
	}{
		{"a day", "2026-09-01 开学", one("2026-09-01", "2026-09-01", "开学"), ""},
		{"a range", "2026-10-01至2026-10-07 国庆节放假", one("2026-10-01", "2026-10-07", "国庆节放假"), ""},
		{"spaces around", "  2026-10-01 至 2026-10-07   国庆节 放假 ", one("2026-10-01", "2026-10-07", "国庆节 放假"), ""},
		{"a space of the width of a character", "2026-09-01　开学", one("2026-09-01", "2026-09-01", "开学"), ""},
		{"text", "按国家法定节假日执行", nil, ""},
		{"a year alone is text", "2026年国庆节放假", nil, ""},
		{"a month that is none", "2026-13-01 开学", nil, "“2026-13-01”不是有效日期，要写成 2026-09-01 的样子"},
		{"a day that is none", "2026-02-30至2026-03-01 放假", nil, "“2026-02-30”不是有效日期，要写成 2026-09-01 的样子"},
		{"a short month", "2026-9-1 开学", nil, "“2026-9-1”不是有效日期，要写成 2026-09-01 的样子"},
		{"the end is none", "2026-10-01至10-07 放假", nil, "“10-07”不是有效日期，要写成 2026-09-01 的样子"},
		{"no space before the name", "2026-09-01开学", nil, "“2026-09-01开学”不是有效日期，要写成 2026-09-01 的样子"},
		{"the wrong way round", "2026-10-07至2026-10-01 放假", nil, "结束日期早于开始日期"},
		{"a slip of the year", "2026-10-01至2028-10-07 放假", nil, "起止日期相隔太久，请检查年份"},
		{"no name", "2026-10-01至2026-10-07", nil, "日期后面空一格，再写安排，例如“2026-09-01 开学”"},
		{"nothing", "", nil, ""},
	} {
		if got := schoolcalendar.Events(tt.line); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
		got, want := "", tt.reason
		if err := schoolcalendar.Check("\n"+tt.line, false); err != nil {
			got = err.Error()
		}
		if want != "" {
			want = "第 2 行：" + want
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", tt.name, got, want)
		}
	}
}

func TestATermHasAFirstAndALastDay(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []schoolcalendar.Event
	}{
		{"2026-09-01至2027-01-20", []schoolcalendar.Event{{"2026-09-01", "2026-09-01", "第一学期开始"}, {"2027-01-20", "2027-01-20", "第一学期结束"}}},
		{"2026-09-01至2027-01-20 上课", []schoolcalendar.Event{{"2026-09-01", "2027-01-20", "上课"}}},
		{"2026-09-01", []schoolcalendar.Event{{"2026-09-01", "2026-09-01", "第一学期"}}},
		{"九月初开学", nil},
	} {
		if got := schoolcalendar.Term(tt.text, "第一学期"); !slices.Equal(got, tt.want) {
			t.Errorf("%q: got %v, want %v", tt.text, got, tt.want)
		}
	}
	if err := schoolcalendar.Check("2026-09-01至2027-01-20", true); err != nil {
		t.Errorf("a term without a name: %v", err)
	}
}

func TestWhenIsInWords(t *testing.T) {
	for _, tt := range []struct {
		event schoolcalendar.Event
		want  string
	}{
		{schoolcalendar.Event{"2026-09-01", "2026-09-01", ""}, "2026年9月1日（周二）"},
		{schoolcalendar.Event{"2026-10-01", "2026-10-07", ""}, "2026年10月1日（周四）至10月7日（周三）"},
		{schoolcalendar.Event{"2026-12-31", "2027-01-03", ""}, "2026年12月31日（周四）至2027年1月3日（周日）"},
	} {
		if got := tt.event.When(); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

func TestSortedOrdersByDayAndSaysEachOnce(t *testing.T) {
	b, a := schoolcalendar.Event{"2026-10-01", "2026-10-07", "放假"}, schoolcalendar.Event{"2026-09-01", "2026-09-01", "开学"}
	if got := schoolcalendar.Sorted([]schoolcalendar.Event{b, a, b}); !slices.Equal(got, []schoolcalendar.Event{a, b}) {
		t.Errorf("got %v", got)
	}
}

func TestICS(t *testing.T) {
	feed := schoolcalendar.Feed{Name: "晨光小学校历", URL: "https://x.cn/s/1/B0102", Host: "x.cn", Terms: []schoolcalendar.Published{{
		ID: "a1", URL: "https://x.cn/a/a1", At: time.Date(2026, 8, 20, 9, 30, 0, 0, time.FixedZone("", 8*3600)),
		Events: []schoolcalendar.Event{{"2026-10-01", "2026-10-07", "国庆节放假"}, {"2026-12-31", "2026-12-31", `值班; 电话, 见\公告`}, {"2026-12-31", "2026-12-31", "元旦联欢"}}}}}
	want := strings.Join([]string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gongkai//school calendar//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
		"X-WR-CALNAME:晨光小学校历", "X-WR-TIMEZONE:Asia/Shanghai", "REFRESH-INTERVAL;VALUE=DURATION:P1D", "URL:https://x.cn/s/1/B0102",
		"BEGIN:VEVENT", "UID:a1-20261001-1@x.cn", "DTSTAMP:20260820T013000Z", "LAST-MODIFIED:20260820T013000Z", "DTSTART;VALUE=DATE:20261001",
		"DTEND;VALUE=DATE:20261008", "SUMMARY:国庆节放假", "URL:https://x.cn/a/a1", "TRANSP:TRANSPARENT", "END:VEVENT",
		"BEGIN:VEVENT", "UID:a1-20261231-1@x.cn", "DTSTAMP:20260820T013000Z", "LAST-MODIFIED:20260820T013000Z", "DTSTART;VALUE=DATE:20261231",
		"DTEND;VALUE=DATE:20270101", `SUMMARY:值班\; 电话\, 见\\公告`, "URL:https://x.cn/a/a1", "TRANSP:TRANSPARENT", "END:VEVENT",
		"BEGIN:VEVENT", "UID:a1-20261231-2@x.cn", "DTSTAMP:20260820T013000Z", "LAST-MODIFIED:20260820T013000Z", "DTSTART;VALUE=DATE:20261231",
		"DTEND;VALUE=DATE:20270101", "SUMMARY:元旦联欢", "URL:https://x.cn/a/a1", "TRANSP:TRANSPARENT", "END:VEVENT",
		"END:VCALENDAR", ""}, "\r\n")
	if got := string(schoolcalendar.ICS(feed)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A line is folded after at most 75 octets, never inside a character, and reads
// the same when it is put together again (RFC 5545 3.1).
func TestLongLinesAreFolded(t *testing.T) {
	for length := range 120 {
		name := strings.Repeat("a", length%3) + strings.Repeat("校历安排", length)
		feed := schoolcalendar.Feed{Name: "x", Host: "x.cn", Terms: []schoolcalendar.Published{{ID: "a", Events: []schoolcalendar.Event{{"2026-09-01", "2026-09-01", name + "\x00"}}}}}
		text := string(schoolcalendar.ICS(feed))
		for line := range strings.SplitSeq(text, "\r\n") {
			if len(line) > 75 || strings.ContainsAny(line, "\r\n\x00") || strings.ToValidUTF8(line, "?") != line {
				t.Fatalf("%d octets: %q", len(line), line)
			}
		}
		if !strings.Contains(strings.ReplaceAll(text, "\r\n ", ""), "\r\nSUMMARY:"+name+"\r\n") {
			t.Fatalf("the name of %d characters is lost", len(name))
		}
	}
}
