package pb_hooks_test

import (
	"bytes"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks"
)

// dataKey seals what the tests of requests file.
const dataKey = "5f2c8a1e9b7d4063c1fa82e5d09b6473a8e1f5c07d92b46e3fd8170ac5e9b214"

// serveRequests is a server that takes applications.
func serveRequests(t testing.TB) *server {
	t.Helper()
	t.Setenv(keyEnv, dataKey)
	return serve(t)
}

// goodApplication is one that nothing stands against.
func goodApplication() map[string]any {
	return map[string]any{"class": "person", "name": "张三丰", "id_kind": "passport", "id_number": "E12345678", "address": "示范区晨光路 8 号", "phone": "13800138000",
		"email": "zhang@example.cn", "subject": "2025 学年食堂供餐单位的招标结果", "details": "中标单位、评分表", "forms": []string{"paper", "file"},
		"ways": []string{"by_post"}, "any_way": true, "promised": true, "resend": "form-" + strings.ReplaceAll(time.Now().Format("150405.000000000"), ".", "-")}
}

// filledIn is an application with some fields changed; nil takes one away.
func filledIn(application map[string]any, change map[string]any) map[string]any {
	a := maps.Clone(application)
	maps.Copy(a, change)
	for field, value := range change {
		if value == nil {
			delete(a, field)
		}
	}
	return a
}

type paper struct {
	field, name string
	data        []byte
}

// fileAs sends the form of an application, with proofs. A visitor's who brings no
// proof of work solves one, as a browser does, and is held to no pace.
func (s *server) fileAs(as, path string, application map[string]any, papers ...paper) answer {
	s.t.Helper()
	if _, brought := application["proof"]; as == "" && !brought {
		pb_hooks.ForgetPaces(s.app)
		application = filledIn(application, map[string]any{"proof": s.solved()})
	}
	body, kind := encoded(s.t, "application", application, papers...)
	return s.send(as, http.MethodPost, path, kind, bytes.NewReader(body))
}

const doorA = "/api/app/schools/9999990001/requests"

func (s *server) proof() paper { return paper{"proofs", "证件.png", picture(s.t)} }

// filed files a good application as a visitor and returns the record's id, the
// number and the code.
func (s *server) filed() (id, number, code string) {
	s.t.Helper()
	a := s.fileAs("", doorA, goodApplication(), s.proof())
	if a.status != http.StatusOK {
		s.t.Fatalf("file: %d %s", a.status, a.body)
	}
	number, code = a.field("number").(string), a.field("code").(string)
	r, err := s.app.FindFirstRecordByData("foi_requests", "number", number)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.Id, number, code
}

// stepAs asks for a step of a request.
func (s *server) stepAs(as, request, do string, with map[string]any) answer {
	s.t.Helper()
	body := map[string]any{"do": do}
	maps.Copy(body, with)
	return s.do(as, http.MethodPost, "/api/app/requests/"+request+"/steps", body)
}

// mustAct takes steps that succeed.
func (s *server) mustAct(as, request, do string, with map[string]any) answer {
	s.t.Helper()
	a := s.stepAs(as, request, do, with)
	if a.status != http.StatusOK {
		s.t.Fatalf("%s as %s: %d %s", do, as, a.status, a.body)
	}
	return a
}

// draftAnswer writes the draft of an answer.
func (s *server) draftAnswer(as, request string, reply map[string]any) answer {
	s.t.Helper()
	now := s.do(as, http.MethodGet, "/api/app/requests/"+request, nil)
	body := maps.Clone(reply)
	if draft, ok := now.field("draft").(map[string]any); ok {
		body["updated"] = draft["updated"]
	}
	a := s.do(as, http.MethodPut, "/api/app/requests/"+request+"/draft", body)
	if a.status != http.StatusOK {
		s.t.Fatalf("draft: %d %s", a.status, a.body)
	}
	return a
}

// provided is an answer that tells how to get what was asked for.
var provided = map[string]any{"outcome": "1.1", "content": "2025 学年食堂供餐单位的招标结果", "obtain": "请在工作日到校长办公室领取复印件"}

// underReview is a request whose answer was submitted.
func (s *server) underReview() (id, hash string) {
	s.t.Helper()
	id, _, _ = s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(*s.now.Load())})
	s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"})
	s.draftAnswer(clerkA, id, provided)
	a := s.mustAct(clerkA, id, "submit_answer", nil)
	return id, a.field("in_review", "hash").(string)
}

// answered is a request that was answered: with whose sign-offs.
func (s *server) answered() (id string) {
	s.t.Helper()
	id, hash := s.underReview()
	s.mustAct(secrecyA, id, "clear", map[string]any{"hash": hash})
	s.mustAct(officerA, id, "endorse", map[string]any{"hash": hash})
	s.mustAct(principalA, id, "sign", map[string]any{"hash": hash})
	return id
}

func dayOf(at time.Time) string { return at.In(time.FixedZone("CST", 8*3600)).Format(time.DateOnly) }
