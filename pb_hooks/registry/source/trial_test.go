package source

import (
	"slices"
	"strings"
	"testing"
)

func TestTryJSON(t *testing.T) {
	server := serve(t, byPage(institutions(25)))
	trial, err := Try(t.Context(), paged(server.URL), Secrets{}, inOffice)
	if err != nil || len(trial.Samples) != 10 || trial.Total != 25 || !trial.More || trial.Shape.Rows != 10 {
		t.Fatalf("got %+v, %v", trial, err)
	}
	if !slices.Equal(trial.Lists, []string{"data.list"}) || !slices.Contains(trial.Places, Place{"xxmc", "xxmc", "上海市第1小学", ""}) {
		t.Errorf("it offers %v and %v", trial.Lists, trial.Places)
	}
	for _, v := range trial.Samples[3].Values {
		if v.Field == "stages" && (v.Raw != "11" || v.Value != "小学") || v.Field == "meals" && (v.Raw != "1" || v.Value != "是") {
			t.Errorf("got %+v", v)
		}
	}
}

// A person who has only the address sees what comes, and where the rows could be.
func TestTryBeforeAnythingIsRight(t *testing.T) {
	server := serve(t, byPage(institutions(25)))
	c := Config{Kind: JSON, URL: server.URL + "?page=1&size=10", Rows: "rows", Fields: map[string]Field{"name": {From: []string{"name"}}}}
	trial, err := Try(t.Context(), c, Secrets{}, inOffice)
	if codeOf(err) != NoRows || !slices.Equal(trial.Lists, []string{"data.list"}) || !strings.Contains(trial.Beginning, "第1小学") {
		t.Errorf("got %+v, %v", trial, err)
	}
	c.Rows = ""
	if _, err = Try(t.Context(), c, Secrets{}, inOffice); codeOf(err) != NoRows || strings.Contains(err.Error(), "“”") {
		t.Errorf("without a place of the rows: %v", err)
	}
	c.Rows = "data.list"
	trial, err = Try(t.Context(), c, Secrets{}, inOffice)
	if err != nil || len(trial.Samples) != 10 || trial.Samples[0].Values[0].Problem == "" || !slices.Contains(trial.Places, Place{"xxmc", "xxmc", "上海市第1小学", ""}) {
		t.Errorf("got %+v, %v", trial, err)
	}
	page := serve(t, text("<title>登录</title>请先登录"))
	c.URL = page.URL
	if trial, err = Try(t.Context(), c, Secrets{}, inOffice); codeOf(err) != NotJSON || !strings.Contains(trial.Beginning, "请先登录") {
		t.Errorf("got %+v, %v", trial, err)
	}
}
