package site

import (
	"strings"
	"testing"
)

var responsible = []ResponsiblePerson{{"保密审查员", "王晓光", "校务办公室主任", "021-64120000-801", "2026-09-01"}}

func TestTheGuideShowsWhoIsResponsible(t *testing.T) {
	s := newSite(t, newFake())
	if body := get(t, s, "/s/"+middle+"/A0101").Body.String(); !strings.Contains(body, `<dt>保密审查员</dt><dd>王晓光（校务办公室主任），电话 <a href="tel:021-64120000-801">021-64120000-801</a>，2026-09-01 起担任</dd>`) {
		t.Errorf("the guide does not name who is responsible: %s", body)
	}
	if body := get(t, s, "/s/"+middle+"/A0401").Body.String(); strings.Contains(body, "王晓光") {
		t.Error("every column names who is responsible")
	}
}
