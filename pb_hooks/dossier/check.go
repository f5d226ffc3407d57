package dossier

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Check reads a dossier and reports what holds of it. It needs nothing but the
// file, and reads attachments in pieces. What is no dossier, or a broken one, is
// in the report too.
func Check(r io.ReaderAt, size int64) Report {
	var report Report
	z, err := zip.NewReader(r, size)
	if err != nil {
		report.Break("打不开：不是完整的 zip 文件（%v）", err)
		return report
	}
	c := &checker{zip: z, sums: map[string]string{}, small: map[string][]byte{}}
	report.Ask(c.files)
	if err := c.parse(); err != nil {
		report.Break("%v", err)
		return report
	}
	report.Title = c.title()
	report.Rows, report.Head = c.rows, c.head
	report.Ask(func(report *Report) string { return c.container(report, r, size) })
	parts := []func(*Report) string{c.texts, c.stepsOnTexts, c.procedure, c.auditRows, c.stepsInAudit, c.overridesInAudit, c.end}
	if c.isCase() {
		parts = []func(*Report) string{c.papers, c.auditRows, c.caseStepsInAudit, c.end}
	}
	for _, part := range parts {
		report.Ask(part)
	}
	return report
}

func (c *checker) title() string {
	if c.isCase() {
		return c.caseTitle()
	}
	return fmt.Sprintf("%s（索引号：%s），%s 由%s %s导出", c.article.Title, orNone(c.article.IndexNumber),
		moment(c.article.Export.At).Format("2006-01-02 15:04"), c.article.Export.Unit, c.article.Export.By)
}

func orNone(text string) string {
	if text == "" {
		return "无"
	}
	return text
}

// checker holds what was read of a file.
type checker struct {
	zip   *zip.Reader
	sums  map[string]string // SHA-256 of each file as it is
	small map[string][]byte // files of data, by name
	data
}

// mostData is how much of a file of data is read; nothing that Write writes of
// one article comes near it.
const mostData = 256 << 20

// files reads every file, and holds what it reads against the manifest.
func (c *checker) files(report *Report) string {
	for _, f := range c.zip.File {
		if _, twice := c.sums[f.Name]; twice {
			report.Break("有两个名为“%s”的文件", f.Name)
			continue
		}
		sum, err := c.read(f)
		if err != nil {
			report.Break("文件“%s”已损坏，读不出来（%v）", f.Name, err)
		}
		c.sums[f.Name] = sum
	}
	listed, ok := parseManifest(c.small[manifestFile])
	if !ok {
		report.Break("缺少“%s”，或者它不是导出时的样子", manifestFile)
		return ""
	}
	for _, line := range listed {
		switch sum, found := c.sums[line.name]; {
		case !found:
			report.Break("缺少文件“%s”", line.name)
		case sum != line.sum && sum != "":
			report.Break("文件“%s”的内容被改动过，与清单中的校验值不符", line.name)
		}
	}
	for _, f := range c.zip.File {
		if f.Name != manifestFile && !slices.ContainsFunc(listed, func(l manifestLine) bool { return l.name == f.Name }) {
			report.Break("多出文件“%s”，清单中没有它", f.Name)
		}
	}
	return fmt.Sprintf("清单：%d 个文件逐个核对，没有改动、缺少或多出", len(listed))
}

// read sums a file, and keeps it if it is data.
func (c *checker) read(f *zip.File) (sum string, err error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	h := sha256.New()
	if strings.Contains(f.Name, filesFolder) || strings.HasSuffix(f.Name, ".docx") {
		_, err = io.Copy(h, r)
	} else {
		var b bytes.Buffer
		if _, err = io.Copy(io.MultiWriter(h, &b), io.LimitReader(r, mostData)); err == nil && b.Len() == mostData {
			err = errors.New("太大")
		}
		c.small[f.Name] = b.Bytes()
	}
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

type manifestLine struct{ sum, name string }

var manifestPattern = regexp.MustCompile(`^([0-9a-f]{64})  (.+)$`)

// parseManifest reads what sha256sum writes.
func parseManifest(data []byte) (list []manifestLine, ok bool) {
	text, ended := strings.CutSuffix(string(data), "\n")
	if !ended {
		return nil, false
	}
	for line := range strings.SplitSeq(text, "\n") {
		m := manifestPattern.FindStringSubmatch(line)
		if m == nil || slices.ContainsFunc(list, func(l manifestLine) bool { return l.name == m[2] }) {
			return nil, false
		}
		list = append(list, manifestLine{m[1], m[2]})
	}
	return list, true
}

// container holds the zip file itself, byte by byte, against what Write makes
// of the same files: nothing may be hidden between them, or in their heads.
func (c *checker) container(report *Report, r io.ReaderAt, size int64) string {
	same := &comparer{is: bufio.NewReaderSize(io.NewSectionReader(r, 0, size), 1<<16)}
	w, at := zip.NewWriter(same), timesOf(c.about.export, c.versions)
	copyAll := func() error {
		for _, f := range c.zip.File {
			out, err := entry(w, f.Name, at.of(f.Name))
			if err != nil {
				return err
			}
			in, err := f.Open()
			if err != nil {
				return err
			}
			if _, err := io.Copy(out, in); err != nil {
				return err
			}
		}
		return w.Close()
	}
	err := copyAll()
	if _, more := same.is.ReadByte(); err != nil || more == nil {
		report.Break("压缩包不是导出时的原样：重新打包过，或者文件名、时间、文件头等处被改动过（各文件的内容另行核对）")
	}
	return "压缩包：与导出时逐字节相同"
}

// comparer is written to, and fails where something else is to be read.
type comparer struct {
	is  *bufio.Reader
	buf []byte
}

var errOther = errors.New("other bytes")

func (c *comparer) Write(b []byte) (int, error) {
	if cap(c.buf) < len(b) {
		c.buf = make([]byte, len(b))
	}
	got := c.buf[:len(b)]
	if _, err := io.ReadFull(c.is, got); err != nil || !bytes.Equal(got, b) {
		return 0, errOther
	}
	return len(b), nil
}
