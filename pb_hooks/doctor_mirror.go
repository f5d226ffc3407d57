package pb_hooks

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/mirror"
)

// mirrorFacts is what the server last said of its mirror.
type mirrorFacts struct {
	status *mirror.Status // nil: no server keeps one
	err    error
}

func gatherMirror(app core.App) (f mirrorFacts) {
	raw, err := os.ReadFile(filepath.Join(app.DataDir(), mirrorStatusFile))
	if errors.Is(err, fs.ErrNotExist) {
		return f
	}
	if f.err = err; err == nil {
		f.status = &mirror.Status{}
		f.err = json.Unmarshal(raw, f.status)
	}
	return f
}

// A server tells of its mirror every half minute; a change is in it within one.
const (
	silentMirror = 5 * time.Minute
	lateMirror   = 2 * time.Minute
)

func judgeMirror(f mirrorFacts, now time.Time) finding {
	const check, room = "只读副本", "腾出磁盘空间，并把文件夹交给运行服务的用户（systemd：ReadWritePaths）；修好以后自动补上，不用重启"
	s := f.status
	switch {
	case f.err != nil:
		return finding{check, fault, fmt.Sprintf("读不到副本的状态：%v", f.err), "重启服务"}
	case s == nil:
		return finding{check, fine, "没有设置（" + mirrorEnv + "），服务停机时网站打不开", ""}
	case s.Failing != "":
		return finding{check, fault, fmt.Sprintf("%s 写不进去：%s", s.Folder, s.Failing), room}
	case now.Sub(s.At) > silentMirror:
		return finding{check, notice, fmt.Sprintf("%s 从 %s 起没有更新，服务可能没有运行", s.Folder, s.At.In(shanghai).Format("01-02 15:04")), "启动服务；停机期间访客看到的是副本"}
	case !s.Filled:
		return finding{check, notice, fmt.Sprintf("%s 正在第一次复制，还有 %d 页", s.Folder, s.Waiting), "等它完成"}
	case s.Lag > lateMirror:
		return finding{check, fault, fmt.Sprintf("%s 落后 %.0f 分钟，撤下的内容可能还在副本里", s.Folder, s.Lag.Minutes()), "查看 /_/ → Logs；磁盘太慢时换一块磁盘"}
	}
	return finding{check, fine, fmt.Sprintf("%s 与网站一致，核对于 %s", s.Folder, s.Fresh.In(shanghai).Format("01-02 15:04")), ""}
}
