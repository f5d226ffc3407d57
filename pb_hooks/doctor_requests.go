package pb_hooks

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

type requestFacts struct {
	open       int      // requests that wait for their answer
	unattended []string // schools with open requests and nobody who can take them in hand, as "name（n 件）"
	stuckMails int      // that should have gone out to people outside
	unpurged   int      // whose applicant should have been forgotten
	err        error
}

// mailStuck is how long a mail to somebody outside may wait: the last try of one
// that is refused comes an hour and a quarter after the first.
const mailStuck = 2 * time.Hour

func gatherRequests(app core.App, now time.Time) (f requestFacts) {
	open := dbx.In("state", openStates...)
	if f.err = app.DB().Select("count(*)").From(records.FOIRequests).Where(open).Row(&f.open); f.err != nil {
		return f
	}
	var schools []struct {
		Name  string `db:"name"`
		Count int    `db:"count"`
	}
	f.err = app.DB().Select("s.name", "count(*) AS count").From(records.FOIRequests+" r").InnerJoin(records.Schools+" s", dbx.NewExp("s.id = r.school")).
		Where(dbx.In("r.state", openStates...)).
		AndWhere(dbx.NewExp("NOT EXISTS (SELECT 1 FROM staff p WHERE p.school = r.school AND p.verified AND p.deactivated_at = '' AND p.acts_as LIKE '%\"clerk\"%')")).
		GroupBy("s.id").OrderBy("s.name").All(&schools)
	if f.err != nil {
		return f
	}
	for _, s := range schools {
		f.unattended = append(f.unattended, fmt.Sprintf("%s（%d 件）", s.Name, s.Count))
	}
	f.err = app.DB().Select("count(*)").From(records.FOIMails).
		Where(dbx.NewExp("state IN ('waiting', 'sending', 'refused') AND created < {:before}", dbx.Params{"before": now.UTC().Add(-mailStuck).Format(records.InstantLayout)})).
		Row(&f.stuckMails)
	if f.err != nil {
		return f
	}
	var day string
	if day, f.err = purgeDay(app, now.Add(-24*time.Hour)); f.err != nil { // it is done by night
		return f
	}
	f.err = app.DB().Select("count(*)").From(records.FOIRequests).Where(purgeable(day)).Row(&f.unpurged)
	return f
}

func judgeRequests(f requestFacts) finding {
	const check = "依申请公开"
	switch {
	case f.err != nil:
		return finding{check, fault, fmt.Sprintf("读不到：%v", f.err), "检查数据库是否完好"}
	case len(f.unattended) > 0:
		return finding{check, fault, "有申请在办，却没有信息公开专管员：" + strings.Join(f.unattended, "、"),
			"请学校的账号管理员在 人员与职责 中指定信息公开专管员，并启用账号"}
	case f.stuckMails > 0:
		return finding{check, notice, fmt.Sprintf("%d 封给申请人或被征求意见人的邮件两小时没有发出", f.stuckMails), "确认服务在运行；查看 /_/ → Logs 中发送邮件失败的原因"}
	case f.unpurged > 0:
		return finding{check, notice, fmt.Sprintf("%d 件申请的个人信息到期没有清除", f.unpurged), "确认服务在运行（启动时和每天 3:30 清除）；查看 /_/ → Logs 中清除失败的原因"}
	}
	return finding{check, fine, fmt.Sprintf("在办 %d 件，都有专管员；邮件没有积压，到期的个人信息已清除", f.open), ""}
}
