package pb_hooks_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

const ordersPath = "/api/app/orders"

// anOrder is one that nothing stands against, to both schools.
func anOrder(change map[string]any) map[string]any {
	return filledIn(map[string]any{"kind": "rectification", "title": "补齐食堂管理栏目", "text": "按周公布食谱，公开本学期伙食费收支。", "days": 5,
		"schools": []string{"9999990001", "9999990002"}}, change)
}

// issued issues an order to school A: its id, the id of the part, and the path of it.
func (s *server) issued(change map[string]any) (order, part, path string) {
	s.t.Helper()
	a := s.do(supervisor, http.MethodPost, ordersPath, anOrder(filledIn(map[string]any{"schools": []string{"9999990001"}}, change)))
	if a.status != http.StatusOK {
		s.t.Fatalf("issue: %d %s", a.status, a.body)
	}
	order, part = a.field("id").(string), a.field("part", "id").(string)
	return order, part, ordersPath + "/" + order + "/parts/" + part
}

// orderStep asks for a step of a part.
func (s *server) orderStep(as, path, do string, with map[string]any) answer {
	s.t.Helper()
	return s.do(as, http.MethodPost, path+"/steps", filledIn(map[string]any{"do": do}, with))
}

// mustOrder takes a step that succeeds.
func (s *server) mustOrder(as, path, do string, with map[string]any) answer {
	s.t.Helper()
	a := s.orderStep(as, path, do, with)
	if a.status != http.StatusOK {
		s.t.Fatalf("%s as %s: %d %s", do, as, a.status, a.body)
	}
	return a
}

// evidence adds a picture to a part.
func (s *server) evidence(as, path, name string) answer {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(picture(s.t))
	}
	if err != nil || w.Close() != nil {
		s.t.Fatal(err)
	}
	return s.send(as, http.MethodPost, path+"/files", w.FormDataContentType(), &b)
}

func because(text string) map[string]any { return map[string]any{"reason": text} }

// From the issue over a return to the closing, with what each side sees and is told.
func TestAnOrderFromIssueToClosing(t *testing.T) {
	s := serveRequests(t)
	a := s.do(supervisor, http.MethodPost, ordersPath, anOrder(nil))
	if a.status != http.StatusOK || a.field("number") != "ZG2026-0001" || a.field("part") != nil || a.field("counts", "issued") != 2.0 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	id := a.field("id").(string)
	mine := s.do(principalA, http.MethodGet, ordersPath+"/"+id, nil)
	if mine.field("part", "number") != "ZG2026-0001-01" || mine.field("part", "due") != "2026-11-30" || mine.field("part", "ack_by") != "2026-11-25" || mine.has("云帆") {
		t.Fatalf("the school sees %s", mine.body)
	}
	path := ordersPath + "/" + id + "/parts/" + mine.field("part", "id").(string)
	if box := s.do(principalA, http.MethodGet, "/api/app/inbox", nil); !box.has("ZG2026-0001 补齐食堂管理栏目", "待签收", `"due":"2026-11-25"`) {
		t.Errorf("the inbox: %s", box.body)
	}
	if n := s.rowsOf("notifications", "title LIKE '收到整改通知书：ZG2026-0001%' AND staff = '"+s.person(officerA)+"'"); n != 1 {
		t.Errorf("the officer is told %d times", n)
	}
	s.mustOrder(officerA, path, "acknowledge", nil)
	refusedAt(t, s.orderStep(officerA, path, "submit", nil), "reason", "写明整改的情况")
	s.mustOrder(officerA, path, "ask_extension", map[string]any{"reason": "账目要逐月核对", "days": 3})
	if box := s.do(supervisor, http.MethodGet, "/api/app/inbox", nil); !box.has("申请延期，待决定") {
		t.Errorf("the supervisor's inbox: %s", box.body)
	}
	if a := s.mustOrder(supervisor, path, "grant_extend", map[string]any{"days": 2}); a.field("part", "due") != "2026-12-02" {
		t.Errorf("extended to %v", a.field("part", "due"))
	}
	if a := s.evidence(officerA, path, "收支表.png"); a.status != http.StatusOK {
		t.Fatalf("evidence: %d %s", a.status, a.body)
	}
	a = s.mustOrder(principalA, path, "submit", because("已经按周公布食谱。"))
	if a.field("part", "state") != "submitted" || !a.has("收支表.png") || a.field("part", "may_upload") != false {
		t.Errorf("submitted: %s", a.body)
	}
	refusedAt(t, s.orderStep(principalA, path, "close", nil), "do", "由区级监督员办理")
	refusedAt(t, s.orderStep(supervisor, path, "return", because("收支表缺十月")), "days", "1 至 60 个工作日")
	if a = s.mustOrder(supervisor, path, "return", map[string]any{"reason": "收支表缺十月", "days": 4}); a.field("part", "due") != "2026-11-27" {
		t.Errorf("returned, due %v", a.field("part", "due"))
	}
	s.mustOrder(officerA, path, "submit", because("已经补齐。"))
	a = s.mustOrder(supervisor, path, "close", nil)
	if a.field("part", "state") != "closed" || a.field("part", "on_time") != true || a.field("counts", "closed") != 1.0 || a.field("counts", "issued") != 1.0 {
		t.Errorf("closed: %s", a.body)
	}
	refusedAt(t, s.orderStep(officerA, path, "submit", because("再来")), "do", "“已办结”的督办不能")
	if a := s.do(supervisor, http.MethodPost, ordersPath+"/"+id+"/withdraw", because("另行部署")); a.status != http.StatusOK || a.field("counts", "withdrawn") != 1.0 || a.field("counts", "closed") != 1.0 {
		t.Errorf("withdrawn: %d %s", a.status, a.body)
	}
	refusedAt(t, s.do(supervisor, http.MethodPost, ordersPath+"/"+id+"/withdraw", because("再撤")), "do", "全部办结")
	if report := s.verified(); !report.IsIntact() {
		t.Errorf("the audit: %v", report.Breaks)
	}
	for _, sql := range []string{"UPDATE orders SET title = 'x'", "DELETE FROM orders", "DELETE FROM order_parts", "UPDATE order_parts SET school = 'x'",
		"UPDATE order_steps SET reason = 'x'", "DELETE FROM order_steps", "DELETE FROM order_files", "UPDATE order_files SET sha256 = 'x'"} {
		if _, err := s.app.DB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("%s is done", sql)
		}
	}
}

func TestABadOrderIsRefusedAtItsFields(t *testing.T) {
	s := serveRequests(t)
	request, _, _ := s.filed()
	for _, tt := range []struct {
		change          map[string]any
		field, sentence string
	}{
		{map[string]any{"kind": "x"}, "kind", "请选择"},
		{map[string]any{"title": " "}, "title", "请填写事由"},
		{map[string]any{"text": strings.Repeat("长", 2001)}, "text", "不能超过 2000 字"},
		{map[string]any{"days": 0}, "days", "1 至 60"},
		{map[string]any{"schools": []string{}}, "schools", "请选择学校"},
		{map[string]any{"schools": []string{"1"}}, "schools", "不在名单里"},
		{map[string]any{"source": "request", "ref": "none"}, "ref", "没有这一件"},
		{map[string]any{"source": "request"}, "ref", "由哪一件引起"},
		{map[string]any{"source": "request", "ref": request, "schools": []string{"9999990002"}}, "schools", "只能发给办理的学校"},
	} {
		refusedAt(t, s.do(supervisor, http.MethodPost, ordersPath, anOrder(tt.change)), tt.field, tt.sentence)
	}
	for status, words := range map[string]string{"planned": "云帆中学还在筹建", "merged": "云帆中学已经合并", "closed": "云帆中学已经撤销"} {
		r := s.record("schools", schoolB)
		r.Set("status", status)
		if err := s.app.Save(r); err != nil {
			t.Fatal(err)
		}
		a := s.do(supervisor, http.MethodPost, ordersPath, anOrder(nil))
		refusedAt(t, a, "schools", words)
		if a.has("晨光") {
			t.Errorf("the open school is blamed: %s", a.body)
		}
	}
	if n := s.rowsOf("orders", "1") + s.rowsOf("order_parts", "1") + s.rowsOf("foi_serials", "series LIKE 'order%'"); n != 0 {
		t.Errorf("%d rows are stored", n)
	}
	_, _, path := s.issued(map[string]any{"source": "request", "ref": request, "kind": "supervision"})
	if a := s.do(principalA, http.MethodGet, strings.Split(path, "/parts")[0], nil); a.field("number") != "DB2026-0001" || !strings.HasPrefix(a.field("occasion").(string), "信息公开申请 SQ2026-") || a.field("link") != "/requests/"+request {
		t.Errorf("%s", a.body)
	}
	if a := s.do(clerkA, http.MethodGet, ordersPath+"?source=request&ref="+request, nil); a.field("total") != 1.0 {
		t.Errorf("the case does not lead to its order: %s", a.body)
	}
	if a := s.do(supervisor, http.MethodGet, ordersPath+"/form?source=request&ref="+request, nil); a.status != 200 || a.has("云帆") || !a.has("信息公开申请 SQ2026-", `"2026-11-24"`) {
		t.Errorf("the form: %d %s", a.status, a.body)
	}
}

var (
	orderReadersA = []string{principalA, officerA, clerkA, reviewerA, editorA, secondA, supervisor, bureauReviewer, bureauAdmin, auditor}
	orderReadersB = []string{editorB, reviewerB, clerkB, supervisor, bureauReviewer, bureauAdmin, auditor}
)

func TestOrdersAreReadByEachKindOfPerson(t *testing.T) {
	s := serveRequests(t)
	id, part, _ := s.issued(nil)
	toB := s.do(supervisor, http.MethodPost, ordersPath, anOrder(map[string]any{"title": "只给云帆", "schools": []string{"9999990002"}}))
	for _, who := range viewers {
		forA, forB := slices.Contains(orderReadersA, who), slices.Contains(orderReadersB, who)
		for path, may := range map[string]bool{"/" + id: forA, "/" + id + "?part=" + part: forA, "/" + toB.field("id").(string): forB} {
			if a := s.do(who, http.MethodGet, ordersPath+path, nil); (a.status == http.StatusOK) != may || !may && a.has("食堂") {
				t.Errorf("%q opens %s: %d", who, path, a.status)
			}
		}
		a := s.do(who, http.MethodGet, ordersPath, nil)
		if (a.status == http.StatusOK) != (forA || forB) || a.has("补齐食堂") != forA || a.has("只给云帆") != forB {
			t.Errorf("%q lists %d %s", who, a.status, a.body)
		}
		if a := s.do(who, http.MethodGet, ordersPath+".xlsx", nil); (a.status == http.StatusOK) != (forA || forB) {
			t.Errorf("%q exports: %d", who, a.status)
		}
	}
	for query, want := range map[string]float64{"?state=issued": 2, "?state=closed": 0, "?school=9999990002": 1, "?q=ZG2026-0002": 1, "?q=云帆": 1, "?q=%27": 0, "?kind=supervision": 0,
		"?open=1": 2, "?overdue=1": 0, "?mine=1": 0, "?from=2026-11-23&to=2026-11-23": 2, "?from=2026-11-24": 0, "?source=hand": 2, "?ref=x": 0, "?school=none": 0, "?on_time=1": 0, "?late=1": 0} {
		if a := s.do(supervisor, http.MethodGet, ordersPath+query, nil); a.field("total") != want {
			t.Errorf("%s: %v, want %v: %d", query, a.field("total"), want, a.status)
		}
	}
	if a := s.do(officerA, http.MethodGet, ordersPath+"?mine=1", nil); a.field("total") != 1.0 {
		t.Errorf("what waits for the officer: %s", a.body)
	}
}

func TestWhoActsOnAnOrder(t *testing.T) {
	s := serveRequests(t)
	for _, who := range viewers {
		if who == supervisor {
			continue
		}
		for _, a := range []answer{s.do(who, http.MethodPost, ordersPath, anOrder(nil)), s.do(who, http.MethodGet, ordersPath+"/form", nil)} {
			if a.status != 401 && a.status != 403 {
				t.Errorf("%q makes an order: %d %s", who, a.status, a.body)
			}
		}
	}
	id, _, path := s.issued(nil)
	for _, who := range viewers {
		for do, may := range map[string][]string{"acknowledge": {principalA, officerA}, "withdraw": {supervisor}, "talk": {supervisor}, "remind": nil, "recount": nil} {
			if slices.Contains(may, who) {
				continue
			}
			if a := s.orderStep(who, path, do, because("原因")); a.status < 400 {
				t.Errorf("%q does %s: %d", who, do, a.status)
			}
		}
		if who != supervisor {
			if a := s.do(who, http.MethodPost, ordersPath+"/"+id+"/withdraw", because("原因")); a.status < 400 {
				t.Errorf("%q withdraws it all: %d", who, a.status)
			}
		}
	}
	if n := s.rowsOf("order_steps", "1"); n != 1 {
		t.Errorf("%d steps are stored", n)
	}
}

func TestEvidenceOfAnOrder(t *testing.T) {
	s := serveRequests(t)
	_, _, path := s.issued(nil)
	if a := s.evidence(officerA, path, "太早.png"); a.status != http.StatusForbidden {
		t.Errorf("before it is acknowledged: %d", a.status)
	}
	s.mustOrder(officerA, path, "acknowledge", nil)
	for _, who := range viewers {
		if may := slices.Contains([]string{principalA, officerA}, who); !may {
			if a := s.evidence(who, path, "x.png"); a.status < 400 {
				t.Errorf("%q uploads: %d", who, a.status)
			}
		}
	}
	refusedAt(t, s.evidence(officerA, path, "假.pdf"), "file", "")
	one, two := s.evidence(officerA, path, "旧.png").field("id").(string), s.evidence(principalA, path, "新.png").field("id").(string)
	open := func(who, file string) int { return s.do(who, http.MethodGet, path+"/files/"+file, nil).status }
	for _, who := range viewers { // what is not submitted is the school's own
		if may := slices.Contains([]string{principalA, officerA}, who); (open(who, two) == http.StatusOK) != may {
			t.Errorf("%q reads what is not submitted: %d", who, open(who, two))
		}
	}
	if a := s.do(clerkA, http.MethodDelete, path+"/files/"+one, nil); a.status < 400 {
		t.Errorf("the clerk removes it: %d", a.status)
	}
	if a := s.do(officerA, http.MethodDelete, path+"/files/"+one, nil); a.status != http.StatusNoContent {
		t.Errorf("removed: %d %s", a.status, a.body)
	}
	s.mustOrder(officerA, path, "submit", because("见附件"))
	for _, who := range viewers {
		if may := slices.Contains(orderReadersA, who); (open(who, two) == http.StatusOK) != may {
			t.Errorf("%q reads evidence: %d", who, open(who, two))
		}
		if a := s.do(who, http.MethodDelete, path+"/files/"+two, nil); a.status < 400 {
			t.Errorf("%q removes evidence: %d", who, a.status)
		}
	}
	s.mustOrder(supervisor, path, "return", map[string]any{"reason": "看不清", "days": 3})
	refusedAt(t, s.do(officerA, http.MethodDelete, path+"/files/"+two, nil), "id", "已经报送")
	_, _, other := s.issued(nil)
	if a := s.do(supervisor, http.MethodGet, other+"/files/"+two, nil); a.status != http.StatusNotFound {
		t.Errorf("read by way of another order: %d", a.status)
	}
}

func TestLettersOfAnOrder(t *testing.T) {
	s := serveRequests(t)
	_, _, path := s.issued(nil)
	s.mustOrder(officerA, path, "acknowledge", nil)
	s.mustOrder(officerA, path, "submit", because("已经公布。"))
	s.mustOrder(supervisor, path, "return", map[string]any{"reason": "还缺十月的收支", "days": 4})
	s.mustOrder(officerA, path, "submit", because("已经补齐。"))
	desk := s.mustOrder(supervisor, path, "close", nil)
	letters := map[string]string{}
	for _, step := range desk.field("part", "steps").([]any) {
		line := step.(map[string]any)
		if name := line["letter"].(string); name != "" {
			letters[name] = line["id"].(string)
		} else if a := s.do(supervisor, http.MethodGet, path+"/letters/"+line["id"].(string), nil); a.status != http.StatusNotFound {
			t.Errorf("%v has a letter: %d", line["do"], a.status)
		}
	}
	for name, says := range map[string][]string{
		"整改通知书":   {"示范区晨光小学：", "ZG2026-0001", "按周公布食谱", "2026年11月25日", "2026年11月30日"},
		"退回整改意见书": {"ZG2026-0001-01-退", "还缺十月的收支", "2026年11月27日"},
		"验收意见书":   {"ZG2026-0001-01-验", "准予办结"},
	} {
		a := s.do(principalA, http.MethodGet, path+"/letters/"+letters[name], nil)
		if a.status != http.StatusOK {
			t.Fatalf("%s: %d %s", name, a.status, a.body)
		}
		for _, text := range says {
			if printed := s.printed(a); !strings.Contains(printed, text) {
				t.Errorf("%s does not say %q:\n%s", name, text, printed)
			}
		}
		for _, who := range viewers {
			if a := s.do(who, http.MethodGet, path+"/letters/"+letters[name], nil); (a.status == http.StatusOK) != slices.Contains(orderReadersA, who) {
				t.Errorf("%q reads %s: %d", who, name, a.status)
			}
		}
	}
}

// What time does is done once, also after the server was off, and the talk is a task
// until it is recorded.
func TestWhatFallsDueInAnOrder(t *testing.T) {
	s := serveRequests(t)
	_, part, path := s.issued(nil) // Monday 2026-11-23: acknowledged by 25, due 30
	steps := func() string {
		var list []string
		if err := s.app.DB().NewQuery("SELECT trim(action || ' ' || norm) FROM order_steps WHERE part = '" + part + "' AND role = 'system' ORDER BY _rowid_").Column(&list); err != nil {
			t.Fatal(err)
		}
		return strings.Join(list, ", ")
	}
	s.wait(3 * 24 * time.Hour) // 26th
	if got := steps(); got != "escalate acknowledge, remind" {
		t.Errorf("on the 26th: %s", got)
	}
	s.wait(21 * 24 * time.Hour) // off until December 17: overdue by 13 working days
	s.run("order-clock")
	s.run("order-clock")
	if got := steps(); got != "escalate acknowledge, remind, escalate report, call_talk" {
		t.Errorf("after being off: %s", got)
	}
	if n := s.rowsOf("notifications", "kind = 'order' AND urgent AND staff = '"+s.person(supervisor)+"'"); n != 3 {
		t.Errorf("the supervisor is told %d times", n)
	}
	if c := s.today(principalA, "").Counts; c["orders_received"] != 1 || c["orders_open"] != 1 || c["orders_overdue"] != 1 || c["orders_closed"] != 0 {
		t.Errorf("counted while it is overdue: %v", c)
	}
	if a := s.do(supervisor, http.MethodGet, ordersPath+"?overdue=1&mine=1", nil); a.field("total") != 1.0 || !a.has(`"level":"talk"`, `"overdue":1`) {
		t.Errorf("the list: %s", a.body)
	}
	if a := s.do(supervisor, http.MethodGet, "/api/app/inbox", nil); !a.has("逾期，待约谈") {
		t.Errorf("the inbox: %s", a.body)
	}
	refusedAt(t, s.orderStep(supervisor, path, "talk", nil), "reason", "约谈的对象")
	refusedAt(t, s.orderStep(supervisor, path, "talk", map[string]any{"reason": "约谈", "on": "2027-01-01"}), "on", "不能晚于今天")
	s.mustOrder(supervisor, path, "talk", map[string]any{"reason": "约谈校长，要求三日内报送", "on": "2026-12-16"})
	if a := s.do(supervisor, http.MethodGet, "/api/app/inbox", nil); a.has("待约谈") {
		t.Errorf("the talk still waits: %s", a.body)
	}
	s.mustOrder(principalA, path, "acknowledge", nil)
	s.mustOrder(principalA, path, "submit", because("已经整改"))
	if a := s.mustOrder(supervisor, path, "close", nil); a.field("part", "on_time") != false {
		t.Errorf("late and on time: %s", a.body)
	}
	if c := s.today(principalA, "").Counts; c["orders_received"] != 1 || c["orders_open"] != 0 || c["orders_overdue"] != 0 || c["orders_closed"] != 1 || c["orders_on_time"] != 0 {
		t.Errorf("counted once it is closed late: %v", c)
	}
	if a := s.do(supervisor, http.MethodGet, ordersPath+"?late=1", nil); a.field("total") != 1.0 {
		t.Errorf("closed late: %s", a.body)
	}
}

// Each kind has a series of its own, without a gap, and a refused order takes no
// number.
func TestOrdersAreNumberedWithoutAGap(t *testing.T) {
	s := serveRequests(t)
	for i, kind := range []string{"supervision", "rectification", "supervision", "supervision"} {
		if i == 2 {
			refusedAt(t, s.do(supervisor, http.MethodPost, ordersPath, anOrder(map[string]any{"kind": kind, "source": "inquiry", "ref": "none"})), "ref", "没有这一件")
		}
		s.issued(map[string]any{"kind": kind})
	}
	var numbers []string
	if err := s.app.DB().NewQuery("SELECT number FROM orders ORDER BY _rowid_").Column(&numbers); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(numbers, " "); got != "DB2026-0001 ZG2026-0001 DB2026-0002 DB2026-0003" {
		t.Error(got)
	}
}
