package mirror

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
)

// A full disk is told, what is there stays whole, and with room again all is well.
func TestKeeperTogetherWithAFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=400k"); err != nil {
		t.Skipf("a small disk needs root: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	v := newVillage(3)
	for n := range 60 {
		v.set(fmt.Sprintf("/a/big%d", n), page("/")+strings.Repeat("文", 3000))
	}
	v.set("/schools", page("/a/big0", "/a/big1"))
	k := keep(t, v, dir)
	k.until("filled", filled)
	var links []string
	for n := range 60 {
		links = append(links, fmt.Sprintf("/a/big%d", n))
	}
	v.set("/schools", page(links...))
	k.Drop("tag:/schools")
	if s := k.until("told", failing); !strings.Contains(s.Failing, "no space") && !strings.Contains(s.Failing, "full") {
		t.Errorf("the reason: %s", s.Failing)
	}
	v.set("/a/a2", page("/")+strings.Repeat("撤", 300_000)) // what says that it was withdrawn has no room
	k.stop()
	k = keep(t, v, dir)
	k.Drop("article:a2")
	k.until("hidden", func(s Status) bool { return failing(s) && !has(dir, "a/a2.html") && !has(dir, "f/f2.pdf") })
	k.stop()
	if text, err := os.ReadFile(dir + "/a/a1.html"); err != nil || !strings.Contains(string(text), "</html>") {
		t.Errorf("what was there: %q %v", text, err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=8m"); err != nil {
		t.Fatal(err)
	}
	again := keep(t, v, dir)
	again.until("filled", filled)
	if !has(dir, "a/big59.html") {
		t.Error("not everything is there after all")
	}
	again.stop()
}
