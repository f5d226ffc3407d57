package pb_hooks_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks"
)

func TestPushIsTheBureaus(t *testing.T) {
	s := servePush(t)
	v := receive(t, says(http.StatusBadRequest))
	made := s.subscribe(v.URL)
	test := decoded[pb_hooks.PushDeliveryDesk](t, s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers/"+made.Subscriber.ID+"/test", nil))
	one, delivery := "/api/app/push/subscribers/"+made.Subscriber.ID, "/api/app/push/deliveries/"+test.Delivery.ID
	form := pb_hooks.PushForm{Name: "甲", URL: v.URL, Events: eventCodes(), PlainAllowed: true, PrivateAllowed: true}
	reads := []string{"/api/app/push", "/api/app/push/deliveries", delivery}
	readers, managers := []string{supervisor, bureauReviewer, auditor, bureauAdmin}, []string{bureauAdmin}
	writes := []struct {
		method, path string
		body         any
	}{
		{http.MethodPost, "/api/app/push/subscribers", form}, {http.MethodPut, one, form}, {http.MethodPost, one + "/state", map[string]any{"state": "active"}},
		{http.MethodPost, one + "/rotate", map[string]any{"what": "token"}}, {http.MethodPost, one + "/test", nil}, {http.MethodPost, one + "/replay", nil},
		{http.MethodPost, delivery + "/replay", nil}, {http.MethodPost, delivery + "/discard", map[string]any{"reason": "不要了"}}, {http.MethodDelete, one, nil},
	}
	for _, who := range viewers {
		for _, path := range reads {
			a := s.do(who, http.MethodGet, path, nil)
			if may := slices.Contains(readers, who); may != (a.status == http.StatusOK) {
				t.Errorf("%q reads %s: %d", who, path, a.status)
			}
			if a.has(made.Token) || a.has(made.SigningKey) || a.has("signing_key\":\"") || a.has("token_hash") {
				t.Errorf("%s shows a secret: %s", path, a.body)
			}
		}
		if slices.Contains(managers, who) {
			continue
		}
		for _, w := range writes {
			if a := s.do(who, w.method, w.path, w.body); a.status != http.StatusForbidden && a.status != http.StatusUnauthorized {
				t.Errorf("%q %s %s: %d %s", who, w.method, w.path, a.status, a.body)
			}
		}
	}
	for _, w := range writes {
		if a := s.do(bureauAdmin, w.method, w.path, w.body); a.status != http.StatusOK {
			t.Errorf("the administrator %s %s: %d %s", w.method, w.path, a.status, a.body)
		}
		if w.method == http.MethodDelete {
			continue
		}
		if a := s.do(bureauAdmin, w.method, strings.Replace(strings.Replace(w.path, made.Subscriber.ID, "nobody000000000", 1), test.Delivery.ID, "nothing00000000", 1), w.body); w.path != "/api/app/push/subscribers" && a.status != http.StatusNotFound {
			t.Errorf("%s of nothing: %d %s", w.path, a.status, a.body)
		}
	}
	if a := s.do(bureauAdmin, http.MethodPut, one, form); a.status != http.StatusNotFound {
		t.Errorf("a deleted one is edited: %d", a.status)
	}
}

func TestSecretsAreKeptFromTheDatabaseAndTheAudit(t *testing.T) {
	s := servePush(t)
	made := s.subscribe("https://registry.example.com/hook")
	var row struct {
		Token string `db:"token_hash"`
		Key   string `db:"signing_key"`
	}
	if err := s.app.DB().NewQuery("SELECT token_hash, signing_key FROM push_subscribers").One(&row); err != nil {
		t.Fatal(err)
	}
	if row.Token == "" || row.Token == made.Token || len(row.Key) < 50 || strings.Contains(row.Key, made.SigningKey) {
		t.Errorf("stored: %+v", row)
	}
	var audit string
	if err := s.app.DB().NewQuery("SELECT group_concat(detail) FROM audit_log").Row(&audit); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(audit, made.Token) || strings.Contains(audit, made.SigningKey) || !strings.Contains(audit, "registry.example.com") {
		t.Errorf("the audit: %s", audit)
	}
}

func TestSecretsOverlapWhenTheyAreReplaced(t *testing.T) {
	s := servePush(t)
	v := receive(t, nil)
	first := s.subscribe(v.URL)
	path := "/api/app/push/subscribers/" + first.Subscriber.ID
	rotate := func(what string, atOnce bool) pb_hooks.PushSecrets {
		t.Helper()
		a := s.do(bureauAdmin, http.MethodPost, path+"/rotate", map[string]any{"what": what, "at_once": atOnce})
		if a.status != http.StatusOK {
			t.Fatal(a.body)
		}
		return decoded[pb_hooks.PushSecrets](t, a)
	}
	pulls := func(token string, want int) {
		t.Helper()
		if a := s.pull(token, ""); a.status != want {
			t.Errorf("%d, want %d", a.status, want)
		}
	}
	second := rotate("token", false)
	if second.SigningKey != "" || second.Subscriber.OldTokenUntil == "" {
		t.Errorf("%+v", second)
	}
	pulls(first.Token, http.StatusOK)
	pulls(second.Token, http.StatusOK)
	s.after(25 * time.Hour)
	pulls(first.Token, http.StatusUnauthorized)
	pulls(second.Token, http.StatusOK)
	third := rotate("token", true)
	pulls(second.Token, http.StatusUnauthorized)
	pulls(third.Token, http.StatusOK)

	signatures := func() int {
		t.Helper()
		s.do(bureauAdmin, http.MethodPost, path+"/test", nil)
		all := v.got()
		return len(strings.Fields(all[len(all)-1].header.Get("webhook-signature")))
	}
	if n := signatures(); n != 1 {
		t.Errorf("%d signatures before", n)
	}
	if made := rotate("key", false); made.Token != "" || made.SigningKey == first.SigningKey || made.Subscriber.OldKeyUntil == "" {
		t.Errorf("%+v", made)
	}
	if n := signatures(); n != 2 {
		t.Errorf("%d signatures while both keys are good", n)
	}
	s.after(25 * time.Hour)
	if n := signatures(); n != 1 {
		t.Errorf("%d signatures after a day", n)
	}
	rotate("key", true)
	if n := signatures(); n != 1 {
		t.Errorf("%d signatures after the key was thrown away", n)
	}
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, path+"/rotate", map[string]any{"what": "both"}), "what", "请选择")
	// paused: nothing is sent and nothing pulled, and nothing is lost
	if a := s.do(bureauAdmin, http.MethodPost, path+"/state", map[string]any{"state": "paused"}); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	before := len(v.got())
	s.telephone(schoolA, "1")
	s.run("push")
	pulls(third.Token, http.StatusForbidden)
	if len(v.got()) != before {
		t.Error("a paused subscriber is told something")
	}
	s.do(bureauAdmin, http.MethodPost, path+"/state", map[string]any{"state": "active"})
	s.run("push")
	if len(v.got()) != before+1 {
		t.Error("what happened meanwhile is lost")
	}
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, path+"/state", map[string]any{"state": "deleted"}), "state", "暂停还是恢复")
	if a := s.do(bureauAdmin, http.MethodDelete, path, nil); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	pulls(third.Token, http.StatusUnauthorized)
}

func TestABadSubscriberIsRefusedAtItsField(t *testing.T) {
	s := servePush(t)
	good := pb_hooks.PushForm{Name: "甲", URL: "https://registry.example.com/hook", Events: []string{"school.opened"}}
	for _, tt := range []struct {
		change          func(f *pb_hooks.PushForm)
		field, sentence string
	}{
		{func(f *pb_hooks.PushForm) { f.Name = " " }, "name", "名称"},
		{func(f *pb_hooks.PushForm) { f.Name = strings.Repeat("长", 61) }, "name", "60"},
		{func(f *pb_hooks.PushForm) { f.Events = []string{"test", "nothing"} }, "events", "至少"},
		{func(f *pb_hooks.PushForm) { f.URL = "http://registry.example.com/hook" }, "url", "https"},
		{func(f *pb_hooks.PushForm) { f.URL = "registry.example.com/hook" }, "url", "完整"},
		{func(f *pb_hooks.PushForm) { f.URL = "https://" }, "url", "完整"},
		{func(f *pb_hooks.PushForm) { f.URL = "file:///etc/passwd" }, "url", "完整"},
		{func(f *pb_hooks.PushForm) { f.URL = "javascript:alert(1)" }, "url", "完整"},
		{func(f *pb_hooks.PushForm) { f.URL = "https://a:b@registry.example.com/" }, "url", "完整"},
		{func(f *pb_hooks.PushForm) { f.URL = "https://registry.example.com/#x" }, "url", "完整"},
		{func(f *pb_hooks.PushForm) { f.URL = "https://registry.example.com/" + strings.Repeat("x", 500) }, "url", "完整"},
		{func(f *pb_hooks.PushForm) { f.URL = "https://10.1.2.3/hook" }, "url", "内网"},
		{func(f *pb_hooks.PushForm) { f.URL = "https://169.254.169.254/latest" }, "url", "内网"},
		{func(f *pb_hooks.PushForm) { f.URL = "https://[::1]/" }, "url", "内网"},
		{func(f *pb_hooks.PushForm) { f.URL = "https://localhost/" }, "url", "内网"},
	} {
		form := good
		tt.change(&form)
		refusedAt(t, s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers", form), tt.field, tt.sentence)
	}
	if n := s.rowsOf("push_subscribers", "TRUE"); n != 0 {
		t.Errorf("%d were stored", n)
	}
	for range 20 {
		if a := s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers", good); a.status != http.StatusOK {
			t.Fatal(a.body)
		}
	}
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers", good), "name", "20")
}

func TestWithoutADataKeyNoSecretIsStored(t *testing.T) {
	t.Setenv(keyEnv, "")
	s := serve(t)
	a := s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers", pb_hooks.PushForm{Name: "甲"})
	if a.status != http.StatusServiceUnavailable || !a.has("gongkai doctor") || s.rowsOf("push_subscribers", "TRUE") != 0 {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// Who looks finds the deliveries of a school and those that failed for one reason, and
// sees how much there is in an hour.
func TestDeliveriesAreFoundByWhatBecameOfThem(t *testing.T) {
	s := servePush(t)
	v := receive(t, nil)
	v.behave(func(w http.ResponseWriter, _ *http.Request, _ int) {
		if all := v.got(); all[len(all)-1].lane == "9999990001" {
			w.WriteHeader(http.StatusUnprocessableEntity)
		}
	})
	s.subscribe(v.URL)
	s.telephone(schoolA, "1")
	s.after(2 * time.Hour)
	s.telephone(schoolA, "2")
	s.telephone(schoolB, "1")
	s.run("push")
	for query, want := range map[string]int{"": 3, "school=9999990001": 2, "school=9999990002": 1, "fault=refused": 1, "fault=broken": 0, "fault=refused&school=9999990002": 0, "school=9999990001&state=waiting": 2, "fault=x'": 0} {
		list := decoded[pb_hooks.PushDeliveryList](t, s.do(auditor, http.MethodGet, "/api/app/push/deliveries?"+query, nil))
		if list.Total != want || len(list.Items) != want {
			t.Errorf("%s: %d, want %d", query, list.Total, want)
		}
	}
	desk := decoded[pb_hooks.PushDesk](t, s.do(auditor, http.MethodGet, "/api/app/push", nil))
	if one := desk.Subscribers[0]; one.HourMade != 2 || one.HourTried != 2 || one.Waiting != 2 {
		t.Errorf("the last hour: %+v", one)
	}
	if !slices.Equal(desk.Schools, []pb_hooks.NamedCode{{Code: "9999990002", Name: "云帆中学"}, {Code: "9999990001", Name: "晨光小学"}}) || len(desk.Faults) == 0 {
		t.Errorf("to choose from: %+v", desk.Schools)
	}
}

// Whoever still pulls with a token that soon ends is told of, once.
func TestAnOldTokenInUseIsTold(t *testing.T) {
	s := servePush(t)
	first := s.subscribe("")
	path := "/api/app/push/subscribers/" + first.Subscriber.ID
	second := decoded[pb_hooks.PushSecrets](t, s.do(bureauAdmin, http.MethodPost, path+"/rotate", map[string]any{"what": "token"}))
	expect := func(inUse bool, notices int) {
		t.Helper()
		s.run("push-alarms")
		desk := decoded[pb_hooks.PushDesk](t, s.do(auditor, http.MethodGet, "/api/app/push", nil))
		if n := s.rowsOf("notifications", "kind = 'push' AND title LIKE '旧令牌就要失效%'"); desk.Subscribers[0].OldTokenInUse != inUse || n != notices {
			t.Errorf("in use: %v, %d notices", desk.Subscribers[0].OldTokenInUse, n)
		}
	}
	s.pull(second.Token, "")
	expect(false, 0)
	s.after(time.Second)
	s.pull(first.Token, "")
	expect(true, 0)
	s.after(19 * time.Hour)
	expect(true, 1)
	s.after(time.Hour)
	expect(true, 1)
	s.pull(second.Token, "")
	expect(false, 1)
}
