package main

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// oldSiteCommand writes a folder like the old site of a school: pages with a text and one file each, and the mapping
// beside it, for gongkai import site. What the files hold is noise, so that nothing compresses.
func oldSiteCommand(args []string) error {
	flags := flag.NewFlagSet("oldsite", flag.ExitOnError)
	out := flags.String("out", "bench/out/oldsite", "folder to write")
	school := flags.String("school", "9999990001", "code of the school")
	pages := flags.Int("pages", 5000, "pages")
	megabytes := flags.Int("megabytes", 2048, "of files, together")
	_ = flags.Parse(args) // exits by itself
	if *pages < 1 || *pages > 1_000_000 || *megabytes < 0 {
		return errors.New("a number is out of range")
	}
	for _, folder := range []string{"info", "upload"} {
		if err := os.MkdirAll(filepath.Join(*out, "site", folder), 0o755); err != nil {
			return err
		}
	}
	noise := rand.NewChaCha8([32]byte{1})
	size := *megabytes << 20 / *pages
	for i := range *pages {
		day := fmt.Sprintf("20%02d-%02d-%02d", 15+i%10, 1+i%12, 1+i%28)
		page := fmt.Sprintf(`<html><head><meta charset="utf-8"><title>示范学校</title></head><body><h1 class="show-title">第%d号校园通知</h1><p class="show-info">发布日期：%s</p><div class="show-body">`, i+1, day)
		for range 12 {
			page += "<p>学校按照教学计划安排本周的课程、活动和值班，请各班做好准备，有问题请与年级组长联系。</p>"
		}
		page += fmt.Sprintf(`<p><a href="../upload/%d.pdf">附件</a></p></div></body></html>`, i+1)
		if err := os.WriteFile(filepath.Join(*out, "site", "info", fmt.Sprintf("%d.htm", i+1)), []byte(page), 0o644); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(*out, "site", "upload", fmt.Sprintf("%d.pdf", i+1)), notedPDF(i, noise, size), 0o644); err != nil {
			return err
		}
	}
	mapping := fmt.Sprintf(`{"school": %q, "host": "old.example", "articles": ["info/*.htm"], "title": "h1.show-title", "date": ".show-info", "body": ".show-body", "columns": [{"path": "info/", "column": "A0308"}], "otherwise": "A0309"}`, *school)
	return os.WriteFile(filepath.Join(*out, "mapping.json"), []byte(mapping), 0o644)
}

// notedPDF is a PDF of one empty page that carries size bytes of noise in a stream.
func notedPDF(i int, noise *rand.ChaCha8, size int) []byte {
	stream := make([]byte, size)
	_, _ = noise.Read(stream) // never fails
	var b []byte
	var at []int
	object := func(body string, data []byte) {
		at = append(at, len(b))
		b = fmt.Appendf(b, "%d 0 obj\n%s\n", len(at), body)
		if data != nil {
			b = append(fmt.Append(b, "stream\n"), data...)
			b = fmt.Append(b, "\nendstream\n")
		}
		b = fmt.Append(b, "endobj\n")
	}
	b = fmt.Appendf(b, "%%PDF-1.4\n%% notice %d\n", i)
	object("<< /Type /Catalog /Pages 2 0 R >>", nil)
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", nil)
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Noise 5 0 R >>", nil)
	object("<< /Length 0 >>", []byte{})
	object(fmt.Sprintf("<< /Length %d >>", size), stream)
	start := len(b)
	b = fmt.Appendf(b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		b = fmt.Appendf(b, "%010d 00000 n \n", offset)
	}
	return fmt.Appendf(b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
}
