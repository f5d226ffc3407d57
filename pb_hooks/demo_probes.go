package pb_hooks

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/probe"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// demoLinks are articles whose links lead nowhere: the last two weeks' of three schools.
func demoLinks() []demoItem {
	body := func(html string) func(*demoPlay) map[string]any {
		return func(*demoPlay) map[string]any { return map[string]any{"body": html} }
	}
	return []demoItem{
		{key: "link-intranet", school: 2, title: "关于查询值班安排的通知",
			text:  "值班安排已经排定，请值班人员登录 http://10.110.33.3:8080/duty 查询，如需调班请提前一天联系办公室。",
			deeds: passed("11 09:00", "11 09:10", "10 10:00", "10 14:00")},
		{key: "link-broken", school: 3, title: "关于延用上学期社团活动安排的通知",
			plans: body(`<p>本学期社团活动的时间和地点不变，按<a href="/a/demolinkgone000">上学期的安排</a>进行，请同学们准时参加。</p>`),
			deeds: passed("12 09:00", "12 09:10", "11 10:00", "11 14:00")},
		{key: "link-wechat", school: 1, title: "关于校园科技节活动安排的通知",
			plans: body(`<p>点击查看：<a href="https://mp.weixin.qq.com/s/demo">校园科技节活动安排</a></p>`),
			deeds: passed("10 15:00", "10 15:10", "9 10:00", "9 14:00")},
	}
}

// demoProbes pays the visits of the last 30 days on paper, and follows the links
// of what is public twice, as the nights before did. It does nothing where that was done.
func (p *platform) demoProbes(ctx context.Context) error {
	n, err := p.app.CountRecords(records.ProbeRuns)
	if err != nil || n > 0 {
		return err
	}
	if err := p.app.RunInTransaction(p.demoVisits); err != nil {
		return err
	}
	if p.site == nil {
		if err := p.open(); err != nil {
			return err
		}
	}
	clock := p.options.Now
	defer func() { p.options.Now = clock }()
	for _, ago := range []int{-1, 0} {
		night := dayStart(dayOf(clock()), ago).Add(2 * time.Hour)
		p.options.Now = func() time.Time { return night }
		if err := p.demoRun(ctx); err != nil {
			return err
		}
	}
	return nil
}

// demoRun is a night's run from its beginning to its end; home pages are left out.
func (p *platform) demoRun(ctx context.Context) error {
	var run *core.Record
	err := p.app.RunInTransaction(func(tx core.App) (err error) {
		if run, err = p.prober.begin(tx, nil, ""); err != nil {
			return err
		}
		run.Set("phase", "pages")
		return tx.Save(run)
	})
	for more := true; more && err == nil; {
		more, err = p.prober.next(ctx)
	}
	return err
}

// demoVisits are days on which few visits failed, and one school that was slow.
func (p *platform) demoVisits(tx core.App) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	for number, s := range d.Schools {
		if s.Status != string(registry.Open) {
			continue
		}
		for ago := 1; ago <= probeDays; ago++ {
			day := dayOf(dayStart(p.today(), -ago))
			c := demoVisitCount(number, s, day)
			if _, err := addVisitsTo(tx, records.ProbeDays, "day", day, s.ID, c); err != nil {
				return err
			}
		}
	}
	_, err = tx.DB().NewQuery("UPDATE " + records.ProbeDays + " SET hours = 24").Execute()
	return err
}

// demoVisitCount are the visits of a day: six in each of 24 hours.
func demoVisitCount(number int, s *records.School, day string) (c visitCount) {
	const visitsADay = 24 * (1 + randomColumns + randomArticles)
	for i := range visitsADay {
		h := chance(s.Code, day, fmt.Sprint(i))
		took := time.Duration(5+h%60) * time.Millisecond
		switch {
		case number == 4 && h%11 == 0: // a twentieth and more of one school's
			took = probe.SlowAfter + time.Duration(h%900)*time.Millisecond
		case h%400 == 0:
			took = time.Duration(1+h%3) * time.Second
		}
		status := 200
		if h%5000 == 0 {
			status = 500
		}
		c.add("/s/"+s.Code, visited{status: status, took: took})
	}
	return c
}
