package site

import (
	"net/http"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"
)

func TestHowToApplyIsReadWithoutScripts(t *testing.T) {
	f := newFake()
	f.district.AnswerDays, f.district.ExtendDays = 15, 10
	body := get(t, newSite(t, f), "/s/"+middle+"/apply").Body.String()
	for _, words := range []string{"示例区示范中学", "15 个工作日内答复", "最多再加 10 个工作日", "不收费", "填写申请表", "需要启用 JavaScript", `href="tel:`, "示例路 100 号"} {
		if !strings.Contains(body, words) {
			t.Errorf("the page does not say %q", words)
		}
	}
	if strings.Contains(body, `content="noindex"`) {
		t.Error("how to apply is not found by search engines")
	}
	if w := ask(t, newSite(t, f), http.MethodGet, "/s/nowhere/apply"); w.Code != http.StatusNotFound {
		t.Errorf("of no school: %d, want 404", w.Code)
	}
}

func TestApplyingDependsOnTheSchoolAndTheDistrict(t *testing.T) {
	const form, asks = "填写申请表", "信息公开咨询"
	for _, tt := range []struct {
		name, school string
		only         bool // consultation only
		offers       string
		notOffers    string
	}{
		{"an open school", middle, false, form, asks},
		{"a school that is planned", primary, false, "不能在线申请", form},
		{"a district with consultation only", middle, true, "怎样咨询", form},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFake()
			f.district.ConsultationOnly = tt.only
			s := newSite(t, f)
			body := get(t, s, "/s/"+tt.school+"/apply").Body.String()
			if !strings.Contains(body, tt.offers) || strings.Contains(body, ">"+tt.notOffers) {
				t.Errorf("want %q and not %q in %s", tt.offers, tt.notOffers, body)
			}
			home := get(t, s, "/s/"+tt.school).Body.String()
			if got := strings.Contains(home, asks); got != tt.only {
				t.Errorf("the school's page leads to %s: %v", asks, got)
			}
			if got := strings.Contains(home, ">申请公开信息<"); got != (!tt.only && tt.school == middle) {
				t.Errorf("the school's page leads to the form: %v", got)
			}
		})
	}
}

func TestPagesForPeopleWithANumberHoldNothingOfIt(t *testing.T) {
	s := newSite(t, newFake())
	plain := map[string]string{}
	for _, target := range []string{"/track", "/track?n=SQ2026-00012", "/opinion"} {
		w := get(t, s, target)
		body := w.Body.String()
		if !strings.Contains(body, `<meta name="robots" content="noindex">`) || strings.Contains(body, "SQ2026-00012\"") || strings.Contains(body, "?n=") {
			t.Errorf("%s: want noindex and no number", target)
		}
		if got := w.Header().Get("Set-Cookie"); got != "" {
			t.Errorf("%s sets a cookie: %s", target, got)
		}
		path, _, _ := strings.Cut(target, "?")
		if before, ok := plain[path]; ok && before != body {
			t.Errorf("%s is another page than %s", target, path)
		}
		plain[path] = body
	}
	for _, method := range []string{http.MethodPost, http.MethodPut} { // echo only reads
		if w := ask(t, s, method, "/track"); w.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s /track: %d, want 405", method, w.Code)
		}
	}
}

func TestTheWayInIsWhereItIsLookedFor(t *testing.T) {
	s := newSite(t, newFake())
	for target, links := range map[string][]string{
		"/":                       {`href="/track"`},
		"/s/" + middle:            {`href="/track"`, `href="/s/shifan/apply"`},
		"/s/" + middle + "/A0101": {`href="/track"`, `href="/s/shifan/apply"`},
		"/sitemap":                {`href="/track"`},
	} {
		body := get(t, s, target).Body.String()
		for _, link := range links {
			if !strings.Contains(body, link) {
				t.Errorf("%s has no %s", target, link)
			}
		}
	}
	if body := get(t, s, "/s/"+middle+"/A0401").Body.String(); strings.Contains(body, "/apply") {
		t.Error("every column leads to an application")
	}
}

func TestTheCodeOfAReceiptLeadsToTheNumber(t *testing.T) {
	code, err := qr.Encode("https://gongkai.example/track?n=SQ2026-00012", qr.M, qr.Unicode)
	if err != nil {
		t.Fatal(err)
	}
	want, err := qrSVG(code)
	if err != nil {
		t.Fatal(err)
	}
	if got := get(t, newSite(t, newFake()), "/qr/track%3Fn=SQ2026-00012.svg").Body.String(); got != string(want) {
		t.Errorf("the picture leads elsewhere: %.200s", got)
	}
}
