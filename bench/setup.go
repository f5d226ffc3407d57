package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// setUp makes the district and times its import.
func setUp(o options, t *table) error {
	if info, err := os.Stat(o.gongkai); err == nil {
		t.add("size of the binary", float64(info.Size())/(1<<20), "MB")
	}
	done := filepath.Join(o.out, "complete")
	size := fmt.Sprintf("%d %d", o.schools, o.articles)
	if made, err := os.ReadFile(done); o.keep && err == nil && string(made) == size {
		return nil
	}
	for _, old := range []string{done, o.data(), o.file()} {
		if err := os.RemoveAll(old); err != nil {
			return err
		}
	}
	schools, articles := strconv.Itoa(o.schools), strconv.Itoa(o.articles)
	if err := o.command("demo", "--schools", schools, "--articles", "0"); err != nil {
		return err
	}
	if err := o.command("demo", "--schools", schools, "--articles", articles, "--jsonl", o.file()); err != nil {
		return err
	}
	begin := time.Now()
	if err := o.command("articles", "import", o.file(), "--apply"); err != nil {
		return err
	}
	seconds := time.Since(begin).Seconds()
	t.add("import", seconds, "s")
	t.add("import: articles a second", float64(o.schools*o.articles)/seconds, "/s")
	return os.WriteFile(done, []byte(size), 0o644)
}

func (o options) data() string { return filepath.Join(o.out, "data") }

func (o options) file() string { return filepath.Join(o.out, "articles.jsonl") }

// command runs gongkai on the bench's own data; progress goes to the terminal.
func (o options) command(args ...string) error {
	log, err := os.OpenFile(filepath.Join(o.out, "commands.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	c := exec.Command(o.gongkai, append(args, "--dir", o.data())...)
	c.Stdout, c.Stderr = log, os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("gongkai %v: %w", args, err)
	}
	return nil
}
