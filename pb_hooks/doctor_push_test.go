package pb_hooks_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks"
)

// What goes wrong with subscribers stands in the doctor's list.
func TestDoctorOfSubscribers(t *testing.T) {
	heavy(t)
	s := servePush(t)
	v := receive(t, says(http.StatusBadGateway))
	made := s.subscribe(v.URL)
	now := time.Now() // the doctor's clock is the machine's
	s.now.Store(&now)
	expects := func(level, found string) {
		t.Helper()
		d, _ := examine(t, s.app)
		if d["推送"].Level != level || !strings.Contains(d["推送"].Found, found) {
			t.Errorf("%+v, want %s: %s", d["推送"], level, found)
		}
	}
	expects("ok", "1 个接收方")
	s.telephone(schoolA, "1")
	s.sql("UPDATE push_deliveries SET created = '" + now.UTC().Add(-50*time.Hour).Format("2006-01-02 15:04:05.000Z") + "'")
	expects("notice", "一天以上没有送到：区机构查询平台（2 天）")
	s.sql("UPDATE push_deliveries SET state = 'dead'")
	expects("notice", "已停止重试：区机构查询平台（1 条）")
	s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers/"+made.Subscriber.ID+"/replay", nil)
	v.behave(nil)
	s.run("push")
	expects("ok", "1 个接收方")
	rotated := decoded[pb_hooks.PushSecrets](t, s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers/"+made.Subscriber.ID+"/rotate", map[string]any{"what": "token"}))
	s.after(20 * time.Hour)
	s.pull(made.Token, "")
	s.sql("UPDATE push_subscribers SET old_token_until = '" + now.UTC().Add(time.Hour).Format("2006-01-02 15:04:05.000Z") + "'")
	expects("notice", "对方还在用：区机构查询平台")
	s.after(time.Second)
	s.pull(rotated.Token, "")
	expects("ok", "1 个接收方")
}
