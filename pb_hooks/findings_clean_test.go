package pb_hooks_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// office is a Word file with an author and, where it has one, a comment.
func office(t testing.TB, author, comment, text string, more ...[2]string) []byte {
	t.Helper()
	const main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	parts := [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="` + main + `"><w:body><w:p><w:r><w:t>` + text + `</w:t></w:r></w:p></w:body></w:document>`},
		{"docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>` + author + `</dc:creator></cp:coreProperties>`},
	}
	if comment != "" {
		parts = append(parts, [2]string{"word/comments.xml", `<w:comments xmlns:w="` + main + `"><w:comment w:id="1" w:author="x"><w:p><w:r><w:t>` + comment + `</w:t></w:r></w:p></w:comment></w:comments>`})
	}
	for i := range parts {
		parts[i][1] = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + parts[i][1]
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range append(parts, more...) {
		e, err := w.Create(p[0])
		if err == nil {
			_, err = e.Write([]byte(p[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// attached puts an uploaded file on a version.
func (s *server) attached(as, article, version, name string, data []byte) string {
	s.t.Helper()
	up := s.upload(as, article, name, data)
	id, _ := up.field("id").(string)
	if id == "" {
		s.t.Fatalf("upload: %d %s", up.status, up.body)
	}
	s.patch(as, version, map[string]any{"attachments": append(s.record("article_versions", version).GetStringSlice("attachments"), id)})
	return id
}

func (s *server) patch(as, version string, fields map[string]any) answer {
	s.t.Helper()
	a := s.do(as, http.MethodPatch, "/api/collections/article_versions/records/"+version, fields)
	if a.status != http.StatusOK {
		s.t.Fatalf("save the version: %d %s", a.status, a.body)
	}
	return a
}

func (s *server) clean(as, attachment, version string) answer {
	s.t.Helper()
	return s.do(as, http.MethodPost, "/api/app/attachments/"+attachment+"/clean", map[string]any{"version": version})
}

// bytesOf reads the file of an attachment as staff.
func (s *server) bytesOf(as, attachment string) string {
	s.t.Helper()
	token := s.do(as, http.MethodPost, "/api/files/token", nil).field("token")
	return s.do(as, http.MethodGet, fmt.Sprintf("/api/files/attachments/%s/%s?token=%s", attachment, s.record("attachments", attachment).GetString("file"), token), nil).body
}

func unzipped(t testing.TB, raw, name string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCleanPutsACleanFileInTheOldOnesPlace(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "附件有批注", someText)
	first := s.attached(editorA, article, version, "说明.docx", office(t, "", "", "没有隐藏内容"))
	old := s.attached(editorA, article, version, "家长 通知.docx", office(t, "周晓明", "这里要改", "十一点三十分开饭"))
	if a := s.patch(editorA, version, map[string]any{"title": "附件有批注"}); !a.has("document_author", "comments") {
		t.Fatalf("the scanner sees nothing: %s", a.body)
	}
	a := s.clean(secondA, old, version)
	if a.status != http.StatusOK {
		t.Fatalf("clean: %d %s", a.status, a.body)
	}
	if !a.has(`"removed":["comments","document_author"]`) && !a.has(`"removed":["document_author","comments"]`) || a.field("name") != "家长 通知.docx" || a.field("cleaned") != true {
		t.Errorf("the answer: %s", a.body)
	}
	fresh := a.field("id").(string)
	v := s.record("article_versions", version)
	if got := v.GetStringSlice("attachments"); len(got) != 2 || got[0] != first || got[1] != fresh {
		t.Errorf("the version shows %v", got)
	}
	if !strings.Contains(strings.Join(v.GetStringSlice("writers"), " "), s.person(secondA)) {
		t.Error("who cleaned has written along")
	}
	raw := s.bytesOf(editorA, fresh)
	for _, part := range []string{"docProps/core.xml", "word/comments.xml"} {
		if text := unzipped(t, raw, part); strings.Contains(text, "周晓明") || strings.Contains(text, "要改") {
			t.Errorf("%s still says %s", part, text)
		}
	}
	if !strings.Contains(unzipped(t, raw, "word/document.xml"), "十一点三十分开饭") {
		t.Error("the text is gone")
	}
	if _, err := s.app.FindRecordById("attachments", old); err == nil {
		t.Error("the old file is kept though nothing shows it")
	}
	if a := s.clean(editorA, fresh, version); a.field("data", "file", "code") != "nothing_to_clean" {
		t.Errorf("a clean file is cleaned again: %d %s", a.status, a.body)
	}
	if a := s.patch(editorA, version, map[string]any{"title": "附件清理过"}); a.has("document_author") {
		t.Errorf("the scanner still finds it: %s", a.body)
	}
}

func TestCleanKeepsWhatAnotherVersionShows(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "附件有作者", someText)
	old := s.attached(editorA, article, version, "通知.docx", office(t, "周晓明", "", "正文"))
	if a := s.publish(editorA, article, version); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	if a := s.clean(editorA, old, version); a.field("data", "version", "code") != "version_is_frozen" || !a.has("修改稿") {
		t.Errorf("what is public was cleaned: %d %s", a.status, a.body)
	}
	next := s.do(editorA, http.MethodPost, "/api/collections/article_versions/records", map[string]any{"article": article}).field("id").(string)
	a := s.clean(editorA, old, next)
	if a.status != http.StatusOK {
		t.Fatalf("clean in the change: %d %s", a.status, a.body)
	}
	if got := s.record("article_versions", version).GetStringSlice("attachments"); len(got) != 1 || got[0] != old {
		t.Errorf("the public version shows %v", got)
	}
	if s.get("/f/"+old+"/x.docx").status != http.StatusOK || s.get("/f/"+a.field("id").(string)+"/x.docx").status != http.StatusNotFound {
		t.Error("the public file is gone, or the new one is public already")
	}
}

func TestCleanAsksForTheRightToWrite(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "附件有作者", someText)
	file := s.attached(editorA, article, version, "通知.docx", office(t, "周晓明", "", "正文"))
	pdf := s.attached(editorA, article, version, "通知.pdf", []byte(somePDF))
	_, other := s.draft(editorA, "A0308", "另一条", someText)
	before, _ := s.app.CountRecords("attachments")
	for _, tt := range []struct {
		name, as, file, version string
		status                  int
	}{
		{"a visitor", "", file, version, 401}, {"a superuser", root, file, version, 403}, {"another school", editorB, file, version, 404},
		{"the reviewer", reviewerA, file, version, 403}, {"the bureau", supervisor, file, version, 404},
		{"a version that does not show it", editorA, file, other, 400}, {"no version", editorA, file, "", 404},
		{"a file of a kind that cannot be cleaned", editorA, pdf, version, 400},
	} {
		if a := s.clean(tt.as, tt.file, tt.version); a.status != tt.status {
			t.Errorf("%s: %d %s", tt.name, a.status, a.body)
		}
	}
	if after, _ := s.app.CountRecords("attachments"); before != after {
		t.Errorf("%d attachments became %d", before, after)
	}
}

// TestCleanLeavesWhatItCannot: the names of who commented and the place in a
// JPEG go, the place in a TIFF stays and is not offered again.
func TestCleanLeavesWhatItCannot(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "附件有照片", someText)
	tiff := "II*\x00\x08\x00\x00\x00\x01\x00\x25\x88" + strings.Repeat("\x00", 14)
	jpeg := "\xff\xd8\xff\xe1\x00\x22Exif\x00\x00" + tiff + "\xff\xd9"
	old := s.attached(editorA, article, version, "活动.docx", office(t, "", "", "春游", [2]string{"word/people.xml", `<w15:people xmlns:w15="x"><w15:person w15:author="周晓明"/></w15:people>`},
		[2]string{"word/media/image1.jpg", jpeg}, [2]string{"word/media/image2.tif", tiff}))
	a := s.clean(editorA, old, version)
	if a.status != http.StatusOK || !a.has(`"document_author"`) || !a.has(`"location"`) {
		t.Fatalf("clean: %d %s", a.status, a.body)
	}
	fresh := a.field("id").(string)
	raw := s.bytesOf(editorA, fresh)
	if strings.Contains(unzipped(t, raw, "word/people.xml"), "周晓明") || strings.Contains(unzipped(t, raw, "word/media/image1.jpg"), "Exif") {
		t.Error("what was offered is still there")
	}
	if a := s.clean(editorA, fresh, version); a.field("data", "file", "code") != "nothing_to_clean" {
		t.Errorf("what cannot be cleaned is offered: %d %s", a.status, a.body)
	}
	if a := s.patch(editorA, version, map[string]any{"title": "附件还有照片"}); !a.has("location") || a.has("document_author") {
		t.Errorf("the scanner: %s", a.body)
	}
}
