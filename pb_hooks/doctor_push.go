package pb_hooks

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// pushBacklog is how many deliveries may wait for one subscriber: more than a change
// set of a large district makes.
const pushBacklog = 10_000

// pushFacts name subscribers, each with a figure.
type pushFacts struct {
	active  int
	off     []string // that want nothing more
	dead    []string // with dead letters
	late    []string // that got nothing of what waits for them for a day or more
	backlog []string // for whom too much waits
	ending  []string // that use a token which soon ends
	err     error
}

func gatherPush(app core.App, now time.Time) (f pushFacts) {
	var list []*core.Record
	if f.err = app.RecordQuery(records.PushSubscribers).AndWhere(dbx.NewExp("state != 'deleted'")).OrderBy("created", "id").All(&list); f.err != nil {
		return f
	}
	for _, s := range list {
		var row struct {
			Waiting int    `db:"waiting"`
			Dead    int    `db:"dead"`
			Oldest  string `db:"oldest"`
		}
		f.err = app.DB().NewQuery("SELECT count(CASE state WHEN 'waiting' THEN 1 END) AS waiting, count(CASE state WHEN 'dead' THEN 1 END) AS dead, coalesce(min(CASE state WHEN 'waiting' THEN created END), '') AS oldest" +
			" FROM push_deliveries WHERE subscriber = {:id} AND state IN ('waiting', 'dead') AND lane != 'test'").Bind(dbx.Params{"id": s.Id}).One(&row)
		if f.err != nil {
			return f
		}
		name, state := s.GetString("name"), s.GetString("state")
		with := func(figure string, n int) string { return fmt.Sprintf("%s（%d %s）", name, n, figure) }
		if state == pushActive {
			f.active++
		}
		if state == pushOff {
			f.off = append(f.off, name)
		}
		if row.Dead > 0 {
			f.dead = append(f.dead, with("条", row.Dead))
		}
		if waits := now.Sub(stamp(row.Oldest)); row.Oldest != "" && waits > silentAfter {
			f.late = append(f.late, with("天", int(waits/(24*time.Hour))))
		}
		if row.Waiting > pushBacklog {
			f.backlog = append(f.backlog, with("条", row.Waiting))
		}
		if usesEndingToken(s, now) {
			f.ending = append(f.ending, name)
		}
	}
	return f
}

// judgePush tells of the worst: what is lost, then what is late, then what will be.
func judgePush(f pushFacts) finding {
	const check, page = "推送", "在工作台“数据共享”的“推送”"
	for _, one := range []struct {
		who         []string
		found, todo string
	}{
		{f.dead, "没有送到，已停止重试", page + "查看原因，与对方核对后重新投递或者放弃"},
		{f.off, "对方不再接收", "与对方核对后" + page + "恢复或者删除"},
		{f.late, "一天以上没有送到", page + "查看原因，与对方核对；暂停的请恢复或者删除"},
		{f.backlog, "等待的太多", "请对方加快答复（先存下来再答），或者" + page + "减少推送内容"},
		{f.ending, "旧令牌就要失效，对方还在用", "请对方换用新令牌"},
	} {
		if f.err == nil && len(one.who) > 0 {
			return finding{check, notice, one.found + "：" + strings.Join(one.who, "、"), one.todo}
		}
	}
	switch {
	case f.err != nil:
		return finding{check, fault, fmt.Sprintf("读不到：%v", f.err), "检查数据库是否完好"}
	case f.active == 0:
		return finding{check, fine, "没有接收方", ""}
	}
	return finding{check, fine, fmt.Sprintf("%d 个接收方，没有积压", f.active), ""}
}
