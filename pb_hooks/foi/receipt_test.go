package foi_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

func TestReceivedOn(t *testing.T) {
	cal := official(t)
	for _, tt := range []struct {
		name  string
		a     foi.Arrival
		today workday.Date
		want  workday.Date
		wrong string // fields, joined
	}{
		{"in person on the day it is handed in", foi.Arrival{Channel: foi.Counter, Arrived: "2026-01-28"}, "2026-01-28", "2026-01-28", ""},
		{"also on a day that is not worked", foi.Arrival{Channel: foi.Counter, Arrived: "2026-02-14"}, "2026-02-24", "2026-02-14", ""},
		{"said and written down by the clerk", foi.Arrival{Channel: foi.Oral, Arrived: "2026-01-28"}, "2026-01-28", "2026-01-28", ""},
		{"signed post on the day it is signed for", foi.Arrival{Channel: foi.SignedPost, SignedOn: "2026-01-28", Tracking: "EMS1", Signer: "门卫"}, "2026-02-02", "2026-01-28", ""},
		{"which item and who signed is recorded", foi.Arrival{Channel: foi.SignedPost}, "2026-02-02", "", "signed_on signer tracking"},
		{"a plain letter on the day the applicant is called", foi.Arrival{Channel: foi.Letterpost, Arrived: "2026-01-28", Confirmed: "2026-01-28", CallLog: "电话 10:00"}, "2026-01-28", "2026-01-28", ""},
		{"later if nobody could be reached, which the log says", foi.Arrival{Channel: foi.Letterpost, Arrived: "2026-01-28", Confirmed: "2026-02-04", CallLog: "三次无人接听"}, "2026-02-04", "2026-02-04", ""},
		{"not without the call", foi.Arrival{Channel: foi.Letterpost, Arrived: "2026-01-28"}, "2026-01-28", "", "call_log confirmed"},
		{"a telegram like a letter", foi.Arrival{Channel: foi.Telegram, Arrived: "2026-01-28", Confirmed: "2026-01-28", CallLog: "电话"}, "2026-01-28", "2026-01-28", ""},
		{"online on the day both confirm", foi.Arrival{Channel: foi.Online, Arrived: "2026-01-28", Confirmed: "2026-01-28"}, "2026-01-28", "2026-01-28", ""},
		{"in silence at the end of the next working day", foi.Arrival{Channel: foi.Online, Arrived: "2026-02-15"}, "2026-02-25", "2026-02-24", ""},
		{"not before that day is over", foi.Arrival{Channel: foi.Online, Arrived: "2026-02-15"}, "2026-02-24", "", "confirmed"},
		{"nor later because the school was slow", foi.Arrival{Channel: foi.Online, Arrived: "2026-01-28", Confirmed: "2026-02-04", CallLog: "忙"}, "2026-02-04", "2026-01-29", ""},
		{"a fax likewise", foi.Arrival{Channel: foi.Fax, Arrived: "2026-01-28", Confirmed: "2026-02-04"}, "2026-02-04", "2026-01-29", ""},
		{"unless its sender could not be reached", foi.Arrival{Channel: foi.Email, Arrived: "2026-01-28", Confirmed: "2026-02-04", CallLog: "邮件退回，电话无人接听"}, "2026-02-04", "2026-02-04", ""},
		{"nothing comes tomorrow", foi.Arrival{Channel: foi.Counter, Arrived: "2026-01-29"}, "2026-01-28", "", "arrived"},
		{"nor is confirmed tomorrow", foi.Arrival{Channel: foi.Fax, Arrived: "2026-01-28", Confirmed: "2026-01-29"}, "2026-01-28", "", "confirmed"},
		{"nor before it came", foi.Arrival{Channel: foi.Fax, Arrived: "2026-01-28", Confirmed: "2026-01-27"}, "2026-01-28", "", "confirmed"},
		{"nor on a day that is none", foi.Arrival{Channel: foi.Counter, Arrived: "2026-02-30"}, "2026-03-01", "", "arrived"},
		{"nor by a way that is not listed", foi.Arrival{Channel: "dove", Arrived: "2026-01-28"}, "2026-01-28", "", "channel"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, problems := foi.ReceivedOn(tt.a, cal, foi.DefaultTerms, tt.today)
			if wrong := strings.Join(slices.Sorted(maps.Keys(problems)), " "); got != tt.want || wrong != tt.wrong {
				t.Errorf("got %q, %v; want %q, %q", got, problems, tt.want, tt.wrong)
			}
			for field, err := range problems {
				if r, ok := err.(foi.Refusal); !ok || r.Field != field || r.Article() != "条例第三十一条" {
					t.Errorf("%s: got %#v", field, err)
				}
			}
		})
	}
}

func TestTermsFor(t *testing.T) {
	law := foi.DefaultTerms
	next := law
	next.From, next.Answer = "2027-01-01", 15
	later := next
	later.Answer = 12
	for _, tt := range []struct {
		name string
		list []foi.Terms
		day  workday.Date
		want int
	}{
		{"nothing set", nil, "2026-11-26", 20},
		{"the new terms hold from their day", []foi.Terms{next, law}, "2027-01-01", 15},
		{"not before", []foi.Terms{next, law}, "2026-12-31", 20},
		{"of two for one day the one entered later", []foi.Terms{law, next, later}, "2027-01-01", 12},
		{"before any terms the law's", []foi.Terms{next}, "2026-12-31", 20},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := foi.TermsFor(tt.list, tt.day).Answer; got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

func TestTermsThatCannotBeRight(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*foi.Terms)
		wrong  string
	}{
		{"those of the law", func(*foi.Terms) {}, ""},
		{"no first day", func(t *foi.Terms) { t.From = "" }, "from"},
		{"no time to answer", func(t *foi.Terms) { t.Answer = 0 }, "answer"},
		{"years to answer", func(t *foi.Terms) { t.Answer = 999 }, "answer"},
		{"a usual correction shorter than the shortest", func(t *foi.Terms) { t.Correction = 3 }, "correction"},
		{"red before orange", func(t *foi.Terms) { t.Red = 3 }, "yellow"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			terms := foi.DefaultTerms
			tt.change(&terms)
			if got := strings.Join(slices.Sorted(maps.Keys(terms.Problems())), " "); got != tt.wrong {
				t.Errorf("got %q, want %q", got, tt.wrong)
			}
		})
	}
}

// A shorter period set by a district is counted.
func TestACaseIsCountedWithItsTerms(t *testing.T) {
	terms := foi.DefaultTerms
	terms.Answer = 15
	c, err := foi.Replay(filed("2026-09-18"), official(t), terms)
	if err != nil || c.Due != "2026-10-15" || c.Terms() != terms {
		t.Errorf("got %v, due %s", err, c.Due)
	}
}
