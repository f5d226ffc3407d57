package pb_hooks

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// auditFacts is where the head of the audit is kept beside the database.
type auditFacts struct {
	rows     int
	path     string    // of the file of heads; "" where there is none
	inside   bool      // of the data folder
	newest   time.Time // head in the file; zero if there is none
	auditors int       // who is mailed the head
	err      error
}

// maxHeadAge is a day and a little: heads are written every day.
const maxHeadAge = 26 * time.Hour

func gatherAudit(app core.App) auditFacts {
	f := auditFacts{path: os.Getenv(headsEnv)}
	rows, err := app.CountRecords(records.AuditLog)
	if err != nil {
		return auditFacts{err: err}
	}
	f.rows = int(rows)
	auditors, err := app.CountRecords(records.Staff, dbx.HashExp{"school": "", "deactivated_at": ""}, dbx.Like("duties", `"`+string(publication.Auditor)+`"`))
	if f.auditors, f.err = int(auditors), err; f.err != nil || f.path == "" {
		return f
	}
	heads, err := readHeads(f.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.err = err
		return f
	}
	if n := len(heads); n > 0 {
		f.newest, f.err = time.ParseInLocation("2006-01-02 15:04", heads[n-1].At, shanghai)
	}
	file, fileErr := filepath.Abs(f.path)
	data, dataErr := filepath.Abs(app.DataDir())
	f.inside = strings.HasPrefix(file, data+string(filepath.Separator))
	f.err = errors.Join(f.err, fileErr, dataErr)
	return f
}

func judgeAudit(f auditFacts, mail mailFacts, now time.Time) finding {
	const check = "审计校验值"
	todo := "设置环境变量 " + headsEnv + "，指向别人掌管的机器上的文件（如挂载的共享目录）；或者配置发信，并指定一名区级审计员"
	found := fmt.Sprintf("审计记录 %d 条", f.rows)
	switch {
	case f.err != nil:
		return finding{check, fault, fmt.Sprintf("%s，读不到留存的校验值：%v", found, f.err), "核对 " + headsEnv + "（" + f.path + "）"}
	case f.inside:
		return finding{check, notice, found + "，校验值和数据存在同一个目录，能改数据的人也能改它", todo}
	case f.path != "" && now.Sub(f.newest) <= maxHeadAge:
		return finding{check, fine, fmt.Sprintf("%s，每天写入 %s", found, f.path), ""}
	case f.path != "" && !f.newest.IsZero():
		return finding{check, fault, fmt.Sprintf("%s，%s 一天多没有写入", found, f.path), "查看 /_/ → Logs 中的原因，核对该文件能否写入"}
	case f.path != "":
		return finding{check, notice, found + "，还没有写入 " + f.path, "服务运行到明天上午再检查一次"}
	case f.auditors > 0 && mail.enabled:
		return finding{check, fine, fmt.Sprintf("%s，工作日早上寄给 %d 位审计员，请他们留存", found, f.auditors), ""}
	}
	return finding{check, notice, found + "，校验值没有留存在别处，末尾被删或整体改写就发现不了", todo}
}
