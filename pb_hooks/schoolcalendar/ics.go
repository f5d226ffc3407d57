package schoolcalendar

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Feed is a calendar to subscribe to.
type Feed struct {
	Name, URL string
	Host      string // of the site, part of every UID
	Terms     []Published
}

// Published are the events of one published article.
type Published struct {
	ID, URL string
	At      time.Time // when this version was published
	Events  []Event
}

// octets is the greatest length of a line without its end (RFC 5545 3.1).
const octets = 75

// ICS writes the feed as RFC 5545 has it. The same events are the same bytes: an
// event is stamped with the time of its publication, not with the clock, and its
// UID is that of its article, day and place among the events of that day.
func ICS(f Feed) []byte {
	var b strings.Builder
	line := func(name, value string) { fold(&b, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//gongkai//school calendar//ZH")
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	line("X-WR-CALNAME", escape(f.Name))
	line("X-WR-TIMEZONE", "Asia/Shanghai")
	line("REFRESH-INTERVAL;VALUE=DURATION", "P1D")
	line("URL", f.URL)
	for _, published := range f.Terms {
		stamp := published.At.UTC().Format("20060102T150405Z")
		onDay := map[string]int{}
		for _, e := range published.Events {
			onDay[e.From]++
			line("BEGIN", "VEVENT")
			line("UID", published.ID+"-"+compact(e.From, 0)+"-"+strconv.Itoa(onDay[e.From])+"@"+f.Host)
			line("DTSTAMP", stamp)
			line("LAST-MODIFIED", stamp)
			line("DTSTART;VALUE=DATE", compact(e.From, 0))
			line("DTEND;VALUE=DATE", compact(e.To, 1)) // the first day after
			line("SUMMARY", escape(e.Name))
			line("URL", published.URL)
			line("TRANSP", "TRANSPARENT") // nobody is busy because of it
			line("END", "VEVENT")
		}
	}
	line("END", "VCALENDAR")
	return []byte(b.String())
}

// compact is a day as a DATE (RFC 5545 3.3.4), or so many days later.
func compact(day string, later int) string {
	return asTime(day).AddDate(0, 0, later).Format("20060102")
}

var special = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`)

// escape writes a TEXT (RFC 5545 3.3.11); control characters have no place in one.
func escape(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, special.Replace(text))
}

// fold breaks a line after at most 75 octets, never inside a character.
func fold(b *strings.Builder, line string) {
	for limit := octets; len(line) > limit; limit = octets - 1 { // the space counts
		cut := limit
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut] + "\r\n ")
		line = line[cut:]
	}
	b.WriteString(line + "\r\n")
}
