package pb_hooks_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestCalendarCommand(t *testing.T) {
	s := serveRequests(t)
	id := s.acrossTheYear()
	file := filepath.Join(t.TempDir(), "2027.json")
	write := func(data []byte) {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	says := func(want string, args ...string) {
		t.Helper()
		out, err := runCommand(t, s.app, append([]string{"calendar"}, args...)...)
		if err != nil {
			out += err.Error()
		}
		if !strings.Contains(out, want) {
			t.Errorf("%v: got %q, want %q", args, out, want)
		}
	}
	says("给出一个 JSON 文件", "import")
	says("打不开文件", "import", file)
	write(yearFile(2027))
	says("没有列出任何日期", "import", file, "--apply")
	write(newYear2027)
	says("这是预览", "import", file)
	says("2027-01-07 → 2027-01-08", "import", file)
	if s.rowsOf("calendar_years", "1") != 0 || s.dueOf(id) != "2027-01-07 true" {
		t.Fatal("something was stored")
	}
	says("重新计算了 1 件申请", "import", file, "--apply")
	if got := s.dueOf(id); got != "2027-01-08 false" {
		t.Errorf("due %s", got)
	}
	says("2027 年  放假 3 天  调休上班 0 天  导入：命令行", "list")
	says("2026 年  放假 33 天  调休上班 6 天  程序自带", "list")
	write(yearFile(time.Now().Year()+1, fmt.Sprintf("%d-01-01 元旦", time.Now().Year()+1)))
	says("已写入", "import", file, "--apply")
	if d, _ := examine(t, s.app); strings.Contains(d["工作日历"].Found, fmt.Sprintf("没有 %d 年", time.Now().Year()+1)) { // doctor goes by the machine's clock
		t.Errorf("doctor does not know what was imported: %+v", d["工作日历"])
	}
	if n := s.rowsOf("audit_log", "action = 'import_calendar' AND via = 'command'"); n != 2 {
		t.Errorf("the audit has %d", n)
	}
}
