package pb_hooks_test

import (
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks/records"
)

func TestDoctorOfRequests(t *testing.T) {
	s := serveRequests(t)
	s.mailSink()
	id, _, _ := s.filed()
	set := func(sql string) {
		t.Helper()
		if _, err := s.app.DB().NewQuery(sql).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	set("UPDATE foi_mails SET created = '" + time.Now().UTC().Format(records.InstantLayout) + "'") // the doctor's clock is the machine's
	check := func(level, found string) {
		t.Helper()
		d, _ := examine(t, s.app)
		if f := d["依申请公开"]; f.Level != level || !strings.Contains(f.Found, found) {
			t.Errorf("%+v; want %s %s", f, level, found)
		}
	}
	check("ok", "在办 1 件")
	clerk := s.record("staff", s.person(clerkA))
	clerk.Set("deactivated_at", now)
	if err := s.app.Save(clerk); err != nil {
		t.Fatal(err)
	}
	check("error", "没有信息公开专管员：示范区晨光小学（1 件）")
	other := s.record("staff", s.person(nobodyA))
	other.Set("duties", []string{"clerk"})
	if err := s.app.Save(other); err != nil {
		t.Fatal(err)
	}
	check("ok", "在办 1 件")
	set("UPDATE foi_mails SET created = '" + time.Now().Add(-3*time.Hour).UTC().Format(records.InstantLayout) + "'")
	check("notice", "1 封给申请人")
	s.run("mails")
	check("ok", "在办 1 件")
	set("UPDATE foi_requests SET state = 'withdrawn', ending = 'withdrawn', closed = '2020-01-02' WHERE id = '" + id + "'")
	check("notice", "1 件申请的个人信息到期没有清除")
	s.run("foi-purge")
	check("ok", "在办 0 件")
}
