package pb_hooks_test

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/webhook"
)

func TestADeliveryIsSignedAndArrivesOnce(t *testing.T) {
	s := servePush(t)
	v := receive(t, says(http.StatusNoContent))
	made := s.subscribe(v.URL)
	s.telephone(schoolA, "021-12345678")
	s.run("push")
	s.run("push")
	all := v.got()
	if len(all) != 1 || all[0].kind != "school.changed" || all[0].lane != "9999990001" {
		t.Fatalf("arrived: %+v", all)
	}
	if want := `"changes":[{"field":"phone","label":"电话","was":"021-00000001","is":"021-12345678"}]`; !strings.Contains(all[0].body, want) {
		t.Errorf("%s does not tell %s", all[0].body, want)
	}
	key, err := webhook.ParseKey(made.SigningKey)
	if err != nil {
		t.Fatal(err)
	}
	if err := webhook.Verify(all[0].header, []byte(all[0].body), *s.now.Load(), key); err != nil {
		t.Errorf("the signature: %v", err)
	}
	list := s.deliveries("delivered")
	if len(list) != 1 || list[0].ID != all[0].id || list[0].School != "晨光小学" || list[0].Tries != 1 || list[0].EventName != "学校信息变更" {
		t.Errorf("in the list: %+v", list)
	}
	desk := decoded[pb_hooks.PushDesk](t, s.do(auditor, http.MethodGet, "/api/app/push", nil))
	if len(desk.Subscribers) != 1 || desk.Subscribers[0].DeliveredAt == "" || desk.Subscribers[0].Waiting != 0 || desk.MayManage {
		t.Errorf("the desk: %+v", desk)
	}
}

func TestEveryWriteOfASchoolIsTold(t *testing.T) {
	s := servePush(t)
	v := receive(t, nil)
	s.subscribe(v.URL)
	school := create(s.app, "schools", map[string]any{"code": "9999990009", "name": "示范区新星小学", "stages": []string{"小学"}, "status": "open"})
	set := func(fields map[string]any) {
		t.Helper()
		r, err := s.app.FindRecordById("schools", school.Id)
		if err != nil {
			t.Fatal(err)
		}
		r.Load(fields)
		if err := s.app.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	set(map[string]any{"address": "新星路1号"})
	set(map[string]any{"address": "新星路1号"}) // nothing became of it
	set(map[string]any{"status": "merged", "successors": []string{schoolA}, "ended_on": "2026-11-20"})
	set(map[string]any{"status": "open", "successors": nil, "ended_on": ""})
	set(map[string]any{"status": "closed", "ended_on": "2026-11-21"})
	set(map[string]any{"status": "open", "ended_on": ""})
	r, err := s.app.FindRecordById("schools", school.Id)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.app.Delete(r); err != nil {
		t.Fatal(err)
	}
	s.run("push")
	var kinds []string
	last := 0
	for _, one := range v.got() {
		kinds = append(kinds, one.kind)
		if one.lane != "9999990009" || one.sequence <= last {
			t.Errorf("%+v after %d", one, last)
		}
		last = one.sequence
	}
	want := []string{"school.opened", "school.changed", "school.merged", "school.reopened", "school.closed", "school.reopened", "school.removed"}
	if !slices.Equal(kinds, want) {
		t.Errorf("told: %v, want %v", kinds, want)
	}
	if body := v.got()[2].body; !strings.Contains(body, `"successors":["9999990001"]`) || !strings.Contains(body, `"ended_on":"2026-11-20"`) {
		t.Errorf("the merger: %s", body)
	}
}

func TestWhatIsRolledBackIsNotTold(t *testing.T) {
	s := servePush(t)
	s.subscribe("https://registry.example.invalid/hook")
	r, err := s.app.FindRecordById("schools", schoolA)
	if err != nil {
		t.Fatal(err)
	}
	r.Set("code", "1234567890") // a code is final
	r.Set("phone", "1")
	if err := s.app.Save(r); err == nil {
		t.Fatal("the code was changed")
	}
	if n := s.rowsOf("push_deliveries", "TRUE"); n != 0 {
		t.Errorf("%d deliveries of nothing", n)
	}
}

func TestANightIsTold(t *testing.T) {
	s := servePush(t)
	v := receive(t, nil)
	s.subscribe(v.URL)
	s.run("snapshots")
	s.run("snapshots")
	s.run("push")
	all := v.got()
	if len(all) != 1 || all[0].kind != "compliance.measured" || !strings.Contains(all[0].body, `"day":"2026-11-22","schools":[{"code":"9999990001","met":`) {
		t.Errorf("told: %+v", all)
	}
}

func TestOnlyWhatWasChosenIsTold(t *testing.T) {
	s := servePush(t)
	v := receive(t, nil)
	a := s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers", pb_hooks.PushForm{Name: "只要开办", URL: v.URL, Events: []string{"school.opened"}, PlainAllowed: true, PrivateAllowed: true})
	if a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	s.subscribe("") // only pulls
	s.telephone(schoolA, "1")
	create(s.app, "schools", map[string]any{"code": "9999990009", "name": "示范区新星小学", "stages": []string{"小学"}, "status": "open"})
	if n := s.rowsOf("push_deliveries", "TRUE"); n != 1 {
		t.Errorf("%d deliveries, want one", n)
	}
}

func TestAFailedDeliveryIsRepeatedUntilItArrives(t *testing.T) {
	s := servePush(t)
	v := receive(t, func(w http.ResponseWriter, _ *http.Request, n int) {
		if n <= 2 {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	s.subscribe(v.URL)
	s.telephone(schoolA, "1")
	s.telephone(schoolA, "2")
	s.run("push")
	s.run("push") // not yet
	if n := len(v.got()); n != 1 {
		t.Fatalf("%d attempts in the first minute", n)
	}
	s.after(2 * time.Minute)
	s.run("push")
	s.after(2 * time.Minute)
	s.run("push") // the second pause is longer
	if n := len(v.got()); n != 2 {
		t.Fatalf("%d attempts after four minutes", n)
	}
	s.after(10 * time.Minute)
	s.run("push")
	all := v.got()
	if len(all) != 4 || all[0].id != all[1].id || all[1].id != all[2].id || all[3].id == all[2].id || all[0].body != all[2].body {
		t.Fatalf("attempts: %+v", all)
	}
	if all[0].header.Get(webhook.TimestampHeader) == all[2].header.Get(webhook.TimestampHeader) {
		t.Error("every attempt has the time of the first")
	}
	if list := s.deliveries("delivered"); len(list) != 2 || list[1].Tries != 3 {
		t.Errorf("delivered: %+v", list)
	}
	a := s.do(auditor, http.MethodGet, "/api/app/push/deliveries/"+all[0].id, nil)
	desk := decoded[pb_hooks.PushDeliveryDesk](t, a)
	if len(desk.Attempts) != 3 || desk.Attempts[0].Fault != "" || desk.Attempts[2].Status != 500 || desk.Attempts[2].Fault != "对方服务器出错" || desk.Body != all[0].body {
		t.Errorf("the attempts: %s", a.body)
	}
}

// One school's trouble does not hold up others; its own order is kept.
func TestOrderIsKeptForEachSchool(t *testing.T) {
	s := servePush(t)
	var broken atomic.Bool
	broken.Store(true)
	v := receive(t, nil)
	v.behave(func(w http.ResponseWriter, _ *http.Request, _ int) {
		if all := v.got(); broken.Load() && all[len(all)-1].lane == "9999990001" {
			w.WriteHeader(http.StatusUnprocessableEntity) // of this delivery only
		}
	})
	s.subscribe(v.URL)
	for _, phone := range []string{"1", "2", "3"} {
		s.telephone(schoolA, phone)
		s.telephone(schoolB, phone)
	}
	s.run("push")
	count := map[string]int{}
	for _, one := range v.got() {
		count[one.lane]++
	}
	if count["9999990001"] != 1 || count["9999990002"] != 3 {
		t.Errorf("while A is refused: %v", count)
	}
	broken.Store(false)
	s.after(time.Hour)
	s.run("push")
	last := 0
	for _, one := range v.got() {
		if one.lane == "9999990001" && one.sequence < last {
			t.Errorf("%d after %d", one.sequence, last)
		}
		if one.lane == "9999990001" {
			last = one.sequence
		}
	}
	if list := s.deliveries("delivered"); len(list) != 6 {
		t.Errorf("%d delivered", len(list))
	}
}
