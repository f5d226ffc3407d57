package site

import (
	"encoding/csv"
	"mime"
	"strings"
	"testing"
)

func TestListsAreGivenAsCSV(t *testing.T) {
	s := newSite(t, newFake())
	for target, want := range map[string]struct {
		name, head string
		rows       int
	}{
		"/open/v1/schools":     {"示例区学校名录.csv", "学校代码", 2},
		"/open/v1/columns":     {"示例区信息公开栏目.csv", "栏目代码", 5},
		"/open/v1/articles":    {"示例区学校公开信息.csv", "索引号", 5},
		"/open/v1/search?q=招生": {"示例区检索结果.csv", "索引号", 3},
	} {
		w := get(t, s, target, "Accept", "text/csv")
		rows := csvRowsOf(t, w.Body.Bytes())
		_, params, err := mime.ParseMediaType(w.Header().Get("Content-Disposition"))
		if err != nil || params["filename"] != want.name {
			t.Errorf("%s: got file name %v (%v), want %s", target, params, err, want.name)
		}
		if rows[0][0] != want.head || len(rows) != want.rows+1 {
			t.Errorf("%s: got head %v and %d rows, want %s and %d", target, rows[0], len(rows)-1, want.head, want.rows)
		}
		if !strings.Contains(w.Header().Get("Vary"), "Accept,") && !strings.HasSuffix(w.Header().Get("Vary"), "Accept") {
			t.Errorf("%s: got Vary %q, want Accept in it", target, w.Header().Get("Vary"))
		}
	}
}

func TestCSVCellsAreNoFormulas(t *testing.T) {
	s := newSite(t, newFake())
	if got := csvRowsOf(t, get(t, s, "/open/v1/articles?school=shixiao&format=csv").Body.Bytes())[1][1]; !strings.HasPrefix(got, "'=HYPERLINK(") {
		t.Errorf("got title %q, want it quoted", got)
	}
	for cell, want := range map[string]string{"": "", "招生": "招生", "a=b": "a=b", "=1": "'=1", "+86": "'+86", "-1": "'-1", "@x": "'@x", "\t=1": "'\t=1", "\r=1": "'\r=1", "＝1": "'＝1"} {
		if got := harmless(cell); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}

func TestAcceptChoosesTheForm(t *testing.T) {
	for accept, want := range map[string]bool{"": false, "*/*": false, "application/json": false, "text/csv": true, "text/csv, */*;q=0.1": true, "text/csv;q=0": false,
		"application/json, text/csv;q=0.9": false, "application/json;q=0.5, TEXT/CSV;q=0.9": true, "text/html, */*": false, "text/csv;q=x": false} {
		if got := prefersCSV([]string{accept}); got != want {
			t.Errorf("%q: got %v, want %v", accept, got, want)
		}
	}
}

func csvRowsOf(t *testing.T, raw []byte) [][]string {
	t.Helper()
	text, ok := strings.CutPrefix(string(raw), "\ufeff")
	if !ok || !strings.Contains(text, "\r\n") {
		t.Errorf("got %.20q, want a byte order mark and CRLF, or Excel shows rubbish", raw)
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
