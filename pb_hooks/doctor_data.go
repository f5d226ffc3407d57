package pb_hooks

import (
	"fmt"
	"strings"
)

type databaseFacts struct {
	quickCheck  string // "ok", or the first thing wrong
	synchronous []int  // of each connection; 2 is FULL
	journal     string
	pending     []string // migrations not applied
	err         error
}

func judgeMigrations(f databaseFacts) finding {
	const check = "数据库结构"
	switch {
	case f.err != nil:
		return finding{check, fault, fmt.Sprintf("读不到数据库：%v", f.err), "检查数据目录；从备份恢复"}
	case len(f.pending) > 0:
		return finding{check, fault, fmt.Sprintf("有 %d 步升级还没有执行（自 %s 起）", len(f.pending), f.pending[0]), "启动一次服务（gongkai serve）即自动执行；升级前先备份"}
	}
	return finding{check, fine, "与程序一致", ""}
}

func judgeDatabase(f databaseFacts) finding {
	const check = "数据库"
	switch {
	case f.err != nil:
		return finding{check, fault, fmt.Sprintf("读不到数据库：%v", f.err), "检查数据目录；从备份恢复"}
	case f.quickCheck != "ok":
		return finding{check, fault, "文件已损坏：" + f.quickCheck, "停止服务，先把整个数据目录另存一份，再从 /_/ → Settings → Backups 恢复最近的备份；检查磁盘"}
	case strings.ToLower(f.journal) != "wal":
		return finding{check, fault, "日志模式是 " + f.journal + "，应为 WAL", "数据目录必须在本机磁盘上（不能是 NFS 等网络盘），请使用正式发布的 gongkai 程序"}
	}
	for _, mode := range f.synchronous {
		if mode != 2 {
			return finding{check, fault, fmt.Sprintf("synchronous=%d，断电可能丢失已确认的操作，应为 2（FULL）", mode), "请使用正式发布的 gongkai 程序"}
		}
	}
	return finding{check, fine, "完好，WAL，synchronous=FULL", ""}
}

type indexFacts struct {
	exists    bool
	published int
	missing   int // published, but not in the index as they are
	extra     int // in the index, but not published
	err       error
}

func judgeIndex(f indexFacts) finding {
	const check, todo = "检索索引", "重启服务会自动补齐；仍不一致则执行 gongkai search rebuild"
	switch {
	case f.err != nil:
		return finding{check, notice, fmt.Sprintf("读不到：%v", f.err), "gongkai search rebuild"}
	case !f.exists && f.published > 0:
		return finding{check, notice, fmt.Sprintf("还没有建立，%d 条公开信息检索不到", f.published), "启动服务会自动建立，或执行 gongkai search rebuild"}
	case f.extra > 0:
		return finding{check, fault, fmt.Sprintf("%d 条已不公开的信息仍在索引中，另有 %d 条需要补入", f.extra, f.missing), todo}
	case f.missing > 0:
		return finding{check, notice, fmt.Sprintf("%d 条公开信息中有 %d 条需要补入", f.published, f.missing), todo}
	}
	return finding{check, fine, fmt.Sprintf("与 %d 条公开信息一致", f.published), ""}
}

type districtFacts struct {
	code, name string
	empty      []string // fields not filled in that a public site has to show, in Chinese
	demo       bool
	err        error
}

func judgeDistrict(f districtFacts) finding {
	const check, path = "本区信息", "/_/ → Collections → districts"
	switch {
	case f.err != nil:
		return finding{check, fault, fmt.Sprintf("没有 districts 记录：%v", f.err), "启动一次服务（gongkai serve）建立数据库结构"}
	case f.code == "000000" || f.name == "本区":
		return finding{check, fault, fmt.Sprintf("还是出厂内容（%s %s），学校代码和索引号会以它编号", f.code, f.name), path + "：填写行政区划代码 code 和名称 name"}
	case len(f.empty) > 0:
		return finding{check, notice, "没有填写：" + strings.Join(f.empty, "、"), path + "：填写后显示在每页页脚"}
	}
	return finding{check, fine, f.code + " " + f.name, ""}
}

func judgeDemo(f districtFacts) finding {
	const check = "演示数据"
	if f.demo {
		return finding{check, notice, "数据库中是演示数据，不能用于正式公开", "换一个空的数据目录（--dir）重新开始，不要在演示库上改"}
	}
	return finding{check, fine, "没有", ""}
}
