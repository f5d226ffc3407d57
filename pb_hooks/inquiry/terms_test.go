package inquiry_test

import (
	"maps"
	"slices"
	"testing"

	"gongkai/pb_hooks/inquiry"
)

func TestServiceProblems(t *testing.T) {
	for _, c := range inquiry.Channels() {
		if p := c.Service.Problems(); c.IsAnswered() && len(p) > 0 {
			t.Errorf("%s: %v", c.Code, p)
		}
	}
	for _, tt := range []struct {
		name    string
		service inquiry.Service
		want    []string
	}{
		{"no time to reply", inquiry.Service{Accept: 0, Reply: 0}, []string{"reply"}},
		{"for ever", inquiry.Service{Accept: 1, Reply: 61, Extend: 61}, []string{"extend", "reply"}},
		{"before it was written", inquiry.Service{Accept: -1, Reply: 5}, []string{"accept"}},
		{"accepted after the answer", inquiry.Service{Accept: 6, Reply: 5}, []string{"accept"}},
		{"less time for what is complex", inquiry.Service{Accept: 1, Reply: 5, Extend: 5, Complex: 3}, []string{"complex"}},
	} {
		if got := slices.Sorted(maps.Keys(tt.service.Problems())); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

// A district may set its own levels: they hold for its channel only, as they were on the day of the letter.
func TestLevelsOfTheDistrict(t *testing.T) {
	levels := inquiry.ServiceLevels{inquiry.Consultation: {Accept: 0, Reply: 2, Extend: 1}}
	for _, tt := range []struct {
		letter        ev
		acceptBy, due d
	}{{consult("2026-04-29"), "2026-04-29", "2026-05-06"}, {urgent("2026-04-29"), "2026-04-29", "2026-05-09"}} {
		c, err := inquiry.Replay([]ev{tt.letter}, official(t), levels)
		if err != nil || c.AcceptBy != tt.acceptBy || c.Due != tt.due {
			t.Errorf("%s: got %s, %s, %v", tt.letter.Channel, c.AcceptBy, c.Due, err)
		}
	}
}
