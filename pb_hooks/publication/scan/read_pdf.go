package scan

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ledongthuc/pdf"
)

var errSlow = errors.New("the file takes too long to read")

// pdf reads the text of each page, the properties, and what is attached. The
// library panics on broken files and may loop on hostile ones, so that it runs
// beside and is left behind after a while.
func (f *reader) pdf(r io.ReaderAt, size int64) error {
	type page struct {
		number int
		text   string
	}
	pages, done := make(chan page), make(chan error, 1)
	stop := make(chan struct{})
	defer close(stop)
	var found []Finding
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- fmt.Errorf("broken pdf: %v", p)
			}
		}()
		doc, err := pdf.NewReader(r, size)
		if err != nil {
			done <- err
			return
		}
		found = f.pdfParts(doc)
		for i := 1; i <= min(doc.NumPage(), maxPages); i++ {
			p := doc.Page(i)
			if p.V.IsNull() {
				continue
			}
			select {
			case pages <- page{i, pageText(p)}:
			case <-stop:
				return
			}
		}
		done <- nil
	}()
	letters, limit := 0, time.After(maxPDFTime)
	for {
		select {
		case p := <-pages:
			letters += len(strings.TrimSpace(p.text))
			for _, line := range strings.Split(p.text, "\n") {
				if err := f.say(fmt.Sprintf("第%d页", p.number), line); err != nil {
					return err
				}
			}
		case err := <-done:
			if err != nil {
				return err
			}
			f.found = append(f.found, found...)
			if letters == 0 {
				f.add(Unreadable, Warn, f.name, "没有可以检查的文字（可能是扫描件），请人工核对")
			}
			return nil
		case <-limit:
			return errSlow
		case <-f.ctx.Done():
			return f.ctx.Err()
		}
	}
}

// pageText is the text of a page, line by line: the library's own way runs the
// lines together, and with them the numbers at their ends.
func pageText(p pdf.Page) string {
	contents := p.V.Key("Contents")
	if contents.IsNull() {
		return ""
	}
	var text strings.Builder
	encoders := map[string]pdf.TextEncoding{}
	var encoder pdf.TextEncoding
	show := func(v pdf.Value) {
		if encoder != nil && v.Kind() == pdf.String && text.Len() < maxCellText {
			text.WriteString(encoder.Decode(v.RawString()))
		}
	}
	pdf.Interpret(contents, func(stack *pdf.Stack, op string) {
		args := make([]pdf.Value, stack.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stack.Pop()
		}
		switch op {
		case "Tf":
			if len(args) == 2 {
				name := args[0].Name()
				if encoders[name] == nil {
					font := p.Font(name)
					encoders[name] = font.Encoder()
				}
				encoder = encoders[name]
			}
		case "BT", "T*", "TD", "Tm":
			text.WriteByte('\n')
		case "Td":
			if len(args) == 2 && args[1].Float64() != 0 {
				text.WriteByte('\n')
			}
		case "'", "\"":
			text.WriteByte('\n')
			if len(args) > 0 {
				show(args[len(args)-1])
			}
		case "Tj":
			if len(args) == 1 {
				show(args[0])
			}
		case "TJ":
			if len(args) == 1 {
				for i := range args[0].Len() {
					show(args[0].Index(i))
				}
			}
		}
	})
	return text.String()
}

func (f *reader) pdfParts(doc *pdf.Reader) []Finding {
	var found []Finding
	trailer := doc.Trailer()
	for _, key := range []string{"Author", "Company"} {
		if author := strings.TrimSpace(trailer.Key("Info").Key(key).Text()); author != "" {
			found = append(found, Finding{Class: DocumentAuthor, Level: Note, Place: f.name + "：作者", Sample: maskName(author), Hint: "文件属性中有作者信息，重新导出时可去掉"})
		}
	}
	names := trailer.Key("Root").Key("Names")
	if !names.Key("EmbeddedFiles").IsNull() {
		found = append(found, Finding{Class: Embedded, Level: Block, Place: f.name, Hint: "文件中嵌入了附件，请删除后重新上传"})
	}
	if !names.Key("JavaScript").IsNull() || trailer.Key("Root").Key("OpenAction").Key("S").Name() == "JavaScript" {
		found = append(found, Finding{Class: Macro, Level: Block, Place: f.name, Hint: "文件带有脚本，请重新导出后上传"})
	}
	return found
}
