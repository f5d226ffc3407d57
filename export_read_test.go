package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"os/exec"
	"path"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite"
)

// exportedLine is what another system needs of a line of data/articles.jsonl.
type exportedLine struct {
	Article struct {
		ID, State   string
		Attachments []struct {
			ID, Name, SHA256 string
			Size             int64
		}
	}
}

// Whoever knows JSON and zip can read an export that was made beside a serving process
// in which things were withdrawn: it is of one state, and holds what the database does.
func TestAnotherInstallationCanReadAnExport(t *testing.T) {
	b := buildBinary(t)
	b.run("demo", "--schools=1", "--articles=60", "--days=5")
	b.serve()
	editor := b.signIn("editor1@demo.example")
	out := filepath.Join(t.TempDir(), "out.zip")
	c := exec.Command(b.path, "export", "--district", "--out="+out, "--dir="+b.dir)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	withdrawn := 0
	for running := true; running; {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
			running = false
		default:
			withdrawn += b.withdrawOne(editor)
		}
	}
	b.kill()
	if withdrawn == 0 {
		t.Error("nothing was withdrawn meanwhile")
	}
	checkSums(t, out)
	files := zipped(t, out)
	var label struct {
		Format, Articles int
		Site             string
	}
	if err := json.Unmarshal(files["data/export.json"], &label); err != nil || label.Format != 1 || label.Site == "" {
		t.Errorf("the label: %v %+v", err, label)
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.dir, "data.db")+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	lines, published := 0, 0
	for in := bufio.NewReader(bytes.NewReader(files["data/articles.jsonl"])); ; lines++ {
		raw, err := in.ReadBytes('\n')
		if err == io.EOF && len(raw) == 0 {
			break
		}
		var line exportedLine
		if err != nil || json.Unmarshal(raw, &line) != nil || files["a/"+line.Article.ID+".html"] == nil {
			t.Fatalf("%v in %s", err, raw)
		}
		if line.Article.State == "published" {
			published++
		}
		for _, f := range line.Article.Attachments {
			var sum string
			if err := db.QueryRow("SELECT sha256 FROM attachments WHERE id = ?", f.ID).Scan(&sum); err != nil {
				t.Fatal(err)
			}
			file := files["f/"+f.ID+path.Ext(f.Name)]
			if got := sha256.Sum256(file); hex.EncodeToString(got[:]) != f.SHA256 || f.SHA256 != sum || int64(len(file)) != f.Size {
				t.Errorf("%s: %d bytes, another sum than the line or the database says", f.Name, len(file))
			}
		}
	}
	var want int
	if err := db.QueryRow("SELECT count(*) FROM articles WHERE published != '' AND state IN ('published', 'withdrawn', 'concluded', 'expired', 'archived')").Scan(&want); err != nil {
		t.Fatal(err)
	}
	var district struct{ Figures struct{ Articles int } }
	if err := json.Unmarshal(files["data/district.json"], &district); err != nil {
		t.Fatal(err)
	}
	if lines != want || label.Articles != want || district.Figures.Articles != published {
		t.Errorf("%d lines, %d in the label, %d in the database; %d are published and the figures say %d", lines, label.Articles, want, published, district.Figures.Articles)
	}
	t.Logf("%d articles, %d withdrawn meanwhile", lines, withdrawn)
}

// withdrawOne withdraws a disclosure, if there is one left.
func (b *binary) withdrawOne(editor string) int {
	list := b.value(http.MethodGet, "/api/collections/articles/records?perPage=1&filter=state%3D'published'%26%26column%3D'A0308'", editor)
	var page struct{ Items []struct{ ID string } }
	if err := json.Unmarshal([]byte(list), &page); err != nil {
		b.t.Fatal(err)
	}
	if len(page.Items) == 0 {
		return 0
	}
	status, _ := b.ask(http.MethodPost, "/api/collections/article_steps/records", editor,
		map[string]string{"article": page.Items[0].ID, "action": "withdraw", "reason": "内容有误"})
	if status != http.StatusOK {
		return 0
	}
	return 1
}

func zipped(t *testing.T, place string) map[string][]byte {
	t.Helper()
	z, err := zip.OpenReader(place)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return files
}
