package pb_hooks

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

type registryFacts struct {
	active  int
	silent  []string // sources that gave nothing good for long
	failing []string // that failed several times in a row
	stopped int      // change sets that stopped and ask
	err     error
}

func gatherRegistry(app core.App, now time.Time) (f registryFacts) {
	var sources []*core.Record
	if f.err = app.RecordQuery(records.RegistrySources).AndWhere(dbx.HashExp{"active": true}).OrderBy("name").All(&sources); f.err != nil {
		return f
	}
	f.active = len(sources)
	for _, src := range sources {
		switch days, failures := silentDays(src, now), src.GetInt("failures"); {
		case days > 0:
			f.silent = append(f.silent, fmt.Sprintf("%s（%d 天）", src.GetString("name"), days))
		case failures >= failuresTold:
			f.failing = append(f.failing, fmt.Sprintf("%s（%d 次）", src.GetString("name"), failures))
		}
	}
	n, err := app.CountRecords(records.RegistryRuns, dbx.HashExp{"state": "stopped"})
	f.stopped, f.err = int(n), err
	return f
}

func judgeRegistry(f registryFacts) finding {
	const check, todo = "机构名单", "在工作台“数据共享”查看最近一次读取失败的原因，修改来源设置或联系区机构查询平台"
	switch {
	case f.err != nil:
		return finding{check, fault, fmt.Sprintf("读不到：%v", f.err), "检查数据库是否完好"}
	case len(f.silent) > 0:
		return finding{check, notice, "很久没有成功读取：" + strings.Join(f.silent, "、"), todo}
	case len(f.failing) > 0:
		return finding{check, notice, "连续读取失败：" + strings.Join(f.failing, "、"), todo}
	case f.stopped > 0:
		return finding{check, notice, fmt.Sprintf("%d 个变更集已暂停", f.stopped), "请区级管理员或监督员在工作台“数据共享”核对后放行或搁置"}
	case f.active == 0:
		return finding{check, fine, "没有设置来源，学校名单由人工维护", ""}
	}
	return finding{check, fine, fmt.Sprintf("%d 个来源，读取正常", f.active), ""}
}
