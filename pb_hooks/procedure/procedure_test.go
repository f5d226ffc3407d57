package procedure_test

import (
	"errors"
	"testing"

	"gongkai/pb_hooks/procedure"
)

func TestReplayStopsAtTheFirstStepThatCannotBe(t *testing.T) {
	tooMuch := errors.New("too much")
	add := func(sum, n int) (int, error) {
		if sum+n > 10 {
			return 0, tooMuch
		}
		return sum + n, nil
	}
	for _, c := range []struct {
		steps []int
		sum   int
		err   error
	}{{nil, 1, nil}, {[]int{2, 3}, 6, nil}, {[]int{2, 9, 1}, 3, tooMuch}} {
		if sum, err := procedure.Replay(1, c.steps, add); sum != c.sum || !errors.Is(err, c.err) {
			t.Errorf("%v: %d, %v; want %d, %v", c.steps, sum, err, c.sum, c.err)
		}
	}
}

func TestDayOfAStep(t *testing.T) {
	for name, c := range map[string]struct {
		day  procedure.Day
		want string
	}{
		"today":                     {procedure.Day{On: "2026-11-26", Recorded: "2026-11-26", Last: "2026-11-26"}, ""},
		"no day":                    {procedure.Day{Recorded: "2026-11-26"}, "请填写有效的日期"},
		"no such day":               {procedure.Day{On: "2026-02-30", Recorded: "2026-11-26", Outside: true}, "请填写有效的日期"},
		"tomorrow":                  {procedure.Day{On: "2026-11-27", Recorded: "2026-11-26", Outside: true}, "日期不能晚于今天"},
		"outside, some time ago":    {procedure.Day{On: "2026-11-02", Recorded: "2026-11-26", Last: "2026-11-20", Outside: true}, ""},
		"in the house, yesterday":   {procedure.Day{On: "2026-11-25", Recorded: "2026-11-26"}, "签发以办理当天的日期为准，不能填写以前的日期"},
		"before the last that came": {procedure.Day{On: "2026-11-26", Recorded: "2026-11-26", Last: "2026-11-27"}, "日期不能早于上一个环节的日期 2026-11-27"},
	} {
		if got := c.day.Fault("签发"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

type role string

func (r role) Name() string { return string(r) }

func TestNames(t *testing.T) {
	for want, list := range map[string][]role{"": nil, "校长": {"校长"}, "经办人、校长": {"经办人", "校长"}} {
		if got := procedure.Names(list); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestRefusalSaysWhatItRestsOn(t *testing.T) {
	r := procedure.Refusal{Why: "foi_too_late", Field: "on", Sentence: "已经逾期", Law: "条例第三十三条", Date: "2026-11-26"}
	if r.Error() != "已经逾期（条例第三十三条）" || r.Code() != "foi_too_late" || r.Params()["date"] != "2026-11-26" {
		t.Errorf("%q, %q, %v", r.Error(), r.Code(), r.Params())
	}
	if r.Law = ""; r.Error() != "已经逾期" {
		t.Errorf("%q", r.Error())
	}
}
