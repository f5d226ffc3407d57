package pb_hooks_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks"
)

// Receivers leave alone what is older than what they have: a sequence never goes
// back, whatever was forgotten here, and whatever a clock said.
func TestSequencesGrowForever(t *testing.T) {
	s := servePush(t)
	v := receive(t, nil)
	s.subscribe(v.URL)
	s.telephone(schoolA, "1")
	s.telephone(schoolA, "2")
	s.run("push")
	s.after(91 * 24 * time.Hour)
	s.run("push-alarms") // forgets all of it, as a backup from before would
	if n := s.rowsOf("push_deliveries", "TRUE"); n != 0 {
		t.Fatalf("%d deliveries are kept", n)
	}
	s.telephone(schoolA, "3")
	s.after(-400 * 24 * time.Hour)
	s.telephone(schoolA, "4")
	s.run("push")
	last := 0
	for _, one := range v.got() {
		if one.sequence <= last {
			t.Errorf("%d after %d", one.sequence, last)
		}
		last = one.sequence
	}
	if n := len(v.got()); n != 4 {
		t.Errorf("%d arrived", n)
	}
}

// A cursor of a history that a backup has undone finds nothing by accident: what was
// undone would never be told.
func TestACursorOfAnUndoneHistoryIsUnknown(t *testing.T) {
	s := servePush(t)
	made := s.subscribe("")
	s.fed(made.Token, "")
	before := s.backup("push_feed", "push_rounds", "schools")
	rename := func(school, name string) {
		t.Helper()
		r, err := s.app.FindRecordById("schools", school)
		if err != nil {
			t.Fatal(err)
		}
		r.Set("name", name)
		if err := s.app.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	rename(schoolB, "示范区第二中学")
	undone := s.fed(made.Token, "").Next
	s.restore(before)
	if a := s.pull(made.Token, "?cursor="+undone); a.status != http.StatusBadRequest {
		t.Errorf("right after the backup was restored: %d %s", a.status, a.body)
	}
	for n := range 3 { // as many numbers as there were
		rename(schoolA, fmt.Sprintf("示范区晨光第%d小学", n))
		s.fed(made.Token, "")
	}
	if a := s.pull(made.Token, "?cursor="+undone); a.status != http.StatusBadRequest || !a.has("cursor_unknown") {
		t.Errorf("school B went back and nobody is told: %d %s", a.status, a.body)
	}
}

// table is what stood in some tables.
type table map[string][]map[string]any

func (s *server) backup(names ...string) table {
	s.t.Helper()
	all := table{}
	for _, name := range names {
		rows, err := s.app.FindAllRecords(name)
		if err != nil {
			s.t.Fatal(err)
		}
		all[name] = nil
		for _, r := range rows {
			all[name] = append(all[name], r.FieldsData())
		}
	}
	return all
}

// restore puts the lines of the feed and the schools back to what they were.
func (s *server) restore(all table) {
	s.t.Helper()
	for _, name := range []string{"push_feed", "push_rounds"} {
		s.sql("DELETE FROM " + name)
		for _, row := range all[name] {
			create(s.app, name, row)
		}
	}
	for _, row := range all["schools"] {
		s.sql(fmt.Sprintf("UPDATE schools SET name = '%s' WHERE id = '%s'", row["name"], row["id"]))
	}
}

// A clock that was set back makes nothing older than what came before it.
func TestTheFeedAcrossAClockSetBack(t *testing.T) {
	s := servePush(t)
	made := s.subscribe("")
	first := s.fed(made.Token, "")
	s.after(-30 * 24 * time.Hour)
	s.offerCorrection(schoolB, "phone", "021-1", "021-2")
	if f := s.fed(made.Token, "?cursor="+first.Next); len(f.Schools) != 1 || f.Schools[0].ChangedAt < first.Schools[0].ChangedAt {
		t.Errorf("%+v", f)
	}
	if f := s.fed(made.Token, "?since=2026-11-23"); len(f.Schools) != 2 {
		t.Errorf("since the day: %v", f.codes())
	}
}

// What a clock that ran ahead wrote down does not hold deliveries up when it is right again.
func TestDeliveriesGoOutAfterAClockRanAhead(t *testing.T) {
	s := servePush(t)
	v := receive(t, says(http.StatusBadGateway))
	s.subscribe(v.URL)
	s.after(365 * 24 * time.Hour)
	s.telephone(schoolA, "1")
	s.telephone(schoolB, "1")
	s.run("push")
	s.sql("UPDATE push_deliveries SET held_until = '" + s.now.Load().UTC().Add(time.Minute).Format("2006-01-02 15:04:05.000Z") + "' WHERE lane = '9999990002'")
	s.after(-365 * 24 * time.Hour)
	v.behave(nil)
	s.run("push")
	if list := s.deliveries("delivered"); len(list) != 2 {
		t.Errorf("%d delivered", len(list))
	}
}

// Whoever is paused is left alone at once, also in the middle of a round.
func TestAPausedSubscriberIsLeftAlone(t *testing.T) {
	s := servePush(t)
	v := receive(t, nil)
	made := s.subscribe(v.URL)
	path := "/api/app/push/subscribers/" + made.Subscriber.ID + "/state"
	v.behave(func(http.ResponseWriter, *http.Request, int) {
		if a := s.do(bureauAdmin, http.MethodPost, path, map[string]any{"state": "paused"}); a.status != http.StatusOK {
			t.Error(a.body)
		}
	})
	s.telephone(schoolA, "1")
	s.telephone(schoolB, "1")
	s.run("push")
	if n := len(v.got()); n != 1 {
		t.Errorf("%d were sent after it was paused", n-1)
	}
}

// A subscriber whose address was put right, or that goes on after a pause, is told at
// once; one without an address is told nothing more, and nothing dies of it.
func TestAChangedAddressIsTriedAtOnce(t *testing.T) {
	s := servePush(t)
	broken, v := receive(t, says(http.StatusBadGateway)), receive(t, nil)
	made := s.subscribe(broken.URL)
	path := "/api/app/push/subscribers/" + made.Subscriber.ID
	edit := func(address string) {
		t.Helper()
		form := pb_hooks.PushForm{Name: "区机构查询平台", URL: address, Events: eventCodes(), PlainAllowed: true, PrivateAllowed: true}
		if a := s.do(bureauAdmin, http.MethodPut, path, form); a.status != http.StatusOK {
			t.Fatal(a.body)
		}
	}
	s.telephone(schoolA, "1")
	s.run("push")
	edit(v.URL)
	s.run("push")
	if n := len(v.got()); n != 1 {
		t.Errorf("%d at the new address", n)
	}
	v.behave(says(http.StatusBadGateway))
	s.telephone(schoolA, "2")
	s.run("push")
	v.behave(nil)
	for _, state := range []string{"paused", "active"} {
		if a := s.do(bureauAdmin, http.MethodPost, path+"/state", map[string]any{"state": state}); a.status != http.StatusOK {
			t.Fatal(a.body)
		}
	}
	s.run("push")
	if n := len(v.got()); n != 3 {
		t.Errorf("%d after the pause", n)
	}
	v.behave(says(http.StatusBadGateway))
	s.telephone(schoolA, "3")
	s.run("push")
	edit("")
	list := s.deliveries("discarded")
	if len(list) != 1 || list[0].Reason != "接收方改为只取数" || list[0].ByName != bureauAdmin || len(s.deliveries("waiting")) != 0 {
		t.Errorf("without an address: %+v", list)
	}
}

// A night of a large district is more than a page of text.
func TestALargeDeliveryArrives(t *testing.T) {
	s := servePush(t)
	v := receive(t, nil)
	s.subscribe(v.URL)
	s.telephone(schoolA, strings.Repeat("1", 20))
	s.sql("DROP TRIGGER push_deliveries_no_update")
	s.sql("UPDATE push_deliveries SET body = json_set(body, '$.data.schools', '" + strings.Repeat("甲", 300_000) + "')")
	s.run("push")
	if list := s.deliveries("delivered"); len(list) != 1 || len(v.got()) != 1 {
		t.Errorf("%d delivered, %d arrived", len(list), len(v.got()))
	}
}

// What one subscriber does, however often, is one notice a day.
func TestAFloodIsOneNotice(t *testing.T) {
	s := servePush(t)
	made := s.subscribe("")
	notices := func(title string) int { return s.rowsOf("notifications", "kind = 'push' AND title LIKE '"+title+"%'") }
	for range 70 {
		s.pull(made.Token, "?limit=1")
	}
	if n := notices("取数太频繁"); n != 1 {
		t.Errorf("%d notices that it pulls too often", n)
	}
	s.after(time.Minute)
	correction := s.offerCorrection(schoolA, "phone", "021-1", "021-2")
	status := 0
	for n := range 25 {
		a := s.withBearer(http.MethodPost, "/api/app/registry/corrections", made.Token, fmt.Sprintf(`{"outcomes":[{"id":%q,"outcome":"refused","note":"第%d次"}]}`, correction, n))
		status = a.status
	}
	if n := s.rowsOf("push_outcomes", "TRUE"); status != http.StatusBadRequest || n != 20 {
		t.Errorf("%d answers to one correction, the last %d", n, status)
	}
	if n := notices("更正没有被采纳"); n != 1 {
		t.Errorf("%d notices of refused corrections", n)
	}
}

// A record that is saved twice tells each change from what was before it.
func TestASchoolThatIsSavedTwiceTellsBoth(t *testing.T) {
	s := servePush(t)
	v := receive(t, nil)
	s.subscribe(v.URL)
	r, err := s.app.FindRecordById("schools", schoolA)
	if err != nil {
		t.Fatal(err)
	}
	for _, phone := range []string{"1", "2"} {
		r.Set("phone", phone)
		if err := s.app.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	s.run("push")
	if all := v.got(); len(all) != 2 || !strings.Contains(all[1].body, `"was":"1","is":"2"`) {
		t.Errorf("%+v", all)
	}
}
