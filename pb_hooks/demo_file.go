package pb_hooks

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"gongkai/pb_hooks/demo"
)

// writeDemoFile writes the plan's articles as a file for gongkai articles
// import: a large district to measure with. All its schools publish, and there
// are no attachments.
func (p *platform) writeDemoFile(plan demo.Plan, path string, out io.Writer) error {
	if err := p.app.RunAllMigrations(); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := p.planDemo(&plan); err != nil {
		return err
	}
	plan.Full = true
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("无法写文件 %s：%w", path, err)
	}
	buffer := bufio.NewWriterSize(file, 1<<20)
	n, err := writeDemoLines(plan, buffer)
	if err = errors.Join(err, buffer.Flush(), file.Close()); err != nil {
		return fmt.Errorf("写文件 %s：%w", path, err)
	}
	fmt.Fprintf(out, "已写出 %d 条信息：%s\n", n, path)
	return nil
}

func writeDemoLines(plan demo.Plan, to io.Writer) (n int, err error) {
	lines := json.NewEncoder(to)
	lines.SetEscapeHTML(false)
	for _, s := range plan.Made() {
		for a := range plan.All(s) {
			row := articleRow{School: s.Code, Column: a.Column, Title: a.Title, Body: a.Body, PublishedAt: a.PublishedAt.Format(time.RFC3339),
				DocNumber: a.DocNumber, CreatedOn: a.CreatedOn}
			if err := lines.Encode(row); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, nil
}
