package pb_hooks_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/webhook"
)

func TestADeadLetterIsSeenAndTakenUpAgain(t *testing.T) {
	s := servePush(t)
	v := receive(t, says(http.StatusBadGateway))
	made := s.subscribe(v.URL)
	s.telephone(schoolA, "1")
	for range webhook.MostTries + 2 {
		s.run("push")
		s.after(30 * time.Hour)
	}
	if n := len(v.got()); n != webhook.MostTries {
		t.Errorf("%d attempts, want %d", n, webhook.MostTries)
	}
	dead := s.deliveries("dead")
	if len(dead) != 1 || dead[0].Fault != "对方服务器出错" {
		t.Fatalf("dead: %+v", dead)
	}
	if box := s.do(bureauAdmin, http.MethodGet, "/api/app/inbox", nil); !box.has(`"kind":"push"`, "1 条推送没有送到") {
		t.Errorf("the inbox: %s", box.body)
	}
	if box := s.do(supervisor, http.MethodGet, "/api/app/inbox", nil); box.has(`"kind":"push"`) {
		t.Error("the supervisor has the task too")
	}
	if n := s.rowsOf("notifications", "kind = 'push' AND title LIKE '推送失败%'"); n != 1 {
		t.Errorf("%d notices", n)
	}

	path := "/api/app/push/deliveries/" + dead[0].ID
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, path+"/discard", map[string]any{"reason": " "}), "reason", "为什么")
	v.behave(nil)
	a := s.do(bureauAdmin, http.MethodPost, path+"/replay", nil)
	desk := decoded[pb_hooks.PushDeliveryDesk](t, a)
	if a.status != http.StatusOK || desk.Delivery.State != "delivered" || len(desk.Attempts) != webhook.MostTries+1 {
		t.Errorf("replayed: %d %s", a.status, a.body)
	}
	all := v.got()
	if all[0].id != all[len(all)-1].id || all[0].body != all[len(all)-1].body {
		t.Error("it came again as something else")
	}
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, path+"/replay", nil), "id", "死信")
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, path+"/discard", map[string]any{"reason": "不要了"}), "id", "死信")

	// many of them
	v.behave(says(http.StatusBadRequest))
	for _, phone := range []string{"2", "3", "4"} {
		s.telephone(schoolB, phone)
	}
	for range 3 * (webhook.MostTries + 2) {
		s.run("push")
		s.after(30 * time.Hour)
	}
	if dead = s.deliveries("dead"); len(dead) != 3 {
		t.Fatalf("%d dead", len(dead))
	}
	if a := s.do(bureauAdmin, http.MethodPost, "/api/app/push/deliveries/"+dead[0].ID+"/discard", map[string]any{"reason": "对方已知道"}); a.status != http.StatusOK || a.field("delivery", "reason") != "对方已知道" || a.field("delivery", "by_name") != bureauAdmin {
		t.Errorf("discard: %d %s", a.status, a.body)
	}
	before := len(v.got())
	v.behave(nil)
	if a := s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers/"+made.Subscriber.ID+"/replay", nil); a.status != http.StatusOK || a.field("subscriber", "waiting") != 2.0 {
		t.Errorf("replay all: %d %s", a.status, a.body)
	}
	s.run("push")
	if all = v.got()[before:]; len(all) != 2 || all[0].sequence > all[1].sequence {
		t.Errorf("replayed: %+v", all)
	}
}

func TestASubscriberThatWantsNothingMoreIsSwitchedOff(t *testing.T) {
	s := servePush(t)
	v := receive(t, says(http.StatusGone))
	made := s.subscribe(v.URL)
	s.telephone(schoolA, "1")
	s.telephone(schoolB, "1")
	s.run("push")
	s.after(48 * time.Hour)
	s.run("push")
	if n := len(v.got()); n != 1 {
		t.Errorf("%d attempts", n)
	}
	desk := decoded[pb_hooks.PushDesk](t, s.do(bureauAdmin, http.MethodGet, "/api/app/push", nil))
	if one := desk.Subscribers[0]; one.State != "off" || !strings.Contains(one.OffReason, "410") || one.Waiting != 2 {
		t.Errorf("the subscriber: %+v", one)
	}
	if n := s.rowsOf("notifications", "kind = 'push' AND title LIKE '推送已停止%'"); n != 1 {
		t.Errorf("%d notices", n)
	}
	s.telephone(schoolA, "2") // it is told nothing more
	v.behave(nil)
	if a := s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers/"+made.Subscriber.ID+"/state", map[string]any{"state": "active"}); a.status != http.StatusOK || a.field("subscriber", "off_reason") != "" {
		t.Errorf("on again: %d %s", a.status, a.body)
	}
	s.run("push")
	if n := len(v.got()); n != 3 {
		t.Errorf("%d attempts after it was switched on", n)
	}
}

// What leads into an office network is refused where it is connected to, whatever
// the address says.
func TestDeliveriesDoNotReachTheOffice(t *testing.T) {
	s := servePush(t)
	v := receive(t, nil)
	form := pb_hooks.PushForm{Name: "外面", URL: strings.Replace(v.URL, "127.0.0.1", "localhost", 1), Events: eventCodes(), PlainAllowed: true}
	add := func() answer { return s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers", form) }
	refusedAt(t, add(), "url", "内网")
	form.URL = "https://registry.example.com/hook"
	a := add()
	if a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	// the name leads into the office since: as after a change of its DNS
	id := decoded[pb_hooks.PushSecrets](t, a).Subscriber.ID
	r, err := s.app.FindRecordById("push_subscribers", id)
	if err != nil {
		t.Fatal(err)
	}
	r.Set("url", v.URL)
	if err := s.app.Save(r); err != nil {
		t.Fatal(err)
	}
	a = s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers/"+id+"/test", nil)
	if desk := decoded[pb_hooks.PushDeliveryDesk](t, a); a.status != http.StatusOK || len(desk.Attempts) != 1 || desk.Attempts[0].Fault != "对方是内网地址，没有被允许" || desk.Delivery.State != "dead" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if n := len(v.got()); n != 0 {
		t.Errorf("%d deliveries reached the office", n)
	}
	// from a permitted receiver no redirect leads there
	office := receive(t, nil)
	v.behave(func(w http.ResponseWriter, r *http.Request, _ int) {
		http.Redirect(w, r, office.URL, http.StatusTemporaryRedirect)
	})
	made := s.subscribe(v.URL)
	a = s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers/"+made.Subscriber.ID+"/test", nil)
	if desk := decoded[pb_hooks.PushDeliveryDesk](t, a); desk.Attempts[0].Status != http.StatusTemporaryRedirect || desk.Attempts[0].Fault != "对方地址跳转，不跟随跳转" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if n := len(office.got()); n != 0 {
		t.Errorf("a redirect led there %d times", n)
	}
	// a test that failed is nobody's task
	if box := s.do(bureauAdmin, http.MethodGet, "/api/app/inbox", nil); box.has(`"kind":"push"`) {
		t.Errorf("the inbox: %s", box.body)
	}
}

// A server that dies between sending and remembering sends again, under the same id.
func TestADeliveryThatWasCutShortComesAgain(t *testing.T) {
	s := servePush(t)
	v := receive(t, nil)
	s.subscribe(v.URL)
	s.telephone(schoolA, "1")
	s.telephone(schoolA, "2")
	writes := 0
	hook := s.app.OnRecordUpdateExecute("push_deliveries").BindFunc(func(e *core.RecordEvent) error {
		if writes++; writes == 2 { // the first holds it, the second remembers what became of it
			return errors.New("the power went off")
		}
		return e.Next()
	})
	s.run("push")
	s.app.OnRecordUpdateExecute("push_deliveries").Unbind(hook)
	s.run("push") // somebody may still be sending it
	if all := v.got(); len(all) != 1 || s.rowsOf("push_attempts", "TRUE") != 0 {
		t.Fatalf("%+v", all)
	}
	s.after(3 * time.Minute)
	s.run("push")
	all := v.got()
	if len(all) != 3 || all[0].id != all[1].id || all[0].body != all[1].body || all[2].id == all[1].id || all[2].sequence < all[1].sequence {
		t.Errorf("%+v", all)
	}
	if n := len(s.deliveries("delivered")); n != 2 {
		t.Errorf("%d delivered", n)
	}
}

// Two servers on one database and people who press the button at the same time:
// each delivery arrives once, in the order of its school.
func TestManyDeliverTogether(t *testing.T) {
	s := servePush(t)
	v := receive(t, func(w http.ResponseWriter, _ *http.Request, _ int) { time.Sleep(time.Millisecond) })
	s.subscribe(v.URL)
	for range 5 {
		s.telephone(schoolA, core.GenerateDefaultRandomId())
		s.telephone(schoolB, core.GenerateDefaultRandomId())
	}
	other := core.NewBaseApp(core.BaseAppConfig{DataDir: s.app.DataDir(), DBConnect: pb_hooks.ConnectDB})
	o := options()
	o.Push = &webhook.Sender{Longest: 2 * time.Second}
	pb_hooks.Register(other, o)
	if err := other.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := other.ResetBootstrapState(); err != nil {
			t.Error(err)
		}
	}()
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() { s.run("push") })
		all.Go(func() {
			for _, job := range other.Cron().Jobs() {
				if job.Id() == "push" {
					job.Run()
				}
			}
		})
	}
	all.Wait()
	for range 3 { // what one held while the other looked
		s.run("push")
	}
	seen, last := map[string]bool{}, map[string]int{}
	for _, one := range v.got() {
		if seen[one.id] || one.sequence < last[one.lane] {
			t.Errorf("%s of %s comes again or late", one.id, one.lane)
		}
		seen[one.id], last[one.lane] = true, one.sequence
	}
	if len(seen) != 10 || len(s.deliveries("delivered")) != 10 {
		t.Errorf("%d arrived", len(seen))
	}
}

func TestASilentSubscriberIsTold(t *testing.T) {
	s := servePush(t)
	v := receive(t, says(http.StatusServiceUnavailable))
	made := s.subscribe(v.URL)
	if a := s.pull(made.Token, ""); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	s.telephone(schoolA, "1")
	s.run("push")
	s.run("push-alarms")
	if n := s.rowsOf("notifications", "kind = 'push'"); n != 0 {
		t.Fatalf("%d notices at once", n)
	}
	s.after(25 * time.Hour)
	s.run("push-alarms")
	s.run("push-alarms")
	if n := s.rowsOf("notifications", "kind = 'push' AND title LIKE '推送一天没有送到%'"); n != 1 {
		t.Errorf("%d notices", n)
	}
	if box := s.do(bureauAdmin, http.MethodGet, "/api/app/inbox", nil); !box.has("很久没有动静") {
		t.Errorf("the inbox: %s", box.body)
	}
	v.behave(nil)
	s.run("push")
	s.run("push-alarms")
	if box := s.do(bureauAdmin, http.MethodGet, "/api/app/inbox", nil); box.has(`"kind":"push"`) {
		t.Errorf("it is heard again: %s", box.body)
	}
	s.after(4 * 24 * time.Hour)
	s.run("push-alarms")
	if n := s.rowsOf("notifications", "kind = 'push' AND title LIKE '三天没有来取数%'"); n != 1 {
		t.Errorf("%d notices that nobody pulls", n)
	}
	// what is old is forgotten
	s.after(91 * 24 * time.Hour)
	s.run("push-alarms")
	if n := s.rowsOf("push_attempts", "TRUE") + s.rowsOf("push_deliveries", "TRUE"); n != 0 {
		t.Errorf("%d rows are kept", n)
	}
}
