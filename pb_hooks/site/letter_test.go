package site

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

func (f *fake) Letter(_ context.Context, channel, school string) (LetterPage, error) {
	v := LetterPage{Channel: Channel{Code: channel, Name: "校长信箱", Accept: 1, Reply: 5, Closed: f.closed != "", Notice: f.closed}, Bureau: "示例区教育局",
		Notes: []Named{{"谁来看", "学校的专管员和校长。"}, {"多久答复", "5 个工作日内答复。"}}}
	if school == "" {
		v.Channel.Name = "信息公开申诉"
		v.Schools = []SchoolRef{{middle, "示例区示范中学", "示范中学"}}
		return v, f.read("Letter")
	}
	s, err := f.school(school)
	if err != nil {
		return v, err
	}
	v.School = &s
	return v, f.read("Letter")
}

func TestHowToWriteIsReadWithoutScripts(t *testing.T) {
	s := newSite(t, newFake())
	for target, words := range map[string][]string{
		"/s/" + middle + "/ask":     {"示例区示范中学", "谁来看", "5 个工作日内答复", "开始填写", "需要启用 JavaScript", `href="tel:110"`, `href="tel:12345"`, "示例路 100 号"},
		"/s/" + middle + "/mailbox": {"可以写信给校长", "开始填写"},
		"/s/" + middle + "/correct": {"请告诉我们", "开始填写", `content="noindex"`},
		"/correct":                  {"示例区教育局", "开始填写", `content="noindex"`},
		"/appeal":                   {"示例区教育局", "可以向区教育局申诉", "021-00000000"},
		"/s/" + primary + "/ask":    {"不能在线写信", "021-00000000"},
	} {
		body := get(t, s, target).Body.String()
		for _, w := range words {
			if !strings.Contains(body, w) {
				t.Errorf("%s does not say %q", target, w)
			}
		}
	}
	if w := ask(t, s, http.MethodGet, "/s/nowhere/ask"); w.Code != http.StatusNotFound {
		t.Errorf("of no school: %d, want 404", w.Code)
	}
}

func TestAChannelThatIsClosedSaysWhatElseCanBeDone(t *testing.T) {
	f := newFake()
	f.closed = "系统升级，8 月 1 日恢复。"
	body := get(t, newSite(t, f), "/s/"+middle+"/mailbox").Body.String()
	for _, words := range []string{f.closed, "目前没有开放", "其他办法", `href="tel:12345"`} {
		if !strings.Contains(body, words) {
			t.Errorf("the page does not say %q", words)
		}
	}
	if strings.Contains(body, "开始填写") {
		t.Error("the form is offered")
	}
}

func TestEveryPageLeadsToItsCorrection(t *testing.T) {
	s := newSite(t, newFake())
	for target, want := range map[string]string{
		"/":                              "/correct?page=%2F",
		"/schools":                       "/correct?page=%2Fschools",
		"/s/" + middle:                   "/s/shifan/correct?page=%2Fs%2Fshifan",
		"/s/" + middle + "/A0401":        "/s/shifan/correct?page=%2Fs%2Fshifan%2FA0401",
		"/a/a2":                          "/s/shifan/correct?page=%2Fa%2Fa2",
		"/s/" + middle + "/apply":        "/s/shifan/correct?page=%2Fs%2Fshifan%2Fapply",
		"/s/" + middle + "/correct":      "/s/shifan/correct",
		"/s/" + middle + "/correct?page": "/s/shifan/correct",
		"/track":                         "/correct?page=%2Ftrack",
	} {
		if body := get(t, s, target).Body.String(); !strings.Contains(body, `id="correct-link" href="`+want+`"`) {
			t.Errorf("%s does not lead to %s", target, want)
		}
	}
	page, marked := get(t, s, "/s/"+middle+"/correct"), get(t, s, "/s/"+middle+"/correct?page=%2Fa%2Fa2&words=x")
	if page.Body.String() != marked.Body.String() {
		t.Error("what is marked changes the page of the server")
	}
}

func TestTheWaysInToLettersAreInTheMenu(t *testing.T) {
	f := newFake()
	f.groups = append(f.groups, Group{Code: "B04", Name: "在线咨询", Branch: "办事服务", Columns: []Column{
		{Code: "B0401", Name: "在线咨询", Group: "B04", Kind: "interactive"}, {Code: "B0501", Name: "校长信箱", Group: "B04", Kind: "interactive"},
		{Code: "B0603", Name: "我要纠错", Group: "B04", Kind: "interactive"}, {Code: "B0701", Name: "办件查询", Group: "B04", Kind: "interactive"}}})
	s := newSite(t, f)
	for target, link := range map[string]string{"": "/s/shifan/ask", "/": "/s/shifan/mailbox", "/B0401": "/s/shifan/ask", "/B0501": "/s/shifan/mailbox",
		"/B0603": "/s/shifan/correct", "/B0701": "/track"} {
		if body := get(t, s, "/s/"+middle+strings.TrimSuffix(target, "/")).Body.String(); !strings.Contains(body, `href="`+link+`"`) {
			t.Errorf("%s has no %s", target, link)
		}
	}
}
